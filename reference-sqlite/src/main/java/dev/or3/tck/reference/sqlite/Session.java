package dev.or3.tck.reference.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One connection with its prepared statements. Used by one thread at a time.
 *
 * <p>Transactions are begun and ended by statements of ours: the driver's own {@code commit()} begins the next
 * transaction at once, which, were it immediate, would keep every other process from writing.
 */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Takes over a connection that is in no transaction. */
    Session(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        run("COMMIT");
    }

    /** The statement of this text, prepared once. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** The statement with its parameters set: texts, longs, ints, bytes or null. */
    PreparedStatement bind(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    int update(String sql, Object... parameters) throws SQLException {
        return bind(sql, parameters).executeUpdate();
    }

    ResultSet query(String sql, Object... parameters) throws SQLException {
        return bind(sql, parameters).executeQuery();
    }

    void run(String sql) throws SQLException {
        prepare(sql).executeUpdate();
    }

    /** Runs several statements that need no parameters. */
    void script(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** A text column. Twice as fast as the driver's {@code getString}, which wraps each value in a buffer of its own. */
    static String text(ResultSet row, int column) throws SQLException {
        byte[] utf8 = row.getBytes(column);
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    /** A text column that is kept by {@link CodeUnits}. */
    static String key(ResultSet row, int column) throws SQLException {
        byte[] utf8 = row.getBytes(column);
        String stored = new String(utf8, StandardCharsets.UTF_8);
        // As many characters as bytes: ASCII, and so nothing to decode.
        return stored.length() == utf8.length ? stored : CodeUnits.decode(stored);
    }

    /** The texts of the statements that were prepared so far. */
    Set<String> statements() {
        return Set.copyOf(prepared.keySet());
    }

    @Override
    public void close() throws SQLException {
        prepared.clear();
        connection.close();
    }
}
