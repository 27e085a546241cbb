package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The open database: reads beside each other, writes in groups. Safe for use by several threads. */
final class Store implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Settings settings;
    private final DatabaseFile file;
    /** Calls hold the shared side, so that a restart or a close waits for them. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private Writer writer;
    private Readers readers;

    Store(Settings settings) {
        this.settings = settings;
        this.file = new DatabaseFile(settings);
        open();
    }

    <T> T write(Work<T> work) {
        enter();
        try {
            return writer.write(work);
        } finally {
            gate.readLock().unlock();
        }
    }

    <T> T read(Work<T> work) {
        enter();
        try {
            // A database in memory belongs to its one connection.
            return settings.inMemory() ? writer.write(work) : readers.read(work);
        } finally {
            gate.readLock().unlock();
        }
    }

    /** Runs a statement outside any transaction, on a connection of its own; not in memory, where there is but one. */
    void apart(String sql) {
        enter();
        try (Session session = file.another()) {
            session.script(sql);
        } catch (SQLException e) {
            throw Failures.of(e);
        } finally {
            gate.readLock().unlock();
        }
    }

    Settings settings() {
        return settings;
    }

    boolean isInMemory() {
        return settings.inMemory();
    }

    /** Copies the database as it is now into a new file, while others read and write. */
    void backup(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            throw ProviderException.conflict("the backup " + absolute + " exists already: name a new file");
        }
        if (!Files.isDirectory(absolute.getParent())) {
            throw ProviderException.badRequest("the backup's folder " + absolute.getParent() + " does not exist: create it");
        }
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
        enter();
        try {
            Files.deleteIfExists(partial);
            // A connection of its own: one state of the database is read, and nobody waits.
            try (Session session = file.another()) {
                session.script("VACUUM INTO '" + partial.toString().replace("'", "''") + "'");
            }
            Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            delete(partial);
            throw Failures.of(e);
        } catch (IOException e) {
            delete(partial);
            throw new ProviderException(500, "SERVER_ERROR", "the backup cannot be written to " + absolute, e);
        } finally {
            gate.readLock().unlock();
        }
    }

    private static void delete(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            Failures.log(e);
        }
    }

    /** Closes and opens the file again; calls wait meanwhile. */
    void restart() {
        Lock alone = alone();
        try {
            requireOpen();
            shut();
            open();
        } finally {
            alone.unlock();
        }
    }

    /** Waits for the calls under way, moves what is committed into the database file, and closes it. */
    @Override
    public void close() {
        Lock alone = alone();
        try {
            if (writer != null) {
                shut();
            }
        } finally {
            alone.unlock();
        }
    }

    private void enter() {
        try {
            // With a time limit in any case: without one it would overtake a restart that waits.
            if (!gate.readLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Failures.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.busy();
        }
        if (writer == null) {
            gate.readLock().unlock();
            throw Failures.closed();
        }
    }

    private Lock alone() {
        try {
            if (gate.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return gate.writeLock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Failures.busy();
    }

    private void requireOpen() {
        if (writer == null) {
            throw Failures.closed();
        }
    }

    private void open() {
        writer = new Writer(file.open(), file::another);
        readers = new Readers(file::another);
    }

    private void shut() {
        readers.close();
        writer.close();
        writer = null;
    }
}
