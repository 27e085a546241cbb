package dev.or3.tck.suites.fault;

import dev.or3.tck.api.control.Mortal;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * An instance's process. Once it is dead, calls under way get no further than to their next step: what is committed by then
 * stays on the {@link Disk}, and no answer leaves any more.
 */
final class Life {
    private static final long NAP_NANOS = 1_000;

    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean dead;

    /**
     * Makes a call within this life.
     *
     * @throws Mortal.DeathException if it ends before the answer is out
     */
    <T> T live(Supplier<T> call) {
        underWay.incrementAndGet();
        try {
            step();
            T answer = call.get();
            step();
            return answer;
        } finally {
            underWay.decrementAndGet();
        }
    }

    /**
     * Goes on, if there is a life to go on with.
     *
     * @throws Mortal.DeathException if there is none
     */
    void step() {
        if (dead) {
            throw new Mortal.DeathException();
        }
    }

    /** Ends it. After the return nothing of it reaches the disk any more. */
    void end() {
        dead = true;
        while (underWay.get() > 0) {
            LockSupport.parkNanos(NAP_NANOS);
        }
    }
}
