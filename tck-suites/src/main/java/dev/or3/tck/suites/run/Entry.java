package dev.or3.tck.suites.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A call while it runs, and what is kept of it: references only, so that recording costs next to nothing. Either the thread
 * that makes the call settles it, or the watch does when the call takes too long; never both.
 */
final class Entry {
    private static final VarHandle STATE;
    private static final int RUNNING = 0;
    private static final int SETTLED = 1;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Entry.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Client client;
    final int attempt;
    final Request request;
    final long invoked;
    final long began;
    final long offset;
    private volatile int state = RUNNING;

    long returned = Event.NEVER;
    long ended;
    long offsetAfter;
    Outcome outcome;
    Event.Fault error;
    Object answer;
    /** Its place in the history, once that is known. */
    int seq = -1;

    /**
     * @param client  who makes the call; null for the kit itself
     * @param invoked the counter
     * @param began   nanoseconds
     * @param offset  seconds that provider time is ahead
     */
    Entry(Client client, int attempt, Request request, long invoked, long began, long offset) {
        this.client = client;
        this.attempt = attempt;
        this.request = request;
        this.invoked = invoked;
        this.began = began;
        this.offset = offset;
    }

    /** Claims the right to write the outcome; true for one caller only. */
    boolean claim() {
        return STATE.compareAndSet(this, RUNNING, SETTLED);
    }

    /** Whether what comes back opens doors, and is kept sealed. */
    boolean isSecret() {
        return request instanceof Request.Ask ask && ask.component().equals(Seal.COMPONENT);
    }

    boolean isOk() {
        return outcome == Outcome.OK;
    }
}
