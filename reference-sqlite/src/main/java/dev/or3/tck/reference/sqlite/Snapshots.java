package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.sync.SnapshotPage;
import dev.or3.tck.api.sync.SnapshotPage.Item;
import dev.or3.tck.api.sync.SnapshotPage.Revision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Snapshots of the materialized state (SNAP rules). One that fits into its first page is read and forgotten; a longer one
 * is copied at its watermark, so that later pages are what they would have been at once, on every instance.
 */
final class Snapshots {
    private static final String STATE = "SELECT r.table_name, r.pk, r.deleted,"
            + " CASE WHEN r.deleted THEN NULL ELSE COALESCE(r.payload, c.payload) END AS payload,"
            + " r.clock, r.hlc, r.op_id, r.changed_at FROM records r"
            + " LEFT JOIN changes c ON c.ws = r.ws AND c.server_version = r.server_version"
            + " WHERE r.ws = ? AND (r.owner IS NULL OR r.owner = ?)";
    private static final String ORDER = " ORDER BY r.table_name, r.pk";
    private static final String INSERT = "INSERT INTO snapshots"
            + " (snapshot_id, ws, user_id, high_watermark, expires_at, secret) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String FIND = "SELECT snapshot, ws, user_id, high_watermark, expires_at, secret FROM snapshots"
            + " WHERE snapshot_id = ?";
    private static final String ITEMS = "SELECT table_name, pk, deleted, payload, clock, hlc, op_id, changed_at"
            + " FROM snapshot_items WHERE snapshot = ? AND position > ? ORDER BY position LIMIT ?";
    private static final String SURPLUS = "SELECT snapshot FROM snapshots WHERE expires_at < ?"
            + " UNION SELECT snapshot FROM (SELECT snapshot FROM snapshots WHERE ws = ? AND user_id = ?"
            + " ORDER BY snapshot DESC LIMIT -1 OFFSET ?)";
    /** How many snapshots one user keeps open in a workspace; the oldest gives way. */
    private static final int OPEN = 100;

    private final Store store;
    private final ProviderTime time;
    private final long lifeSeconds;

    Snapshots(Store store, ProviderTime time, long lifeSeconds) {
        this.store = store;
        this.time = time;
        this.lifeSeconds = lifeSeconds;
    }

    /**
     * @param tables the tables wanted; empty for all
     */
    SnapshotPage first(Caller caller, int pageSize, List<String> tables) {
        SnapshotPage whole = store.read(session -> {
            Access access = Access.of(session, caller);
            List<Item> items = items(state(session, access, caller, tables, pageSize + 1));
            return items.size() > pageSize ? null : new SnapshotPage(caller.workspaceId(), UUID.randomUUID().toString(),
                    access.head(), items, null);
        });
        return whole != null ? whole : store.write(session -> copy(session, caller, pageSize, tables));
    }

    SnapshotPage next(Caller caller, int pageSize, String pageToken) {
        PageToken token = PageToken.parse(pageToken);
        return store.read(session -> {
            Access access = Access.of(session, caller);
            try (ResultSet row = session.query(FIND, token.snapshotId())) {
                if (!row.next()) {
                    throw refused();
                }
                if (row.getLong(2) != access.ws() || !row.getString(3).equals(caller.userId())
                        || !token.isSignedBy(row.getBytes(6))) {
                    throw refused();
                }
                if (row.getLong(5) < time.millis()) {
                    throw new ProviderException(410, "GONE", "the snapshot has expired: take a new one");
                }
                return page(session, caller, new Taken(row.getLong(1), token.snapshotId(), row.getLong(4), row.getBytes(6)),
                        token.position(), pageSize);
            }
        });
    }

    private static ProviderException refused() {
        return ProviderException.badRequest("the page token is not one of the caller's in this workspace, or has expired");
    }

    private SnapshotPage copy(Session session, Caller caller, int pageSize, List<String> tables) throws SQLException {
        Access access = Access.of(session, caller);
        collect(session, access, caller);
        byte[] secret = PageToken.newSecret();
        String id = UUID.randomUUID().toString();
        session.update(INSERT, id, access.ws(), caller.userId(), access.head(), time.millis() + lifeSeconds * 1000, secret);
        long snapshot;
        try (ResultSet row = session.query(FIND, id)) {
            snapshot = row.getLong(1);
        }
        List<Object> parameters = new ArrayList<>(List.of(snapshot, access.ws(), caller.userId()));
        parameters.addAll(tables);
        session.update("INSERT INTO snapshot_items SELECT ?, ROW_NUMBER() OVER (ORDER BY table_name, pk), * FROM ("
                + stateSql(tables) + ORDER + ")", parameters.toArray());
        return page(session, caller, new Taken(snapshot, id, access.head(), secret), 0, pageSize);
    }

    private record Taken(long snapshot, String id, long highWatermark, byte[] secret) {
    }

    private static SnapshotPage page(Session session, Caller caller, Taken taken, long after, int pageSize)
            throws SQLException {
        List<Item> items = items(session.query(ITEMS, taken.snapshot(), after, pageSize + 1));
        boolean more = items.size() > pageSize;
        return new SnapshotPage(caller.workspaceId(), taken.id(), taken.highWatermark(),
                more ? List.copyOf(items.subList(0, pageSize)) : items,
                more ? PageToken.signed(taken.id(), after + pageSize, taken.secret()).text() : null);
    }

    private void collect(Session session, Access access, Caller caller) throws SQLException {
        List<Long> surplus = new ArrayList<>();
        try (ResultSet row = session.query(SURPLUS, time.millis(), access.ws(), caller.userId(), OPEN - 1)) {
            while (row.next()) {
                surplus.add(row.getLong(1));
            }
        }
        for (Long snapshot : surplus) {
            session.update("DELETE FROM snapshot_items WHERE snapshot = ?", snapshot);
            session.update("DELETE FROM snapshots WHERE snapshot = ?", snapshot);
        }
    }

    private static ResultSet state(Session session, Access access, Caller caller, List<String> tables, int limit)
            throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(access.ws(), caller.userId()));
        parameters.addAll(tables);
        parameters.add(limit);
        return session.query(stateSql(tables) + ORDER + " LIMIT ?", parameters.toArray());
    }

    private static String stateSql(List<String> tables) {
        return tables.isEmpty() ? STATE : STATE + " AND r.table_name IN (?" + ", ?".repeat(tables.size() - 1) + ")";
    }

    private static List<Item> items(ResultSet rows) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (ResultSet row = rows) {
            while (row.next()) {
                boolean deleted = row.getInt(3) == 1;
                String payload = row.getString(4);
                items.add(new Item(deleted ? Item.TOMBSTONE : Item.ROW, row.getString(1), CodeUnits.decode(row.getString(2)),
                        payload == null ? null : new JsonText(payload),
                        new Revision(row.getLong(5), CodeUnits.decode(row.getString(6)), row.getString(7)),
                        deleted ? Math.floorDiv(row.getLong(8), 1000L) : null));
            }
        }
        return items;
    }
}
