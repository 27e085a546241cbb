package dev.or3.tck.suites.run;

import dev.or3.tck.suites.plan.Action;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What the lanes of a stage have under way, so that a kill can meet it. Whoever waits spins at first: a push to a fast
 * provider is over before a thread that has to be woken is awake.
 */
final class Load {
    private static final long SPIN_NANOS = 5_000_000;
    private static final long NAP_NANOS = 50_000;

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger pushes = new AtomicInteger();
    private final AtomicInteger lanes;

    /**
     * @param lanes how many begin
     */
    Load(int lanes) {
        this.lanes = new AtomicInteger(lanes);
    }

    void begin(Request request) {
        calls.incrementAndGet();
        if (request instanceof Request.Push) {
            pushes.incrementAndGet();
        }
    }

    void end(Request request) {
        if (request instanceof Request.Push) {
            pushes.decrementAndGet();
        }
    }

    /** A lane has nothing left to do. */
    void leave() {
        lanes.decrementAndGet();
    }

    /**
     * Waits until the kill is due, or cannot become due any more.
     *
     * @param over whether there is nothing to wait for any more
     */
    void await(Action.Kill kill, long limitNanos, BooleanSupplier over) {
        long began = System.nanoTime();
        await(() -> calls.get() >= kill.afterCalls() && pushes.get() > 0, began, limitNanos, over);
        long due = System.nanoTime() + kill.micros() * 1000L;
        await(() -> System.nanoTime() - due >= 0 && pushes.get() > 0, began, limitNanos, over);
    }

    private void await(BooleanSupplier due, long began, long limitNanos, BooleanSupplier over) {
        while (!due.getAsBoolean() && lanes.get() > 1 && !over.getAsBoolean()) {
            long waited = System.nanoTime() - began;
            if (waited > limitNanos) {
                return;
            }
            if (waited < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }
}
