package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which provider, how it is set up, and how many instances of it run. */
final class TargetOptions {
    private static final int MOST_INSTANCES = 8;

    @Option(names = "--provider", paramLabel = "ID",
            description = "The provider. Default: " + Providers.DEFAULT + ", or the only one of a jar.")
    private String provider;

    @Option(names = "--provider-jar", paramLabel = "JAR",
            description = "Your provider's jar, or its directory of classes; again for further jars.")
    private List<Path> jars = List.of();

    @Option(names = "--set", paramLabel = "NAME=VALUE",
            description = "A setting of the provider, such as OR3_SQLITE_DB_PATH=FILE; again for more. "
                    + "OR3_* variables of the environment count too.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--instances", paramLabel = "N",
            description = "Instances over the same storage, 1 to " + MOST_INSTANCES + ". Default: 1.")
    private Integer instances;

    @Option(names = "--start-timeout", paramLabel = "TIME", converter = Budget.class, defaultValue = "30s",
            description = "How long the provider may take to start, 30s at most. Default: ${DEFAULT-VALUE}.")
    private Duration startTimeout;

    @Option(names = "--fault", paramLabel = "ID", split = ",",
            description = "A fault to switch on, such as I03. Only with --provider " + TargetChoice.MEMORY
                    + ". 'or3-tck explain faults' lists them.")
    private List<String> faults = List.of();

    /** What was chosen, the rest as usual. */
    TargetChoice choice() {
        if (instances != null && (instances < 1 || instances > MOST_INSTANCES)) {
            throw Trouble.usage("--instances " + instances + " is out of range: from 1 to " + MOST_INSTANCES);
        }
        return new TargetChoice(provider, jars, settings, instances == null ? 1 : instances,
                faults.stream().map(this::known).toList());
    }

    /** Starts the provider that was chosen. */
    TargetChoice.Running start(Console console) {
        return start(choice(), console);
    }

    /** Starts a provider within the time it may take. */
    TargetChoice.Running start(TargetChoice choice, Console console) {
        return choice.start(console, startTimeout);
    }

    boolean areAbsent() {
        return provider == null && jars.isEmpty() && settings.isEmpty() && instances == null && faults.isEmpty();
    }

    private String known(String id) {
        if (!TargetChoice.MEMORY.equals(provider)) {
            throw Trouble.usage("--fault needs --provider " + TargetChoice.MEMORY + ", which has faults to switch on");
        }
        List<String> known = Fault.all().stream().map(Fault::id).toList();
        return known.stream().filter(id::equalsIgnoreCase).findFirst().orElseThrow(() -> Trouble.usage(
                "no fault is called '" + id + "'" + Nearest.hint(id, known) + ": 'or3-tck explain faults' tells of all"));
    }
}
