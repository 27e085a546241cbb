package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.OperationResult.ErrorCodes;
import dev.or3.tck.api.sync.PushResponse;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stores one batch within the writer's transaction: per new operation one insert into the ids, which also tells whether
 * it is new, one into the log, and one upsert that decides the last writer in SQL.
 */
final class Push implements Work<PushResponse> {
    static final String HEAD = "UPDATE sync_heads SET head = ? WHERE ws = ?";
    static final String OPERATION = "INSERT INTO operations (ws, op_id, server_version) VALUES (?, ?, ?)"
            + " ON CONFLICT (ws, op_id) DO NOTHING";
    static final String CHANGE = "INSERT INTO changes"
            + " (ws, server_version, table_name, pk, op, payload, device_id, op_id, hlc, clock, stored_at, owner)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String RECORD = "INSERT INTO records"
            + " (ws, table_name, pk, server_version, deleted, clock, hlc, op_id, changed_at, owner)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (ws, table_name, pk) DO UPDATE SET server_version = excluded.server_version,"
            + " deleted = excluded.deleted, clock = excluded.clock, hlc = excluded.hlc, op_id = excluded.op_id,"
            + " changed_at = excluded.changed_at, owner = excluded.owner, payload = NULL"
            + " WHERE (excluded.clock, excluded.hlc, excluded.op_id) > (records.clock, records.hlc, records.op_id)";
    static final String KNOWN = "SELECT o.server_version, o.fingerprint, c.table_name, c.pk, c.op, c.payload, c.device_id,"
            + " c.hlc, c.clock, c.owner FROM operations o LEFT JOIN changes c ON c.ws = o.ws AND c.server_version ="
            + " o.server_version WHERE o.ws = ? AND o.op_id = ?";
    static final String OWNER = "SELECT owner FROM records WHERE ws = ? AND table_name = ? AND pk = ?";
    static final String WINNER = "SELECT r.server_version, CASE WHEN r.deleted THEN NULL ELSE COALESCE(r.payload, c.payload)"
            + " END FROM records r LEFT JOIN changes c ON c.ws = r.ws AND c.server_version = r.server_version"
            + " WHERE r.ws = ? AND r.table_name = ? AND r.pk = ? AND (r.owner IS NULL OR r.owner = ?)";

    private final Caller caller;
    private final List<Admission.Verdict> batch;
    private final boolean tellsApplied;
    private final ProviderTime time;

    Push(Caller caller, List<Admission.Verdict> batch, boolean tellsApplied, ProviderTime time) {
        this.caller = caller;
        this.batch = batch;
        this.tellsApplied = tellsApplied;
        this.time = time;
    }

    @Override
    public PushResponse run(Session session) throws SQLException {
        Access access = Access.of(session, caller);
        long now = time.millis();
        long head = access.head();
        List<OperationResult> results = new ArrayList<>(batch.size());
        for (Admission.Verdict verdict : batch) {
            OperationResult result = verdict.refusal();
            if (result == null) {
                result = store(session, access.at(head), verdict.entry(), now);
                if (result.success() && result.serverVersion() > head) {
                    head = result.serverVersion();
                }
            }
            results.add(result);
        }
        if (head > access.head()) {
            PreparedStatement update = session.prepare(HEAD);
            update.setLong(1, head);
            update.setLong(2, access.ws());
            update.executeUpdate();
        }
        return new PushResponse(results, head);
    }

    private OperationResult store(Session session, Access access, Entry entry, long now) throws SQLException {
        if (entry.isPrivate()) {
            OperationResult answered = guard(session, access, entry);
            if (answered != null) {
                return answered;
            }
        }
        long version = access.head() + 1;
        PreparedStatement operation = session.prepare(OPERATION);
        operation.setLong(1, access.ws());
        OpKey.set(operation, 2, entry.opId());
        operation.setLong(3, version);
        if (operation.executeUpdate() == 0) {
            return replay(session, access, entry);
        }
        log(session, access.ws(), version, entry, now);
        boolean applied = merge(session, access.ws(), version, entry, now);
        if (!tellsApplied) {
            return OperationResult.stored(entry.opId(), version, null, null);
        }
        return OperationResult.stored(entry.opId(), version, applied,
                applied ? null : winner(session, access, entry).payload());
    }

