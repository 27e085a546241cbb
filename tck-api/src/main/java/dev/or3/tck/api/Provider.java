package dev.or3.tck.api;

import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.sync.Sync;
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

    /** The test controls; those that the manifest does not list answer 501. */
    default Controls controls() {
        return new Controls() { };
    }

    /** Ends the instance and releases files and threads; acknowledged changes stay in the storage. */
    @Override
    void close();
}
