package dev.or3.tck.suites.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A barrier that lets go as tightly as two cores allow: waiters spin, then yield, and only after long sleep at all, for a
 * thread that has to be woken comes too late to collide.
 */
final class Gate {
    /** Where each has a core of its own, for so long: who yields to a busy machine comes back too late. */
    private static final long SPIN_NANOS = 200_000;
    private static final long SHORT_SPIN_NANOS = 10_000;
    private static final int SPINS_PER_LOOK = 64;
    private static final int CORES = Runtime.getRuntime().availableProcessors();
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
        long began = System.nanoTime();
        long spin = parties <= CORES ? SPIN_NANOS : SHORT_SPIN_NANOS;
        while (System.nanoTime() - began < spin) {
            for (int i = 0; i < SPINS_PER_LOOK; i++) {
                if (arrived.get() >= parties) {
                    return;
                }
                Thread.onSpinWait();
            }
        }
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
