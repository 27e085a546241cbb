package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.Stamp;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one page of the log: a range of the primary key, within one state of the database. A filtered pull looks at no
 * more than a window of versions, so that a long stretch of other tables costs several short pages, not one long one.
 */
final class Pull implements Work<PullResponse> {
    private static final String COLUMNS = "SELECT server_version, table_name, pk, op = 'delete', payload, device_id, op_id,"
            + " hlc, clock FROM changes WHERE ws = ? AND server_version > ? AND server_version <= ?"
            + " AND (owner IS NULL OR owner = ?)";
    private static final String ORDER = " ORDER BY server_version LIMIT ?";
    private static final int WINDOW = 20_000;

    private final Caller caller;
    private final long cursor;
    private final int limit;
    private final List<String> tables;

    /**
     * @param tables the tables wanted; empty for all
     */
    Pull(Caller caller, long cursor, int limit, List<String> tables) {
        this.caller = caller;
        this.cursor = cursor;
        this.limit = limit;
        this.tables = tables;
    }

    /** The statement for so many tables in the filter; 0 means no filter. */
    static String sql(int tables) {
        return tables == 0 ? COLUMNS + ORDER : COLUMNS + " AND table_name IN (?" + ", ?".repeat(tables - 1) + ")" + ORDER;
    }

    @Override
    public PullResponse run(Session session) throws SQLException {
        Access access = Access.of(session, caller);
        long oldest = access.floor() + 1;
        boolean requiresSnapshot = cursor < access.floor();
        if (cursor >= access.head()) {
            return new PullResponse(List.of(), access.head(), false, oldest, false);
        }
        long from = Math.max(cursor, access.floor());
        long to = Math.min(access.head(), from + WINDOW);
        List<Change> changes = new ArrayList<>(Math.min(limit, (int) (to - from)));
        boolean full = false;
        PreparedStatement statement = statement(session, access.ws(), from, to);
        try (ResultSet row = statement.executeQuery()) {
            while (!full && row.next()) {
                if (changes.size() == limit) {
                    full = true;
                } else {
                    changes.add(change(row));
                }
            }
        }
        long next = full ? changes.get(limit - 1).serverVersion() : to;
        return new PullResponse(changes, next, full || to < access.head(), oldest, requiresSnapshot);
    }

    private PreparedStatement statement(Session session, long ws, long from, long to) throws SQLException {
        PreparedStatement statement = session.prepare(sql(tables.size()));
        statement.setLong(1, ws);
        statement.setLong(2, from);
        statement.setLong(3, to);
        statement.setString(4, caller.userId());
        int at = 5;
        for (String table : tables) {
            statement.setString(at++, table);
        }
        statement.setInt(at, limit + 1);
        return statement;
    }

    private static Change change(ResultSet row) throws SQLException {
        String payload = Session.text(row, 5);
        return new Change(row.getLong(1), Session.text(row, 2), Session.key(row, 3),
                row.getInt(4) == 1 ? Operation.DELETE : Operation.PUT, payload == null ? null : new JsonText(payload),
                new Stamp(Session.key(row, 6), Session.text(row, 7), Session.key(row, 8), row.getLong(9)));
    }
}
