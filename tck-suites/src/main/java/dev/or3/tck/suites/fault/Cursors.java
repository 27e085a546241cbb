package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.CursorUpdate;
import dev.or3.tck.suites.fault.Space.DeviceCursor;
import java.util.OptionalLong;

/** How far each device of a workspace has come (CUR rules). */
class Cursors {
    final Parts parts;

    Cursors(Parts parts) {
        this.parts = parts;
    }

    void update(Caller caller, CursorUpdate update) {
        Space space = parts.access.enter(caller, update.scope());
        check(update);
        parts.transact(space, () -> {
            checkHead(space, update.version());
            move(space, key(caller, update), caller.userId(), update.version());
            return null;
        });
    }

    void check(CursorUpdate update) {
        if (Admission.isBlank(update.deviceId())) {
            throw ProviderException.badRequest("deviceId must not be empty");
        }
        if (update.version() < 0) {
            throw ProviderException.badRequest("version must not be negative");
        }
    }

    /** A device cannot have what was never given out (CUR-04). */
    void checkHead(Space space, long version) {
        if (version > parts.numbering.head(space)) {
            throw ProviderException.badRequest("version is beyond the head of the log");
        }
    }

    /** Under what a device's cursor is kept within its workspace. */
    String key(Caller caller, CursorUpdate update) {
        return update.deviceId();
    }

    /** Moves a cursor forward; an update that lags behind is a sign of life and nothing else (CUR-02). */
    void move(Space space, String key, String userId, long version) {
        long now = parts.clock.millis();
        DeviceCursor old = space.cursors.get(key);
        if (old == null) {
            space.cursors.put(key, new DeviceCursor(userId, version, now, now));
            return;
        }
        checkOwner(old, userId);
        space.cursors.put(key, new DeviceCursor(old.userId(), merged(old.version(), version), old.firstSeen(), now));
    }

    void checkOwner(DeviceCursor cursor, String userId) {
        if (parts.settings.isV11() && !cursor.userId().equals(userId)) {
            throw ProviderException.forbidden("this device belongs to another user");
        }
    }

    long merged(long old, long version) {
        return Math.max(old, version);
    }

    /** The slowest cursor; empty if no device is registered. */
    OptionalLong slowest(Space space) {
        return space.cursors.values().stream().mapToLong(DeviceCursor::version).min();
    }
}
