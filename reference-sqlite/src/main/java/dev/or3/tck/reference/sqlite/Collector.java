package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.ProviderException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Device cursors, and the collection of what every active device has passed and the server has kept long enough
 * (CUR and GC rules). Every step is one write transaction, so no cursor can register between the look and the deletion.
 */
final class Collector {
    static final String UPDATE_CURSOR = "INSERT INTO cursors (ws, user_id, device_id, version, updated_at)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (ws, user_id, device_id) DO UPDATE"
            + " SET version = excluded.version, updated_at = excluded.updated_at WHERE excluded.version >= cursors.version";
    private static final String SLOWEST = "SELECT MIN(version) FROM cursors WHERE ws = ? AND updated_at >= ?";
    private static final String FIRST_YOUNG = "SELECT server_version FROM changes WHERE ws = ? AND server_version > ?"
            + " AND server_version <= ? AND stored_at >= ? ORDER BY server_version LIMIT 1";
    private static final String KEEP_PAYLOADS = "UPDATE records SET payload = (SELECT c.payload FROM changes c WHERE"
            + " c.ws = records.ws AND c.server_version = records.server_version)"
            + " WHERE ws = ? AND table_name = ? AND pk = ? AND server_version = ? AND deleted = 0";
    private static final String COLLECTED = "SELECT server_version, table_name, pk, op, payload, device_id, op_id, hlc,"
            + " clock, owner FROM changes WHERE ws = ? AND server_version > ? AND server_version <= ?"
            + " ORDER BY server_version";
    private static final String KEEP_FINGERPRINT = "UPDATE operations SET fingerprint = ? WHERE ws = ? AND op_id = ?";
    private static final String DELETE_CHANGES = "DELETE FROM changes WHERE ws = ? AND server_version <= ?";
    private static final String RAISE_FLOOR = "UPDATE sync_heads SET floor = ? WHERE ws = ?";
    private static final String DELETE_TOMBSTONES = "DELETE FROM records WHERE (ws, table_name, pk) IN"
            + " (SELECT ws, table_name, pk FROM records WHERE ws = ? AND deleted = 1 AND server_version <= ?"
            + " AND changed_at < ? LIMIT ?)";

    /** How much one transaction collects, so that pushes wait only briefly. */
    private static final int STEP = 1000;

    private final Store store;
    private final ProviderTime time;
    private final boolean ownedCursors;
    private final boolean mayForget;

    Collector(Store store, ProviderTime time, Profile profile) {
        this.store = store;
        this.time = time;
        // Both came with profile 1.1, whose snapshots bring a forgotten device back.
        this.ownedCursors = profile.includes(Profile.V1_1);
        this.mayForget = profile.includes(Profile.V1_1);
    }

    void updateCursor(Caller caller, String deviceId, long version) {
        store.write(session -> {
            Access access = Access.of(session, caller);
            if (version > access.head()) {
                throw ProviderException.conflict("version " + version + " lies beyond the head " + access.head());
            }
            return session.update(UPDATE_CURSOR, access.ws(), ownedCursors ? caller.userId() : "",
                    CodeUnits.encode(deviceId), version, time.millis());
        });
    }

    void collectLog(Caller caller, long retentionSeconds) {
        Work<Integer> step = session -> collectLogStep(session, Access.of(session, caller), cutoff(retentionSeconds));
        while (store.write(step) == STEP) {
            // Others write between the steps.
        }
    }

    void collectTombstones(Caller caller, long retentionSeconds) {
        Work<Integer> step = session -> {
            Access access = Access.of(session, caller);
            long cutoff = cutoff(retentionSeconds);
            return session.update(DELETE_TOMBSTONES, access.ws(), slowest(session, access, cutoff), cutoff, STEP);
        };
        while (store.write(step) == STEP) {
            // Others write between the steps.
        }
    }

    private int collectLogStep(Session session, Access access, long cutoff) throws SQLException {
        long upTo = Math.min(slowest(session, access, cutoff), access.floor() + STEP);
        try (ResultSet young = session.query(FIRST_YOUNG, access.ws(), access.floor(), upTo, cutoff)) {
            if (young.next()) {
                upTo = young.getLong(1) - 1;
            }
        }
        if (upTo <= access.floor()) {
            return 0;
        }
        try (ResultSet row = session.query(COLLECTED, access.ws(), access.floor(), upTo)) {
            while (row.next()) {
                keep(session, access.ws(), row);
            }
        }
        session.update(DELETE_CHANGES, access.ws(), upTo);
        session.update(RAISE_FLOOR, upTo, access.ws());
        return (int) (upTo - access.floor());
    }

    /** What outlives the log entry: the payload of a record that still stands, and the content of the operation. */
    private static void keep(Session session, long ws, ResultSet row) throws SQLException {
        Entry entry = new Entry(row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6),
                row.getString(7), row.getString(8), row.getLong(9), row.getString(10));
        PreparedStatement payload = session.prepare(KEEP_PAYLOADS);
        payload.setLong(1, ws);
        payload.setString(2, entry.table());
        payload.setString(3, entry.pk());
        payload.setLong(4, row.getLong(1));
        payload.executeUpdate();
        PreparedStatement fingerprint = session.prepare(KEEP_FINGERPRINT);
        fingerprint.setBytes(1, Fingerprint.of(entry));
        fingerprint.setLong(2, ws);
        OpKey.set(fingerprint, 3, entry.opId());
        fingerprint.executeUpdate();
    }

    /** The version that every device which holds history back has passed. */
    private long slowest(Session session, Access access, long cutoff) throws SQLException {
        try (ResultSet row = session.query(SLOWEST, access.ws(), mayForget ? cutoff : Long.MIN_VALUE)) {
            long version = row.getLong(1);
            if (row.wasNull()) {
                return mayForget ? access.head() : 0;
            }
            return version;
        }
    }

    private long cutoff(long retentionSeconds) {
        return time.millis() - retentionSeconds * 1000;
    }
}
