package dev.or3.tck.api;

import dev.or3.tck.api.admin.Admin;
import dev.or3.tck.api.config.Configuration;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.limits.RateLimits;
import dev.or3.tck.api.notifications.Notifications;
import dev.or3.tck.api.storage.Storage;
import dev.or3.tck.api.sync.Sync;
import dev.or3.tck.api.tokens.Tokens;
import dev.or3.tck.api.workspaces.Workspaces;

/**
 * One running instance of a provider: what it says of itself, its components, and its test controls.
 *
 * <p>Every method of every component is called by several threads at once. Several instances may run over the same
 * storage, in one process or in several.
 */
public interface Provider extends AutoCloseable {

    /** What this provider is and can do; the same at every call. */
    Manifest manifest();

    /**
     * The sync component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Sync sync() {
        throw ProviderException.unsupported("component sync");
    }

    /**
     * The workspaces component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Workspaces workspaces() {
        throw ProviderException.unsupported("component workspaces");
    }

    /**
     * The storage component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Storage storage() {
        throw ProviderException.unsupported("component storage");
    }

    /**
     * The tokens component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Tokens tokens() {
        throw ProviderException.unsupported("component tokens");
    }

    /**
     * The rateLimits component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default RateLimits rateLimits() {
        throw ProviderException.unsupported("component rateLimits");
    }

    /**
     * The jobs component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Jobs jobs() {
        throw ProviderException.unsupported("component jobs");
    }

    /**
     * The notifications component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Notifications notifications() {
        throw ProviderException.unsupported("component notifications");
    }

    /**
     * The admin component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Admin admin() {
        throw ProviderException.unsupported("component admin");
    }

    /**
     * The config component.
     *
     * @throws ProviderException 501 if the provider has none
     */
    default Configuration configuration() {
        throw ProviderException.unsupported("component config");
    }

    /** The test controls; those that the manifest does not list answer 501. */
    default Controls controls() {
        return new Controls() { };
    }

    /** Ends the instance and releases files and threads; acknowledged changes stay in the storage. */
    @Override
    void close();
}
