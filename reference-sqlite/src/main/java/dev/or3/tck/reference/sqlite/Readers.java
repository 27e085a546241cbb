package dev.or3.tck.reference.sqlite;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A small pool of reading connections, opened when first needed. Each read sees one state of the database. */
final class Readers implements AutoCloseable {
    private static final int SIZE = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors() * 2));
    private static final long PATIENCE_SECONDS = 30;

    private final SessionSource source;
    private final Semaphore permits = new Semaphore(SIZE);
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();

    Readers(SessionSource source) {
        this.source = source;
    }

    <T> T read(Work<T> work) {
        acquire();
        Session session = null;
        try {
            session = idle.pollFirst();
            if (session == null) {
                session = source.open();
                session.run("PRAGMA query_only = 1");
            }
            T result = readIn(session, work);
            idle.addFirst(session);
            session = null;
            return result;
        } catch (SQLException e) {
            throw Failures.of(e);
        } finally {
            discard(session);
            permits.release();
        }
    }

    private static <T> T readIn(Session session, Work<T> work) throws SQLException {
        session.run("BEGIN");
        try {
            return work.run(session);
        } finally {
            session.run("COMMIT");
        }
    }

    private void acquire() {
        if (permits.tryAcquire()) {
            return;
        }
        try {
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Failures.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.busy();
        }
    }

    /** Closes the connections; reads under way have ended before. */
    @Override
    public void close() {
        for (Session session; (session = idle.pollFirst()) != null; ) {
            discard(session);
        }
    }

    private static void discard(Session session) {
        if (session != null) {
            try {
                session.close();
            } catch (SQLException e) {
                Failures.log(e);
            }
        }
    }
}
