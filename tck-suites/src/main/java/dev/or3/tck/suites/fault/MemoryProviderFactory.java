package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the memory provider: correct, unless the setting {@code OR3_MEMORY_FAULT} names faults (ids of {@link Fault},
 * separated by commas). It speaks sync profile 1.1, or what {@code OR3_MEMORY_PROFILE} says.
 *
 * <p>Its state lives in this JVM, as long as the file exists that stands for the database; instances on one file share it.
 */
public final class MemoryProviderFactory implements ProviderFactory {

    /** The setting that names the faults. */
    public static final String FAULT_SETTING = MemorySettings.FAULT;

    @Override
    public String id() {
        return "memory";
    }

    /**
     * @throws IllegalArgumentException naming the setting whose value is wrong or missing
     */
    @Override
    public Provider open(ProviderConfig config) {
        MemorySettings settings = MemorySettings.of(config.settings());
        List<Consumer<Parts>> faults = settings.faults().stream().map(Fault::named).map(Fault::seed).toList();
        ProviderClock clock = new ProviderClock(settings.clockOffset());
        Disk disk = Disk.open(path(config, settings), MemorySettings.PATH);
        try {
            return new MemoryProvider(disk, settings, () -> {
                Parts parts = new Parts(disk, settings, config.schema(), clock);
                faults.forEach(fault -> fault.accept(parts));
                return parts;
            });
        } catch (RuntimeException e) {
            disk.close();
            throw e;
        }
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

    @Override
    public Optional<StorageSettings> storage() {
        return Optional.of(new StorageSettings(MemorySettings.PATH, MemorySettings.STRICT));
    }
}
