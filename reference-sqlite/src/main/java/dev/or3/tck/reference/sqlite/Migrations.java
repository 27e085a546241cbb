package dev.or3.tck.reference.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Brings the schema up to date: {@code V1.sql}, {@code V2.sql} … each once, all in one transaction, counted in SQLite's
 * own {@code user_version} (DUR-05).
 *
 * <p>An ordered list of files, because a migration library would keep a table of its own, take longer to start than the
 * whole provider, and not guard against two processes that start at once any better than the write lock does.
 */
final class Migrations {
    static final int LATEST = 7;

    /** Marks a file as one of ours: "or3s". */
    private static final int APPLICATION_ID = 0x6f723373;

    private final String where;

    /**
     * @param where how errors name the file
     */
    Migrations(String where) {
        this.where = where;
    }

    /** Takes the write lock in any case, which also shows whether the file can be written at all. */
    void apply(Session session) throws SQLException {
        session.run("BEGIN IMMEDIATE");
        for (int version = version(session); version < LATEST; version++) {
            session.script(file(version + 1));
            session.script("PRAGMA user_version = " + (version + 1) + "; PRAGMA application_id = " + APPLICATION_ID);
        }
        session.run("COMMIT");
    }

    private int version(Session session) throws SQLException {
        int version = number(session, "PRAGMA user_version");
        int application = number(session, "PRAGMA application_id");
        boolean empty = number(session, "SELECT COUNT(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION_ID && !(empty && application == 0 && version == 0)) {
            throw Settings.wrong(where + " is a database of another application: name another file");
        }
        if (version > LATEST) {
            throw Settings.wrong(where + " has schema version " + version + ", and this provider knows only up to " + LATEST
                    + ": run a newer provider, or restore a backup");
        }
        return version;
    }

    private static int number(Session session, String sql) throws SQLException {
        try (ResultSet row = session.query(sql)) {
            return row.getInt(1);
        }
    }

    static String file(int version) {
        try (InputStream sql = Migrations.class.getResourceAsStream("migrations/V" + version + ".sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
