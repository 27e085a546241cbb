package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A provider that the kit starts by a command, once or several times over one data directory, and reaches in protocol
 * version 1. A restart kills it by SIGKILL and starts it again. Nothing of it outlives the target, nor the kit.
 */
public final class CommandTarget implements Target {
    private static final String RESTART = "restart";

    private final Launch launch;
    private final List<Instance> instances;
    private final Thread onExit = new Thread(this::end, "or3-tck commands");
    private volatile HttpTarget reached;
    private Manifest manifest;
    private volatile long clockOffset;

    private CommandTarget(Launch launch, int count) {
        this.launch = launch;
        this.instances = IntStream.range(0, count).mapToObj(index -> new Instance(launch, index)).toList();
    }

    /**
     * How instances are started.
     *
     * @param command     as a shell takes it; {@code {port}} and {@code {data}} stand for the port and the data directory,
     *                    which are in the variables {@code PORT} and {@code OR3_TCK_DATA} too
     * @param directory   where it runs
     * @param data        an existing directory for the provider's files, the same one after a restart and for all instances
     * @param environment further variables
     * @param limit       how long an instance may take until its manifest comes
     */
    public record Launch(String command, Path directory, Path data, Map<String, String> environment, Duration limit) {
        public Launch {
            environment = Map.copyOf(environment);
        }

        /** The command, fit to be written down. */
        String shown() {
            return secrets().hide(Secrets.hideIn(command));
        }

        /** All that the command can know. */
        Secrets secrets() {
            Map<String, String> known = new HashMap<>(System.getenv());
            known.putAll(environment);
            return Secrets.of(known).and(Secrets.inCommand(command));
        }
    }

    /**
     * Starts a provider.
     *
     * @param instances how many, 1 or more
     * @throws UnreachableException if one does not start, or does not answer
     */
    public static CommandTarget start(Launch launch, int instances) {
        if (instances < 1) {
            throw new IllegalArgumentException("a target has one instance or more, not " + instances);
        }
        CommandTarget target = new CommandTarget(launch, instances);
        Runtime.getRuntime().addShutdownHook(target.onExit);
        try {
            target.start();
            target.manifest = restartable(target.reached.manifest());
            return target;
        } catch (RuntimeException e) {
            target.close();
            throw e;
        }
    }

    /** What can be started can be started again, whether or not its manifest offers it. */
    private static Manifest restartable(Manifest told) {
        List<String> controls = new ArrayList<>(told.controls());
        if (!controls.contains(RESTART)) {
            controls.add(RESTART);
        }
        return new Manifest(told.protocol(), told.provider(), told.profile(), told.components(), told.limits(),
                told.normalizes(), told.strictSchema(), controls);
    }

    /** The first one alone, for it may have to make what all share; then the others at once. */
    private void start() {
        List<URI> addresses = new ArrayList<>();
        addresses.add(instances.get(0).start(clockOffset));
        addresses.addAll(instances.stream().skip(1).parallel().map(instance -> instance.start(clockOffset)).toList());
        reached = HttpTarget.open(addresses, Headers.NONE, launch.secrets());
        if (clockOffset > 0 && reached.manifest().hasControl("clock")) {
            reached.setClock(clockOffset);
        }
    }

    private void end() {
        instances.forEach(Instance::kill);
    }

    @Override
    public String description() {
        return launch.shown() + (instances.size() == 1 ? "" : ", " + instances.size() + " instances");
    }

    @Override
    public List<URI> addresses() {
        return reached.addresses();
    }

    @Override
    public Secrets secrets() {
        return reached.secrets();
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public int instances() {
        return instances.size();
    }

    @Override
    public Provider instance(int index) {
        return reached.instance(index);
    }

    @Override
    public JsonNode call(int instance, String component, String method, Caller caller, JsonNode input) {
        return reached.call(instance, component, method, caller, input);
    }

    @Override
    public long clockOffset() {
        return clockOffset;
    }

    @Override
    public void setClock(long offsetSeconds) {
        reached.setClock(offsetSeconds);
        clockOffset = offsetSeconds;
    }

    /** By SIGKILL: what was acknowledged must survive that too. */
    @Override
    public void restart() {
        end();
        start();
    }

    @Override
    public boolean canKill() {
        return true;
    }

    /** Strikes first and looks afterwards, so that what was under way a moment ago still is. */
    @Override
    public void kill() {
        instances.forEach(Instance::strike);
        restart();
    }

    @Override
    public List<String> output() {
        return instances.stream().map(Instance::output).toList();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook has run or will.
        }
    }
}
