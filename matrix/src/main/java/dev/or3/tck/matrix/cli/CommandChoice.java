package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.CommandTarget;
import dev.or3.tck.suites.connect.Secrets;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.minimize.SavedCounterexample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A provider that a command serves.
 *
 * @param command   as a shell takes it
 * @param settings  variables for it, beside those of the environment
 * @param instances how many run over the same storage
 */
record CommandChoice(String command, Map<String, String> settings, int instances) implements TargetChoice {
    static final String COMMAND = "command";

    CommandChoice {
        settings = Map.copyOf(settings);
    }

    /** Its own directory for temporary files is among the kit's, for a killed process leaves some behind. */
    @Override
    public Running start(Console console, Duration limit) {
        TemporaryData data = TemporaryData.create();
        try {
            Path files = Files.createDirectory(data.directory().resolve("data"));
            Path temporary = Files.createDirectory(data.directory().resolve("tmp"));
            Map<String, String> environment = new LinkedHashMap<>(Map.of("TMPDIR", temporary.toString()));
            environment.putAll(settings);
            CommandTarget.Launch launch = new CommandTarget.Launch(command, Path.of("").toAbsolutePath(), files,
                    environment, limit);
            return new Running(CommandTarget.start(launch, instances), data);
        } catch (IOException e) {
            data.close();
            throw Trouble.failed("no directory for the provider's files can be made in " + data.directory() + ": " + e, e);
        } catch (RuntimeException e) {
            data.close();
            throw e instanceof UnreachableException
                    ? Trouble.unreachable("the provider cannot be reached: " + e.getMessage(), e) : e;
        }
    }

    @Override
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>(SavedCounterexample.written(settings));
        map.put(COMMAND, Secrets.hideIn(command));
        map.put(ProviderChoice.INSTANCES, String.valueOf(instances));
        return map;
    }

    /**
     * @throws IllegalArgumentException if the command held a secret, which was not written
     */
    static CommandChoice fromMap(Map<String, String> map) {
        if (map.get(COMMAND).contains(Secrets.HIDDEN)) {
            throw new IllegalArgumentException("the command held a secret");
        }
        return new CommandChoice(map.get(COMMAND), SavedCounterexample.settings(map), ProviderChoice.instances(map));
    }
}
