package dev.or3.tck.suites.minimize;

import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** Runs plans and looks for one rule, until the time is up. */
final class Trials {
    /** A provider that cannot be run so often in a row is not there any more. */
    private static final int BROKEN_RUNS = 3;

    private final Function<Plan, History> runner;
    private final Function<History, Verdict> judge;
    private final String rule;
    private final long start = System.nanoTime();
    private final long budgetNanos;
    private int runs;
    private int broken;

    /** A run in which the rule failed. */
    record Failure(Plan plan, History history, Violation violation) {
    }

    /**
     * @param runs   how often a plan was run
     * @param failed in how many of them the rule failed
     * @param last   the last of those, or null
     */
    record Rate(int runs, int failed, Failure last) {
        double value() {
            return runs == 0 ? 0 : (double) failed / runs;
        }
    }

    Trials(Function<Plan, History> runner, Function<History, Verdict> judge, String rule, Duration budget) {
        this.runner = runner;
        this.judge = judge;
        this.rule = rule;
        this.budgetNanos = budget.toNanos();
    }

    int runs() {
        return runs;
    }

    /** Whether less than a share of the budget is used up. */
    boolean within(double share) {
        return broken < BROKEN_RUNS && System.nanoTime() - start < budgetNanos * share;
    }

    /** Runs a plan once. A run that breaks shows nothing. */
    Optional<Failure> once(Plan plan) {
        runs++;
        History history;
        try {
            history = runner.apply(plan);
            broken = 0;
        } catch (CancellationException interrupted) {
            throw interrupted;
        } catch (RuntimeException unreachable) {
            broken++;
            return Optional.empty();
        }
        return judge.apply(history).violations().stream().filter(violation -> violation.rule().equals(rule)).findFirst()
                .map(violation -> new Failure(plan, history, violation));
    }

    /** Runs a plan some times, at least once, and not longer than to a share of the budget. */
    Rate rate(Plan plan, int times, double share) {
        int done = 0;
        int failed = 0;
        Failure last = null;
        do {
            Optional<Failure> failure = once(plan);
            done++;
            if (failure.isPresent()) {
                failed++;
                last = failure.get();
            }
        } while (done < times && within(share));
        return new Rate(done, failed, last);
    }
}
