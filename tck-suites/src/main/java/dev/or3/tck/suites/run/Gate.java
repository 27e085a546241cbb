package dev.or3.tck.suites.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A barrier that lets go as tightly as two cores allow: waiters spin, then yield, and only after long sleep at all, for a
 * thread that has to be woken comes too late to collide.
 */
final class Gate {
    private static final int SPINS = 2_000;
    private static final long YIELD_NANOS = 5_000_000;
    private static final long NAP_NANOS = 20_000;

    private final int parties;
    private final AtomicInteger arrived = new AtomicInteger();

    Gate(int parties) {
        this.parties = parties;
    }

    /**
     * Waits for the others, until the limit at most.
     *
     * @param over whether there is nothing to wait for any more
     */
    void pass(long limitNanos, BooleanSupplier over) {
        if (arrived.incrementAndGet() >= parties) {
            return;
        }
        for (int i = 0; i < SPINS; i++) {
            if (arrived.get() >= parties) {
                return;
            }
            Thread.onSpinWait();
        }
        long began = System.nanoTime();
        while (arrived.get() < parties && !over.getAsBoolean()) {
            long waited = System.nanoTime() - began;
            if (waited > limitNanos) {
                return;
            }
            if (waited < YIELD_NANOS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }
}
