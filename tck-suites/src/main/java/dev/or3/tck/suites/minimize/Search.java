package dev.or3.tck.suites.minimize;

import dev.or3.tck.suites.plan.Plan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The smallest plan so far, and whether a smaller one takes its place. A candidate fails if the rule fails within as many
 * runs as the reproduction rate asks for, so that one in twenty is missed. It is taken unless further runs show that it
 * fails far more rarely: by a sequential test between the rate and a third of it.
 */
final class Search {
    private static final double MISSED = 0.05;
    private static final double ROUNDING = 1e-9;
    private static final double RAREST = 0.05;
    private static final double SUREST = 0.95;
    /** What a rate is divided by to be far rarer. */
    private static final double RARER = 3;
    /** How often a candidate that fails so rarely may be taken all the same. */
    private static final double TAKEN_WRONGLY = 0.2;
    /** A candidate that fails within this share of the runs is likely to fail more often than what it replaces. */
    private static final double READILY = 0.34;

    private final Trials trials;
    private final double share;
    private final Map<Plan, Integer> spent = new HashMap<>();
    private final Deque<Trials.Failure> remembered = new ArrayDeque<>();
    private Trials.Failure best;
    private double rate;

    /**
     * @param share the share of the budget after which nothing more is tried
     */
    Search(Trials trials, Trials.Rate first, double share) {
        this.trials = trials;
        this.share = share;
        this.best = first.last();
        this.rate = clamp(first.value());
    }

    private static double clamp(double rate) {
        return Math.max(RAREST, Math.min(SUREST, rate));
    }

    Plan current() {
        return best.plan();
    }

    double rate() {
        return rate;
    }

    boolean hasTime() {
        return trials.within(share);
    }

    /** How many runs without a failure it takes to give a candidate up. */
    static int runsFor(double rate) {
        return (int) Math.ceil(Math.log(MISSED) / Math.log(1 - clamp(rate)) - ROUNDING);
    }

    /** Takes a candidate if it fails; false if it does not, or is no other plan. */
    boolean accept(Plan candidate) {
        return accept(candidate, runsFor(rate));
    }

    private boolean accept(Plan candidate, int most) {
        if (candidate.equals(best.plan())) {
            return false;
        }
        int done = spent.getOrDefault(candidate, 0);
        while (done < most && hasTime()) {
            Optional<Trials.Failure> failure = trials.once(candidate);
            done++;
            spent.put(candidate, done);
            if (failure.isPresent()) {
                return confirm(failure.get(), done);
            }
        }
        return false;
    }

    /** Takes a candidate that failed in the last of some runs, unless it turns out to fail far more rarely. */
    private boolean confirm(Trials.Failure first, int runs) {
        Trials.Failure failure = first;
        double forIt = Math.log(RARER);
        double against = Math.log((1 - rate) / (1 - rate / RARER));
        double taken = Math.log((1 - MISSED) / TAKEN_WRONGLY);
        double dropped = Math.log(MISSED / (1 - TAKEN_WRONGLY));
        double evidence = forIt + (runs - 1) * against;
        while (rate < SUREST && evidence < taken && hasTime()) {
            if (evidence < dropped) {
                spent.put(first.plan(), Integer.MAX_VALUE);
                return false;
            }
            Optional<Trials.Failure> again = trials.once(first.plan());
            evidence += again.isPresent() ? forIt : against;
            failure = again.orElse(failure);
        }
        // The rate stays: runs that stop at a failure flatter the candidate.
        best = failure;
        return true;
    }

    /** Tries candidates until none is taken, those first that fail readily; true if any was. */
    boolean acceptEach(Supplier<List<Plan>> candidates) {
        boolean any = false;
        int most = runsFor(rate);
        for (int runs : readily(most)) {
            boolean again = true;
            while (again && hasTime()) {
                again = false;
                for (Plan candidate : candidates.get()) {
                    if (accept(candidate, runs)) {
                        again = true;
                        any = true;
                        break;
                    }
                }
            }
        }
        return any;
    }

    /**
     * Drops chunks of what a plan is made of, large ones first, down to single parts.
     *
     * @param size    how many parts the current plan has
     * @param without the current plan without the parts from one index to another
     */
    boolean dropChunks(Supplier<Integer> size, IntFunction<IntFunction<Plan>> without) {
        boolean any = false;
        for (int runs : readily(runsFor(rate))) {
            for (int chunk = Math.max(1, size.get() / 2); chunk > 0; chunk /= 2) {
                for (int from = size.get() - chunk; from > -chunk && hasTime(); ) {
                    int begin = Math.max(0, from);
                    if (begin < size.get() && accept(without.apply(begin).apply(Math.min(size.get(), from + chunk)), runs)) {
                        any = true;
                    }
                    from -= chunk;
                }
            }
        }
        return any;
    }

    /** Goes back to an earlier plan, whose rate is known. */
    void goBack(Trials.Failure earlier, double earlierRate) {
        best = earlier;
        rate = earlierRate;
    }

    /** Lets candidates that were missed have another chance. */
    void forgive() {
        spent.clear();
    }

    /** Marks the current plan as one to go back to. */
    void remember() {
        if (remembered.isEmpty() || remembered.peek() != best) {
            remembered.push(best);
        }
    }

    /** The plans that were marked, the last one first. */
    Iterable<Trials.Failure> remembered() {
        return remembered;
    }

    Trials.Failure best() {
        return best;
    }

    /** Measures the rate of the current plan anew. */
    void measure(int runs) {
        Trials.Rate measured = trials.rate(current(), runs, share);
        rate = clamp(measured.value());
    }

    private static int[] readily(int most) {
        int few = (int) Math.ceil(most * READILY);
        return few < most ? new int[] {few, most} : new int[] {most};
    }
}
