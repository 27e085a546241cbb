package dev.or3.tck.api;

import java.util.Optional;

/**
 * Starts providers. Implementations are found by {@link java.util.ServiceLoader} and need a public constructor without
 * parameters.
 */
public interface ProviderFactory {

    /** The id by which the provider is selected, for example {@code sqlite}. */
    String id();

    /**
     * Starts an instance. Several instances may be open on one data directory at once.
     *
     * @throws ProviderException or any other exception with a message that names the wrong or missing setting (DUR-06)
     */
    Provider open(ProviderConfig config);

    /**
     * The settings that say where the storage is, so that the kit can try wrong ones (DUR-06); empty for a provider
     * without storage of its own.
     */
    default Optional<StorageSettings> storageSettings() {
        return Optional.empty();
    }

    /**
     * The settings that place the storage.
     *
     * @param path   the variable that names the database path, for example {@code OR3_SQLITE_DB_PATH}
     * @param strict the variable that demands a path when set to {@code true}, for example {@code OR3_SQLITE_STRICT}
     */
    record StorageSettings(String path, String strict) {
    }
}
