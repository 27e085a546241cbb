package dev.or3.tck.suites.certify;

import java.time.Duration;

/** A campaign's time. */
final class Deadline {
    /** What is kept back for summing up. */
    private static final double EXPLORING = 0.96;
    /** What exploring may use once something failed, so that there is time for minimizing. */
    private static final double EXPLORING_WITH_FAILURES = 0.5;

    private final long started = System.nanoTime();
    private final Duration budget;

    Deadline(Duration budget) {
        this.budget = budget;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    Duration remaining() {
        Duration left = budget.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Nanoseconds that exploring may still take. */
    long exploring(boolean somethingFailed) {
        double share = somethingFailed ? EXPLORING_WITH_FAILURES : EXPLORING;
        return (long) (budget.toNanos() * share) - elapsed().toNanos();
    }

    /** Nanoseconds that minimizing may still take. */
    long minimizing() {
        return (long) (budget.toNanos() * EXPLORING) - elapsed().toNanos();
    }
}
