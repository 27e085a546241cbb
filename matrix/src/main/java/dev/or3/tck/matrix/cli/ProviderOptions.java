package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.fault.Fault;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which provider of this JVM, and how it is set up. */
final class ProviderOptions {
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

    @Option(names = "--fault", paramLabel = "ID", split = ",",
            description = "A fault to switch on, such as I03. Only with --provider " + ProviderChoice.MEMORY
                    + ". 'or3-tck explain faults' lists them.")
    private List<String> faults = List.of();

    /** What was chosen, the rest as usual. */
    ProviderChoice choice(int instances) {
        return new ProviderChoice(provider, jars, settings, instances, faults.stream().map(this::known).toList());
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Whether no provider of this JVM was named. */
    boolean nameNone() {
        return provider == null && jars.isEmpty() && faults.isEmpty();
    }

    boolean areAbsent() {
        return nameNone() && settings.isEmpty();
    }

    private String known(String id) {
        if (!ProviderChoice.MEMORY.equals(provider)) {
            throw Trouble.usage("--fault needs --provider " + ProviderChoice.MEMORY + ", which has faults to switch on");
        }
        List<String> known = Fault.all().stream().map(Fault::id).toList();
        return known.stream().filter(id::equalsIgnoreCase).findFirst().orElseThrow(() -> Trouble.usage(
                "no fault is called '" + id + "'" + Nearest.hint(id, known) + " 'or3-tck explain faults' lists all"));
    }
}
