package dev.or3.tck.suites.minimize;

import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;

/**
 * What minimizing came to.
 *
 * @param plan         the smallest plan found that shows the violation; the original if it never came back
 * @param history      a history of that plan in which it happened
 * @param violation    the violation in that history
 * @param reproduction how often it came back
 * @param runs         how many runs this took in all
 */
public record Minimized(Plan plan, History history, Violation violation, Counterexample.Reproduction reproduction,
        int runs) {
}
