package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import java.util.List;
import java.util.Optional;

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
        List<Fault> faults = settings.faults().stream().map(Fault::named).toList();
        List<Variant> variants = settings.variants().stream().map(Variant::named).toList();
        ProviderClock clock = new ProviderClock(settings.clockOffset());
        Life life = new Life();
        Disk disk = opening(faults).open(config, settings);
        try {
            return new MemoryProvider(disk, settings, life, () -> {
                Parts parts = new Parts(disk, settings, config.schema(), clock, life);
                faults.forEach(fault -> fault.seed().accept(parts));
                variants.forEach(variant -> variant.seed().accept(parts));
                parts.configure();
                return parts;
            });
        } catch (RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    private static Opening opening(List<Fault> faults) {
        return faults.stream().flatMap(fault -> fault.opening().stream()).findFirst().orElseGet(Opening::new);
    }

    @Override
    public Optional<StorageSettings> storageSettings() {
        return Optional.of(new StorageSettings(MemorySettings.PATH, MemorySettings.STRICT));
    }
}
