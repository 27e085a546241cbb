package dev.or3.tck.suites.fault;

import dev.or3.tck.api.ProviderConfig;
import java.nio.file.Path;

/** Finds the storage that the settings name (DUR-06). */
class Opening {

    /**
     * @throws IllegalArgumentException naming the setting that is wrong or missing
     */
    Disk open(ProviderConfig config, MemorySettings settings) {
        return Disk.open(path(config, settings), MemorySettings.PATH);
    }

    private static Path path(ProviderConfig config, MemorySettings settings) {
        if (settings.path() != null && !settings.path().isBlank()) {
            return Path.of(settings.path());
        }
        if (settings.strict()) {
            throw new IllegalArgumentException(
                    MemorySettings.PATH + " is not set, and " + MemorySettings.STRICT + " demands it");
        }
        return config.dataDirectory().resolve("or3-memory.db");
    }
}
