package dev.or3.tck.suites.certify;

import java.time.Duration;

/** A campaign's time. */
final class Deadline {
    /** What is kept back for summing up. */
    private static final double EXPLORING = 0.96;
    /** What exploring may use once something failed, so that there is time for minimizing. */
    private static final double EXPLORING_WITH_FAILURES = 0.5;

    private final long started = System.nanoTime();
    private Duration budget;
    private Duration grace;

    /**
     * @param grace how much of what kills take comes on top
     */
    Deadline(Duration budget, Duration grace) {
        this.budget = budget;
        this.grace = grace;
    }

    /** A plan with kills has taken so long: processes take a while to start, however little is tried with them. */
    void killed(Duration spent) {
        Duration granted = spent.compareTo(grace) < 0 ? spent : grace;
        budget = budget.plus(granted);
        grace = grace.minus(granted);
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
