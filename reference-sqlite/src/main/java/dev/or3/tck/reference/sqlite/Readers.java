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
        boolean sound = false;
        try {
            session = take();
            session.run("BEGIN");
            try {
                return work.run(session);
            } finally {
                session.run("COMMIT");
                // A refusal leaves the connection as good as it was.
                sound = true;
            }
        } catch (SQLException e) {
            sound = false;
            throw Failures.of(e);
        } finally {
            if (sound) {
                idle.addFirst(session);
            } else {
                discard(session);
            }
            permits.release();
        }
    }

    private Session take() throws SQLException {
        Session session = idle.pollFirst();
        if (session == null) {
            session = source.open();
            session.run("PRAGMA query_only = 1");
        }
        return session;
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
