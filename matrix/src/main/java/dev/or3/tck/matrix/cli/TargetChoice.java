package dev.or3.tck.matrix.cli;

import dev.or3.tck.suites.connect.Target;
import java.time.Duration;
import java.util.Map;

/** A provider to certify. It survives being written down beside a counterexample, but for what looks like a secret. */
sealed interface TargetChoice permits ProviderChoice, UrlChoice, CommandChoice, ImageChoice, HostChoice {
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

    /**
     * Starts the provider, or reaches it where it runs already.
     *
     * @param limit how long it may take
     */
    Running start(Console console, Duration limit);

    /** By name, for a file. */
    Map<String, String> toMap();

    /**
     * @throws IllegalArgumentException if the map was not made by {@link #toMap}
     */
    static TargetChoice fromMap(Map<String, String> map) {
        if (map.containsKey(UrlChoice.URLS)) {
            return UrlChoice.fromMap(map);
        }
        if (map.containsKey(HostChoice.HOST)) {
            return HostChoice.fromMap(map);
        }
        if (map.containsKey(ImageChoice.IMAGE)) {
            return ImageChoice.fromMap(map);
        }
        return map.containsKey(CommandChoice.COMMAND) ? CommandChoice.fromMap(map) : ProviderChoice.fromMap(map);
    }
}
