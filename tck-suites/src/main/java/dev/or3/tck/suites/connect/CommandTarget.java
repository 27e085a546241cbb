package dev.or3.tck.suites.connect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A provider that the kit starts by a command, once or several times over one data directory, and reaches in protocol
 * version 1. A restart kills it by SIGKILL and starts it again. Nothing of it outlives the target, nor the kit.
 */
public final class CommandTarget extends StartedTarget {

    private CommandTarget(Launch launch, int instances) {
        super(new CommandLauncher(launch, false), instances);
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
    }

    /**
     * Starts a provider.
     *
     * @param instances how many, 1 or more
     * @throws UnreachableException if one does not start, or does not answer
     */
    public static CommandTarget start(Launch launch, int instances) {
        CommandTarget target = new CommandTarget(launch, instances);
        target.begin();
        return target;
    }
}
