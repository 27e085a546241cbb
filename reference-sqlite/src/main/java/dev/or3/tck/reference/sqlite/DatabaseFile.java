package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;
import org.sqlite.Function;
import org.sqlite.JDBC;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Opens connections to the database file, and says in one line why it cannot (DUR-06).
 */
final class DatabaseFile {
    /** How long a connection sleeps before it tries a lock again. SQLite's own pauses grow to 100 ms, in which a busy
     * neighbour takes the lock again and again. */
    private static final long BUSY_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(400);
    private static final String TUNING = "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            + " PRAGMA wal_autocheckpoint=2000; PRAGMA journal_size_limit=67108864";

    private final Settings settings;
    private final String url;
    /** Whether the file was open before, and so must not be made anew. */
    private boolean known;

    DatabaseFile(Settings settings) {
        this.settings = settings;
        // As a URI, so that no character of the path is taken for a parameter.
        this.url = settings.inMemory() ? "jdbc:sqlite::memory:"
                : "jdbc:sqlite:" + settings.path().toUri().toASCIIString() + "?mode=";
    }

    /** Opens the file: looks at the path, then brings the schema up to date. Called by one thread at a time. */
    Session open() {
        if (!settings.inMemory()) {
            look(settings.path());
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.busyMillis());
        while (true) {
            try {
                return prepared();
            } catch (SQLException e) {
                // Some of SQLite's locks, the switch to WAL among them, do not ask the busy handler.
                if (!Failures.isBusy(e) || System.nanoTime() - until > 0) {
                    throw explained(e);
                }
                LockSupport.parkNanos(BUSY_PAUSE_NANOS);
            }
        }
    }

    /** A connection to a file whose schema is up to date. Closing it on failure rolls back what was begun. */
    private Session prepared() throws SQLException {
        Connection connection = connect(settings.inMemory() ? url : url + (known ? "rw" : "rwc"));
        try {
            Session session = new Session(connection);
            new Migrations(where()).apply(session);
            // Only once it is known to be a database of ours: the switch to WAL writes.
            session.script("PRAGMA journal_mode=" + settings.journalMode());
            tune(session);
            known = true;
            return session;
        } catch (SQLException | RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    /** Opens one more connection to the file that {@link #open} has prepared. */
    Session another() throws SQLException {
        if (settings.inMemory()) {
            throw new SQLException("the database in memory is gone with its one connection");
        }
        // Not created anew: a file that was taken away must not come back empty.
        Connection connection = connect(url + "rw");
        try {
            Session session = new Session(connection);
            tune(session);
            return session;
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
    }

    private void look(Path path) {
        Path parent = path.getParent();
        if (Files.isDirectory(path)) {
            throw wrong("is a folder: name a file in it, for example " + path.resolve(Settings.DEFAULT_FILE));
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw wrong("lies in a folder that does not exist: create " + parent + " or correct the path");
        }
        if (known && !Files.exists(path)) {
            throw wrong("was taken away while it was in use: bring it back, or restore a backup");
        }
        if (Files.exists(path) && !Files.isReadable(path)) {
            throw wrong("cannot be read by this user: correct its permissions");
        }
        if (Files.exists(path) && !Files.isWritable(path) || !Files.isWritable(parent)) {
            throw wrong("cannot be written by this user: correct the permissions of it and its folder");
        }
    }

    private Connection connect(String to) throws SQLException {
        Connection connection = JDBC.createConnection(to, new Properties());
        BusyHandler.setHandler(connection, new Patience(settings.busyMillis()));
        Function.create(connection, Folding.NAME, new Folding(), 1, Function.FLAG_DETERMINISTIC);
        return connection;
    }

    private void tune(Session session) throws SQLException {
        session.script("PRAGMA synchronous=" + settings.synchronous() + "; " + TUNING);
    }

    private ProviderException explained(SQLException e) {
        SQLiteErrorCode code = e instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.SQLITE_ERROR;
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> wrong("is locked by another process, also after " + settings.busyMillis()
                    + " ms: end that process, or wait longer with " + Settings.BUSY_MILLIS);
            case SQLITE_READONLY, SQLITE_PERM -> wrong("is read-only: correct the permissions of it and its folder");
            case SQLITE_NOTADB -> wrong("is not an SQLite database: name another file");
            case SQLITE_CORRUPT -> wrong("is damaged: restore a backup");
            case SQLITE_FULL -> wrong("cannot grow: the disk is full");
            default -> wrong("cannot be opened (" + code + "): correct the path or its permissions");
        };
    }

    private ProviderException wrong(String what) {
        return Settings.wrong(where() + " " + what);
    }

    private String where() {
        return Settings.DB_PATH + " (" + (settings.inMemory() ? ":memory:" : settings.path()) + ")";
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // The reason why it could not be opened is already on its way.
            }
        }
    }

    /** Waits for a lock in short steps, up to a limit. */
    private static final class Patience extends BusyHandler {
        private final long limitNanos;
        private long since;

        Patience(int limitMillis) {
            limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
        }

        @Override
        protected int callback(int before) {
            long now = System.nanoTime();
            if (before == 0) {
                since = now;
            }
            if (now - since > limitNanos) {
                return 0;
            }
            LockSupport.parkNanos(BUSY_PAUSE_NANOS);
            return 1;
        }
    }
}
