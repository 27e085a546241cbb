package dev.or3.tck.matrix.cli;

import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.ProviderFactory;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.Bounded;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.fault.Fault;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which provider, how it is set up, and how many instances of it run. */
final class TargetOptions {
    private static final int MOST_INSTANCES = 8;
    private static final Duration LOADING_LIMIT = Duration.ofSeconds(10);
    private static final String MEMORY = "memory";

    @Option(names = "--provider", paramLabel = "ID",
            description = "The provider. Default: " + Providers.DEFAULT + ", or the only one of a jar.")
    private String provider;

    @Option(names = "--provider-jar", paramLabel = "JAR",
            description = "Your provider's jar, or its directory of classes; again for further jars.")
    private List<Path> jars = List.of();

    @Option(names = "--set", paramLabel = "NAME=VALUE",
            description = "A setting of the provider, such as OR3_SQLITE_DB_PATH=FILE; again for more. "
                    + "OR3_* variables of the environment count too.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--instances", paramLabel = "N", defaultValue = "1",
            description = "Instances over the same storage, 1 to " + MOST_INSTANCES + ". Default: ${DEFAULT-VALUE}.")
    private int instances;

    @Option(names = "--fault", paramLabel = "ID", split = ",",
            description = "A fault to switch on, such as I03. Only with --provider " + MEMORY
                    + ". 'or3-tck explain faults' lists them.")
    private List<String> faults = List.of();

    /** A provider that runs, on a temporary directory. */
    record Running(Target target, TemporaryData data) implements AutoCloseable {
        @Override
        public void close() {
            try {
                target.close();
            } finally {
                data.close();
            }
        }
    }

    /** Starts the provider. */
    Running start(Console console) {
        if (instances < 1 || instances > MOST_INSTANCES) {
            throw Trouble.usage("--instances " + instances + " is out of range: from 1 to " + MOST_INSTANCES);
        }
        ProviderFactory factory = factory();
        Map<String, String> all = settings(console);
        TemporaryData data = TemporaryData.create();
        try {
            return new Running(InProcessTarget.open(factory,
                    new ProviderConfig(data.directory(), all, WireSchema.current()), instances), data);
        } catch (UnreachableException e) {
            data.close();
            throw trouble(factory.id(), e);
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    /** Constructors and ids are foreign code too. */
    private ProviderFactory factory() {
        try {
            return Bounded.call("loading the provider", LOADING_LIMIT,
                    () -> (jars.isEmpty() ? Providers.ofKit() : Providers.inJars(jars)).choose(provider));
        } catch (UnreachableException e) {
            if (e.getCause() instanceof Trouble trouble) {
                throw trouble;
            }
            throw Trouble.unreachable(e.getMessage() + ": correct its constructor", e);
        }
    }

    private Map<String, String> settings(Console console) {
        Map<String, String> all = new LinkedHashMap<>();
        console.environment().forEach((name, value) -> {
            if (name.startsWith("OR3_") && !name.startsWith("OR3_TCK_")) {
                all.put(name, value);
            }
        });
        if (!all.isEmpty()) {
            console.err().println("or3-tck: the environment sets " + String.join(", ", all.keySet()));
        }
        all.putAll(settings);
        if (!faults.isEmpty()) {
            all.put(MemoryProviderFactory.FAULT_SETTING, String.join(",", faults.stream().map(this::fault).toList()));
        }
        return all;
    }

    private String fault(String id) {
        if (!MEMORY.equals(provider)) {
            throw Trouble.usage("--fault needs --provider " + MEMORY + ", which has faults to switch on");
        }
        List<String> known = Fault.all().stream().map(Fault::id).toList();
        return known.stream().filter(id::equalsIgnoreCase).findFirst().orElseThrow(() -> Trouble.usage(
                "no fault is called '" + id + "'" + Nearest.hint(id, known) + " 'or3-tck explain faults' lists all"));
    }

    private static Trouble trouble(String id, UnreachableException e) {
        Throwable cause = e.getCause();
        if (cause instanceof IllegalArgumentException || cause instanceof ProviderException refusal
                && (refusal.status() < 500 || "CONFIGURATION".equals(refusal.code()))) {
            return Trouble.usage("the provider " + id + " does not start: " + cause.getMessage(), e);
        }
        return Trouble.unreachable("the provider cannot be reached: " + e.getMessage()
                + "; 'or3-tck doctor' looks closer, --verbose shows where", e);
    }

    /** The options that choose the same target again, for a command line. */
    List<String> asArguments() {
        List<String> arguments = new ArrayList<>();
        if (provider != null) {
            arguments.addAll(List.of("--provider", provider));
        }
        jars.forEach(jar -> arguments.addAll(List.of("--provider-jar", jar.toString())));
        settings.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        if (instances > 1) {
            arguments.addAll(List.of("--instances", String.valueOf(instances)));
        }
        if (!faults.isEmpty()) {
            arguments.addAll(List.of("--fault", String.join(",", faults)));
        }
        return arguments;
    }
}