    private static void log(Session session, long ws, long version, Entry entry, long now) throws SQLException {
        PreparedStatement change = session.prepare(CHANGE);
        change.setLong(1, ws);
        change.setLong(2, version);
        change.setString(3, entry.table());
        change.setString(4, entry.pk());
        change.setString(5, entry.op());
        change.setString(6, entry.payload());
        change.setString(7, entry.deviceId());
        change.setString(8, entry.opId());
        change.setString(9, entry.hlc());
        change.setLong(10, entry.clock());
        change.setLong(11, now);
        change.setString(12, entry.owner());
        change.executeUpdate();
    }

    private static boolean merge(Session session, long ws, long version, Entry entry, long now) throws SQLException {
        PreparedStatement record = session.prepare(RECORD);
        record.setLong(1, ws);
        record.setString(2, entry.table());
        record.setString(3, entry.pk());
        record.setLong(4, version);
        record.setInt(5, entry.isDelete() ? 1 : 0);
        record.setLong(6, entry.clock());
        record.setString(7, entry.hlc());
        record.setString(8, entry.opId());
        record.setLong(9, now);
        record.setString(10, entry.owner());
        return record.executeUpdate() > 0;
    }

    /** For a private row: a replay is answered as such; another user's row is refused by its key (NOTE-02). */
    private OperationResult guard(Session session, Access access, Entry entry) throws SQLException {
        try (ResultSet known = known(session, access, entry)) {
            if (known.next()) {
                return replayed(session, access, entry, known);
            }
        }
        try (ResultSet row = session.query(OWNER, access.ws(), entry.table(), entry.pk())) {
            if (row.next() && row.getString(1) != null && !row.getString(1).equals(entry.owner())) {
                return OperationResult.refused(entry.opId(), ErrorCodes.UNAUTHORIZED, "this record is not the caller's");
            }
        }
        return null;
    }

    private OperationResult replay(Session session, Access access, Entry entry) throws SQLException {
        try (ResultSet known = known(session, access, entry)) {
            known.next();
            return replayed(session, access, entry, known);
        }
    }

    private static ResultSet known(Session session, Access access, Entry entry) throws SQLException {
        PreparedStatement statement = session.prepare(KNOWN);
        statement.setLong(1, access.ws());
        OpKey.set(statement, 2, entry.opId());
        return statement.executeQuery();
    }

    private OperationResult replayed(Session session, Access access, Entry entry, ResultSet known) throws SQLException {
        long version = known.getLong(1);
        if (!isSame(entry, known)) {
            return OperationResult.refused(entry.opId(), ErrorCodes.CONFLICT, "this opId was used with other content");
        }
        if (!tellsApplied) {
            return OperationResult.stored(entry.opId(), version, null, null);
        }
        Winner winner = winner(session, access, entry);
        boolean wins = winner.version() == version;
        return OperationResult.stored(entry.opId(), version, wins, wins ? null : winner.payload());
    }

    private static boolean isSame(Entry entry, ResultSet known) throws SQLException {
        if (known.getString(3) == null) {
            byte[] fingerprint = known.getBytes(2);
            return fingerprint == null || Arrays.equals(fingerprint, Fingerprint.of(entry));
        }
        Entry first = new Entry(known.getString(3), known.getString(4), known.getString(5), known.getString(6),
                known.getString(7), entry.opId(), known.getString(8), known.getLong(9), known.getString(10));
        Entry again = entry.ownedBy(first.owner());
        return first.equals(again) || Arrays.equals(Fingerprint.of(first), Fingerprint.of(again));
    }

    private record Winner(long version, JsonText payload) {
    }

    private static Winner winner(Session session, Access access, Entry entry) throws SQLException {
        try (ResultSet row = session.query(WINNER, access.ws(), entry.table(), entry.pk(), entry.owner())) {
            if (!row.next()) {
                return new Winner(0, null);
            }
            String payload = row.getString(2);
            return new Winner(row.getLong(1), payload == null ? null : new JsonText(payload));
        }
    }
}
