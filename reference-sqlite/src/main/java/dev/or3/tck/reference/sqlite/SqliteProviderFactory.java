package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Provider;
import dev.or3.tck.api.ProviderConfig;
import dev.or3.tck.api.ProviderFactory;
import java.util.Optional;

/** Finds the provider under the id {@code sqlite}. Its settings are listed in this module's README. */
public final class SqliteProviderFactory implements ProviderFactory {
    static final String ID = "sqlite";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Provider open(ProviderConfig config) {
        return new SqliteProvider(ConfigSettings.withEnvironment(config, System.getenv()));
    }

    @Override
    public Optional<StorageSettings> storageSettings() {
        return Optional.of(new StorageSettings(Settings.DB_PATH, Settings.STRICT));
    }
}
