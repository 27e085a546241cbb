package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.ProviderException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The one writing connection. Writes that wait are grouped into one immediate transaction and one commit.
 *
 * <p>There is no writer thread: whichever caller finds the connection free leads, runs what is queued, its own included,
 * and wakes the others. So a lone client pays for no hand-over, and many share the cost of a commit.
 *
 * <p>A piece of work that refuses throws {@link ProviderException} before it writes. Any other failure rolls the group
 * back, and each of its members runs again alone, so that one cannot hurt the others.
 */
final class Writer implements AutoCloseable {
    private static final int GROUP = 64;
    /** How often a waiting writer looks for itself, should the thread that was to wake it have given up. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(80);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SessionSource source;
    private final ConcurrentLinkedQueue<Ticket<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();
    private final AtomicInteger queued = new AtomicInteger();
    /** Owned by the leader. */
    private int lastGroup;
    /** Owned by the leader. */
    private boolean committing;
    /** Owned by the leader; null after a failure. */
    private Session session;

    Writer(Session first, SessionSource source) {
        this.session = first;
        this.source = source;
    }

    /** Runs work in a transaction and returns once it is committed. */
    <T> T write(Work<T> work) {
        Ticket<T> mine = new Ticket<>(work);
        queue.add(mine);
        queued.incrementAndGet();
        long began = System.nanoTime();
        boolean interrupted = false;
        while (!mine.isDone()) {
            if (led.compareAndSet(false, true)) {
                try {
                    if (!mine.isDone()) {
                        runGroup();
                    }
                } finally {
                    led.set(false);
                    Ticket<?> next = queue.peek();
                    if (next != null) {
                        LockSupport.unpark(next.waiting);
                    }
                }
            } else {
                long left = PATIENCE_NANOS - (System.nanoTime() - began);
                if (left <= 0 && mine.abandon()) {
                    throw Failures.busy();
                }
                if (left <= -PATIENCE_NANOS) {
                    throw Failures.unknown();
                }
                LockSupport.parkNanos(this, LOOK_NANOS);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return mine.result();
    }

    /** How many writes wait to be run. */
    int queued() {
        return queued.get();
    }

    private void runGroup() {
        gather();
        List<Ticket<?>> group = new ArrayList<>();
        for (Ticket<?> ticket; group.size() < GROUP && (ticket = queue.poll()) != null; ) {
            queued.decrementAndGet();
            if (ticket.start()) {
                group.add(ticket);
            }
        }
        lastGroup = group.size();
        try {
            runTogether(group);
        } catch (SQLException | RuntimeException e) {
            discard();
            // A commit that failed may yet have happened: then nothing runs twice.
            if (group.size() == 1 || committing || Failures.isBusy(e)) {
                group.forEach(ticket -> ticket.fail(Failures.of(e)));
            } else {
                group.forEach(this::runAlone);
            }
        } catch (Error e) {
            discard();
            group.forEach(ticket -> ticket.fail(e));
        }
    }

    /**
     * Gives the writers of the last group a moment to come back, so that they share the next commit too. Spins, because a
     * core that is yielded on a busy machine may be gone for milliseconds.
     */
    private void gather() {
        long began = System.nanoTime();
        while (queued.get() < lastGroup && System.nanoTime() - began < GATHER_NANOS) {
            Thread.onSpinWait();
        }
    }

    private void runAlone(Ticket<?> ticket) {
        try {
            runTogether(List.of(ticket));
        } catch (SQLException | RuntimeException e) {
            discard();
            ticket.fail(Failures.of(e));
        }
    }

    private void runTogether(List<Ticket<?>> group) throws SQLException {
        if (session == null) {
            session = source.open();
        }
        committing = false;
        session.run("BEGIN IMMEDIATE");
        for (Ticket<?> ticket : group) {
            ticket.attempt(session);
        }
        committing = true;
        session.run("COMMIT");
        for (Ticket<?> ticket : group) {
            ticket.complete();
        }
    }

    /** Closing rolls back; statements that failed are of no further use to the driver either. */
    private void discard() {
        Session failed = session;
        session = null;
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException e) {
                Failures.log(e);
            }
        }
    }

    /** Moves what is committed into the database file and closes the connection; no write is under way any more. */
    @Override
    public void close() {
        try {
            if (session != null) {
                session.script("PRAGMA wal_checkpoint(PASSIVE)");
            }
        } catch (SQLException e) {
            Failures.log(e);
        }
        discard();
    }

    /** What becomes of one piece of work. */
    private static final class Ticket<T> {
        private enum State { QUEUED, RUNNING, DONE, ABANDONED }

        private final Work<T> work;
        private final Thread waiting = Thread.currentThread();
        private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
        private T result;
        private Throwable failure;

        Ticket(Work<T> work) {
            this.work = work;
        }

        boolean isDone() {
            return state.get() == State.DONE;
        }

        boolean start() {
            return state.compareAndSet(State.QUEUED, State.RUNNING);
        }

        boolean abandon() {
            return state.compareAndSet(State.QUEUED, State.ABANDONED);
        }

        void attempt(Session session) throws SQLException {
            result = null;
            failure = null;
            try {
                result = work.run(session);
            } catch (ProviderException refused) {
                failure = refused;
            }
        }

        void fail(Throwable why) {
            result = null;
            failure = why;
            complete();
        }

        void complete() {
            state.set(State.DONE);
            if (waiting != Thread.currentThread()) {
                LockSupport.unpark(waiting);
            }
        }

        T result() {
            if (failure instanceof ProviderException refused) {
                throw refused;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            return result;
        }
    }
}
