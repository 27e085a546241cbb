package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.CollectRequest;

/**
 * Garbage collection: what is both older than the retention and behind the slowest device (GC rules). The log is
 * collected from its beginning without leaving holes. Op ids are kept, and so are rows.
 */
class Collection {
    final Parts parts;

    Collection(Parts parts) {
        this.parts = parts;
    }

    void changeLog(Caller caller, CollectRequest request) {
        Space space = parts.access.enter(caller, request.scope());
        checkRetention(request.retentionSeconds());
        parts.transact(space, () -> {
            collectLog(space, releasable(space, request.retentionSeconds()), request.retentionSeconds());
            return null;
        });
    }

    void tombstones(Caller caller, CollectRequest request) {
        Space space = parts.access.enter(caller, request.scope());
        checkRetention(request.retentionSeconds());
        parts.transact(space, () -> {
            collectTombstones(space, releasable(space, request.retentionSeconds()), request.retentionSeconds());
            return null;
        });
    }

    void checkRetention(long retentionSeconds) {
        long least = parts.settings.limits().minRetentionSeconds();
        if (retentionSeconds < least) {
            throw ProviderException.badRequest("retentionSeconds must be " + least + " or more");
        }
    }

    /** The version up to which no device needs the log; without devices, snapshots serve whoever comes. */
    long releasable(Space space, long retentionSeconds) {
        return parts.cursors.slowest(space).orElse(parts.settings.isV11() ? Long.MAX_VALUE : 0);
    }

    void collectLog(Space space, long upTo, long retentionSeconds) {
        for (Entry entry : space.log.values()) {
            if (entry.version() > upTo || !isOld(entry.storedAt(), retentionSeconds)) {
                return;
            }
            space.log.remove(entry.place());
        }
    }

    void collectTombstones(Space space, long upTo, long retentionSeconds) {
        space.tombstones.values().removeIf(
                tombstone -> tombstone.version() <= upTo && isOld(deletedAt(tombstone), retentionSeconds));
    }

    /** When a record was deleted by the server's clock, in milliseconds since the epoch (GC-13). */
    long deletedAt(Row tombstone) {
        return tombstone.writtenAt();
    }

    boolean isOld(long millis, long retentionSeconds) {
        return millis / 1000 < parts.clock.seconds() - retentionSeconds;
    }
}
