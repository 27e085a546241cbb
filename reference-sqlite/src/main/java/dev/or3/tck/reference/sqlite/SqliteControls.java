package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.control.Controls;
import dev.or3.tck.api.workspaces.Role;
import java.sql.ResultSet;
import java.util.List;

/** The test controls: provision, clock, inspect, restart. */
final class SqliteControls implements Controls {
    private static final String RECORD = "SELECT CASE WHEN r.deleted THEN NULL ELSE COALESCE(r.payload, c.payload) END,"
            + " r.deleted, r.clock, r.hlc, r.op_id, r.server_version FROM workspaces w JOIN records r ON r.ws = w.ws"
            + " LEFT JOIN changes c ON c.ws = r.ws AND c.server_version = r.server_version"
            + " WHERE w.workspace_id = ? AND r.table_name = ? AND r.pk = ?";

    private final Store store;
    private final SqliteWorkspaces workspaces;
    private final ProviderTime time;

    SqliteControls(Store store, SqliteWorkspaces workspaces, ProviderTime time) {
        this.store = store;
        this.workspaces = workspaces;
        this.time = time;
    }

    @Override
    public Provisioned provision(List<Role> members) {
        return workspaces.provision(members);
    }

    @Override
    public long clock(long offsetSeconds) {
        if (offsetSeconds < 0) {
            throw ProviderException.badRequest("offsetSeconds is negative");
        }
        return time.ahead(offsetSeconds);
    }

    @Override
    public Inspection inspect(String workspaceId, String tableName, String pk) {
        return store.read(session -> {
            try (ResultSet row = session.query(RECORD, workspaceId, tableName, CodeUnits.encode(pk))) {
                if (!row.next()) {
                    return new Inspection(null, List.of());
                }
                long clock = row.getLong(3);
                String hlc = CodeUnits.decode(row.getString(4));
                String opId = row.getString(5);
                if (row.getBoolean(2)) {
                    return new Inspection(null, List.of(new Tombstone(clock, hlc, opId, row.getLong(6))));
                }
                return new Inspection(new StoredRecord(new JsonText(row.getString(1)), false, clock, hlc, opId), List.of());
            }
        });
    }

    @Override
    public void restart() {
        if (store.isInMemory()) {
            throw ProviderException.unsupported("control restart in memory");
        }
        store.restart();
    }
}
