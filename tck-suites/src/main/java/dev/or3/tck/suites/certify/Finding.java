package dev.or3.tck.suites.certify;

import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;

/**
 * A failed rule with everything that shows it.
 *
 * @param violation      the contradiction
 * @param plan           the smallest plan that shows it
 * @param history        a history of that plan in which it happened
 * @param counterexample the same, ready to be shown
 */
public record Finding(Violation violation, Plan plan, History history, Counterexample counterexample) {
}
