package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import java.time.Duration;
import java.util.function.Function;

/**
 * Makes counterexamples small by running smaller plans. A race needs several runs of each, so the reproduction rate is
 * measured first, and smaller plans that fail more readily are taken before others. What was seen is never lost: a
 * violation that does not come back is returned as it was found, as <i>seen once</i>.
 *
 * <p>For one thread. Stops in time if each run does.
 */
public final class Minimizer {
    private static final int MEASURED_RUNS = 20;
    /** Shares of the budget by which measuring, shrinking and measuring again have to end. */
    private static final double MEASURED = 0.25;
    private static final double SHRUNK = 0.8;
    private static final double SETTLED = 0.92;

    private final Function<Plan, History> runner;
    private final Function<History, Verdict> judge;
    private final Duration budget;

    /**
     * @param runner performs a plan; an exception counts as a run that shows nothing
     * @param judge  judges a history
     * @param budget the time it may take, a run more at most
     */
    public Minimizer(Function<Plan, History> runner, Function<History, Verdict> judge, Duration budget) {
        this.runner = runner;
        this.judge = judge;
        this.budget = budget;
    }

    /**
     * @param plan      the plan that ran
     * @param history   what happened
     * @param violation what was found in it
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while a plan runs
     */
    public Minimized minimize(Plan plan, History history, Violation violation) {
        Trials trials = new Trials(runner, judge, violation.rule(), budget);
        Trials.Rate first = trials.rate(plan, MEASURED_RUNS, MEASURED);
        if (first.failed() == 0) {
            return new Minimized(plan, history, violation,
                    new Reproduction(first.runs(), 0, Reproduction.SEEN_ONCE), trials.runs());
        }
        Search search = new Search(trials, first, SHRUNK);
        new Shrinking(search, WireSchema.current().asOf(history.header().schema())).run();
        Trials.Rate shown = settle(search, plan, first, trials);
        Trials.Failure failure = shown.last();
        return new Minimized(failure.plan(), failure.history(), failure.violation(),
                new Reproduction(shown.runs(), shown.failed(), nature(failure.plan(), shown, trials)), trials.runs());
    }

    /** The smallest plan that comes back when it is measured; a few steps of the way back are tried before the whole. */
    private static Trials.Rate settle(Search search, Plan original, Trials.Rate first, Trials trials) {
        if (search.current().equals(original)) {
            return first;
        }
        search.remember();
        for (Trials.Failure smaller : search.remembered()) {
            Trials.Rate rate = trials.rate(smaller.plan(), MEASURED_RUNS, SETTLED);
            if (rate.failed() > 0) {
                return rate;
            }
            if (!trials.within(SETTLED)) {
                break;
            }
        }
        return first;
    }

    /** A race needs clients at the same time: what fails as surely one after the other is logic. */
    private static String nature(Plan plan, Trials.Rate rate, Trials trials) {
        Plan sequential = Reductions.sequential(plan);
        if (sequential.equals(plan)) {
            return rate.failed() == rate.runs() ? Reproduction.LOGIC : Reproduction.RACE;
        }
        Trials.Rate alone = trials.rate(sequential, MEASURED_RUNS, 1);
        return alone.failed() == alone.runs() ? Reproduction.LOGIC : Reproduction.RACE;
    }
}
