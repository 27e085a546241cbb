package dev.or3.tck.api.sync;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;

/**
 * The sync component: an ordered change log for each workspace. Called by several threads at once.
 *
 * <p>Each method throws {@link ProviderException} with a 4xx status to refuse the whole request; a scope that is not
 * the caller's session workspace is refused (ISO-01).
 */
public interface Sync {

    /** Stores operations (PUSH rules). One that cannot be stored is refused in its result, or the whole push with it. */
    PushResponse push(Caller caller, PushRequest request);

    /** Returns the changes above a cursor (PULL rules). */
    PullResponse pull(Caller caller, PullRequest request);

    /** Records how far a device has come (CUR rules); never takes effect backwards. */
    void updateCursor(Caller caller, CursorUpdate update);

    /** Collects tombstones (GC rules; capability {@code gc}). */
    default void gcTombstones(Caller caller, CollectRequest request) {
        throw ProviderException.unsupported("sync.gcTombstones");
    }

    /** Collects entries of the change log (GC rules; capability {@code gc}). */
    default void gcChangeLog(Caller caller, CollectRequest request) {
        throw ProviderException.unsupported("sync.gcChangeLog");
    }

    /** Returns a page of the materialized state (SNAP rules; profile 1.1, capability {@code snapshot}). */
    default SnapshotPage snapshot(Caller caller, SnapshotRequest request) {
        throw ProviderException.unsupported("sync.snapshot");
    }
}
