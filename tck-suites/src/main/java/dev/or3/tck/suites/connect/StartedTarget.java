package dev.or3.tck.suites.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderFactory.StorageSettings;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.suites.backend.KitEnvironment;
import dev.or3.tck.suites.line.LineFault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A provider whose processes the kit starts, kills by SIGKILL and starts again, over one place for its files. None of them
 * outlives the target.
 */
class StartedTarget implements Target {
    private static final String RESTART = "restart";
    private static final String CLOCK_OFFSET = "OR3_TCK_CLOCK_OFFSET";

    private final Launcher launcher;
    private final List<Instance> instances;
    private final Thread onExit = new Thread(this::end, "or3-tck processes");
    private Launcher.Start conditions = new Launcher.Start(Map.of(), Set.of());
    private volatile HttpTarget reached;
    private volatile Duration limit = HttpTarget.LIMIT;
    private Manifest manifest;
    private volatile long clockOffset;

    StartedTarget(Launcher launcher, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a target has one instance or more, not " + count);
        }
        this.launcher = launcher;
        this.instances = IntStream.range(0, count).mapToObj(index -> new Instance(launcher, index)).toList();
    }

    /**
     * Starts all instances, or leaves nothing behind.
     *
     * @throws UnreachableException if one does not start, or does not answer
     */
    final void begin() {
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            start();
            manifest = restartable(reached.manifest());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What can be started can be started again, whether or not its manifest offers it. */
    private static Manifest restartable(Manifest told) {
        List<String> controls = new ArrayList<>(told.controls());
        if (!controls.contains(RESTART)) {
            controls.add(RESTART);
        }
        return told.withControls(controls);
    }

    /** The first one alone, for it may have to make what all share; then the others at once. */
    private void start() {
        URI first = instances.get(0).start(withClock());
        reach(Stream.concat(Stream.of(first), startAll(instances.subList(1, instances.size())).stream()).toList());
    }

    private List<URI> startAll(List<Instance> some) {
        Launcher.Start start = withClock();
        return some.stream().parallel().map(instance -> instance.start(start)).toList();
    }

    private void reach(List<URI> addresses) {
        HttpTarget before = reached;
        reached = HttpTarget.open(addresses, Headers.NONE, launcher.secrets(), HttpProvider.MANIFEST_LIMIT);
        reached.limitCalls(limit);
        if (before != null) {
            before.calm();
        }
        if (clockOffset > 0 && reached.manifest().hasControl("clock")) {
            reached.setClock(clockOffset);
        }
    }

    private Launcher.Start withClock() {
        if (clockOffset == 0) {
            return conditions;
        }
        Map<String, String> variables = new HashMap<>(conditions.variables());
        variables.put(CLOCK_OFFSET, String.valueOf(clockOffset));
        return new Launcher.Start(variables, conditions.without());
    }

    private void stop() {
        instances.forEach(Instance::kill);
    }

    private void end() {
        stop();
        launcher.release();
        calm();
    }

    @Override
    public String description() {
        return launcher.name() + (instances.size() == 1 ? "" : ", " + instances.size() + " instances");
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
    public Sync disturbed(int instance, LineFault fault) {
        return reached.disturbed(instance, fault);
    }

    @Override
    public void calm() {
        if (reached != null) {
            reached.calm();
        }
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
        stop();
        start();
    }

    @Override
    public boolean canKill() {
        return true;
    }

    /**
     * Strikes first and looks afterwards, so that what was under way a moment ago still is. All come back at once, as after
     * the death of the machine: nothing has to be made any more.
     */
    @Override
    public void kill() {
        instances.forEach(Instance::strike);
        stop();
        reach(startAll(instances));
    }

    @Override
    public boolean canStartUnderOtherSchema() {
        return schemaVariable().isPresent();
    }

    @Override
    public Target startFresh(WireSchema schema) {
        Launcher.Start start = new Launcher.Start(choosing(schema), storageVariables());
        StartedTarget fresh = new StartedTarget(launcher.fresh(), instances.size());
        fresh.conditions = start;
        fresh.begin();
        return fresh;
    }

    @Override
    public void reopen(WireSchema schema) {
        stop();
        conditions = new Launcher.Start(choosing(schema), conditions.without());
        start();
    }

    private Map<String, String> choosing(WireSchema schema) {
        return Map.of(schemaVariable().orElseThrow(() -> new IllegalStateException(
                "the manifest names no variable that chooses the schema")), String.valueOf(schema.version()));
    }

    private Optional<String> schemaVariable() {
        return manifest.schemaVariable().filter(variable -> !launcher.sets(variable));
    }

    @Override
    public KitEnvironment environment() {
        return launcher.environment();
    }

    @Override
    public boolean canStartOtherwise() {
        return true;
    }

    @Override
    public Target startFresh(Map<String, String> variables) {
        StartedTarget fresh = new StartedTarget(launcher.fresh(), instances.size());
        fresh.conditions = new Launcher.Start(variables, storageVariables());
        fresh.begin();
        return fresh;
    }

    @Override
    public void reopen(Map<String, String> variables, Runnable meanwhile) {
        stop();
        meanwhile.run();
        Map<String, String> all = new HashMap<>(conditions.variables());
        all.putAll(variables);
        conditions = new Launcher.Start(all, conditions.without());
        start();
    }

    @Override
    public List<Path> storage() {
        return launcher.storage(manifest.storageSettings());
    }

    @Override
    public List<String> commandLines() {
        return instances.stream().flatMap(instance -> instance.commandLines().stream()).toList();
    }

    @Override
    public Optional<StorageSettings> storageSettings() {
        return manifest.storageSettings()
                .filter(storage -> !launcher.sets(storage.path()) && !launcher.sets(storage.strict()));
    }

    /** A process that was told where its storage is must not be told so a second time. */
    private Set<String> storageVariables() {
        return manifest.storageSettings().map(storage -> Set.of(storage.path(), storage.strict())).orElse(Set.of());
    }

    @Override
    public Place place(Map<String, String> files) {
        return launcher.place(files);
    }

    @Override
    public void tryStart(Map<String, String> settings) {
        new Instance(launcher, instances.size()).tryStart(new Launcher.Start(settings, storageVariables()));
    }

    @Override
    public void limitCalls(Duration other) {
        limit = other;
        reached.limitCalls(other);
    }

    @Override
    public Optional<String> obituary() {
        return instances.stream().map(Instance::obituary).flatMap(Optional::stream).findFirst();
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
