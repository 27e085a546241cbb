package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import java.util.Optional;

/** Finds the provider under the id {@code convex}. Its settings are listed in this module's README. */
public final class ConvexProviderFactory implements ProviderFactory {
    static final String ID = "convex";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Provider open(ProviderConfig config) {
        return new ConvexProvider(config, null);
    }

    /** Those of the stub, which alone has a place on this machine. */
    @Override
    public Optional<StorageSettings> storageSettings() {
        return Optional.of(new StorageSettings(Settings.STUB_PATH, Settings.STRICT));
    }
}
