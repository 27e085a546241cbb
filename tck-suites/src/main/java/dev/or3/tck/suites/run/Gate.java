package dev.or3.tck.suites.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A barrier that lets go as tightly as two cores allow. Waiters spin, then yield, and only after long sleep at all, for a
 * thread that has to be woken comes too late to collide. Once all have come, each waits a moment for another core to be awake
 * too: a call to a fast provider is over before a thread that was off its core has noticed that the gate is open.
 */
final class Gate {
    /** Where each has a core of its own, for so long: who yields to a busy machine comes back too late. */
    private static final long SPIN_NANOS = 200_000;
    private static final long SHORT_SPIN_NANOS = 10_000;
    private static final int SPINS_PER_LOOK = 64;
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final long YIELD_NANOS = 5_000_000;
    private static final long NAP_NANOS = 20_000;
    private static final long WAKING_NANOS = 100_000;

    private final int parties;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger awake = new AtomicInteger();

    Gate(int parties) {
        this.parties = parties;
    }

    /**
     * Waits for the others, until the limit at most.
     *
     * @param over whether there is nothing to wait for any more
     */
    void pass(long limitNanos, BooleanSupplier over) {
        arrived.incrementAndGet();
        if (await(limitNanos, over)) {
            awake.incrementAndGet();
            long began = System.nanoTime();
            while (awake.get() < Math.min(parties, CORES) && System.nanoTime() - began < WAKING_NANOS) {
                Thread.onSpinWait();
            }
        }
    }

    /** Whether all have come. */
    private boolean await(long limitNanos, BooleanSupplier over) {
        long began = System.nanoTime();
        long spin = parties <= CORES ? SPIN_NANOS : SHORT_SPIN_NANOS;
        while (arrived.get() < parties && System.nanoTime() - began < spin) {
            for (int i = 0; i < SPINS_PER_LOOK && arrived.get() < parties; i++) {
                Thread.onSpinWait();
            }
        }
        while (arrived.get() < parties && !over.getAsBoolean()) {
            long waited = System.nanoTime() - began;
            if (waited > limitNanos) {
                return false;
            }
            if (waited < YIELD_NANOS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        return arrived.get() >= parties;
    }
}
