package dev.or3.tck.reference.sqlite.bench;

import dev.or3.tck.api.sync.Operation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * The yardstick: the driver alone, with the provider's schema and pragmas, doing the provider's inserts. It checks
 * nothing and answers nothing.
 */
final class BareWriter implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement operation;
    private final PreparedStatement change;
    private final PreparedStatement record;
    private final PreparedStatement head;
    private final long ws;
    private long version;

    /**
     * @param file a database that a provider has created
     * @param ws   the number of the workspace to write to
     */
    BareWriter(Path file, long ws) throws SQLException {
        this.ws = ws;
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
                    + " PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=2000");
            try (ResultSet row = statement.executeQuery("SELECT head FROM sync_heads WHERE ws = " + ws)) {
                version = row.getLong(1);
            }
        }
        connection.setAutoCommit(false);
        operation = connection.prepareStatement("INSERT INTO operations (ws, op_id, server_version) VALUES (?, ?, ?)"
                + " ON CONFLICT (ws, op_id) DO NOTHING");
        change = connection.prepareStatement("INSERT INTO changes"
                + " (ws, server_version, table_name, pk, op, payload, device_id, op_id, hlc, clock, stored_at, owner)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        record = connection.prepareStatement("INSERT INTO records"
                + " (ws, table_name, pk, server_version, deleted, clock, hlc, op_id, changed_at, owner)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (ws, table_name, pk) DO UPDATE SET server_version = excluded.server_version,"
                + " deleted = excluded.deleted, clock = excluded.clock, hlc = excluded.hlc, op_id = excluded.op_id,"
                + " changed_at = excluded.changed_at, owner = excluded.owner, payload = NULL"
                + " WHERE (excluded.clock, excluded.hlc, excluded.op_id) > (records.clock, records.hlc, records.op_id)");
        head = connection.prepareStatement("UPDATE sync_heads SET head = ? WHERE ws = ?");
    }

    /** Inserts a batch in one transaction. */
    void write(List<Operation> batch) throws SQLException {
        long now = System.currentTimeMillis();
        for (Operation op : batch) {
            version++;
            operation.setLong(1, ws);
            UUID id = UUID.fromString(op.stamp().opId());
            operation.setBytes(2, ByteBuffer.allocate(16).putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits()).array());
            operation.setLong(3, version);
            operation.executeUpdate();
            change.setLong(1, ws);
            change.setLong(2, version);
            change.setString(3, op.tableName());
            change.setString(4, op.pk());
            change.setString(5, op.operation());
            change.setString(6, op.payload().text());
            change.setString(7, op.stamp().deviceId());
            change.setString(8, op.stamp().opId());
            change.setString(9, op.stamp().hlc());
            change.setLong(10, op.stamp().clock());
            change.setLong(11, now);
            change.setString(12, null);
            change.executeUpdate();
            record.setLong(1, ws);
            record.setString(2, op.tableName());
            record.setString(3, op.pk());
            record.setLong(4, version);
            record.setInt(5, 0);
            record.setLong(6, op.stamp().clock());
            record.setString(7, op.stamp().hlc());
            record.setString(8, op.stamp().opId());
            record.setLong(9, now);
            record.setString(10, null);
            record.executeUpdate();
        }
        head.setLong(1, version);
        head.setLong(2, ws);
        head.executeUpdate();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
