package dev.or3.tck.suites.certify;

import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.minimize.Minimized;
import dev.or3.tck.suites.minimize.Minimizer;
import dev.or3.tck.suites.minimize.Storyteller;
import dev.or3.tck.suites.run.PlanRunner;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** From suspects to findings: minimizes each within its share of what is left of the time, and tells its story. */
final class Findings {
    /** Below this there is no use in beginning. */
    private static final Duration WORTHWHILE = Duration.ofMillis(100);
    /** Plans that do not run on the campaign's own target, and so cannot be run again on it. */
    private static final Set<String> ELSEWHERE = Set.of("DUR-06", "WIRE-05", "WIR-06", "WIR-07");

    private final Settings settings;
    private final Deadline deadline;
    private final PlanRunner runner;
    private final Runnable onEach;

    /**
     * @param onEach called as each rule's turn comes
     */
    Findings(Settings settings, Deadline deadline, PlanRunner runner, Runnable onEach) {
        this.settings = settings;
        this.deadline = deadline;
        this.runner = runner;
        this.onEach = onEach;
    }

    /** A finding for each suspect, in the same order. */
    Map<String, Finding> of(Map<String, Tally.Suspect> suspects) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        int left = suspects.size();
        for (Map.Entry<String, Tally.Suspect> suspect : suspects.entrySet()) {
            onEach.run();
            Duration share = Duration.ofNanos(Math.max(0, deadline.minimizing()) / left--);
            findings.put(suspect.getKey(), finding(suspect.getKey(), suspect.getValue(), share));
        }
        return findings;
    }

    private Finding finding(String rule, Tally.Suspect suspect, Duration share) {
        boolean again = settings.minimize() && !runner.hung() && !ELSEWHERE.contains(rule)
                && share.compareTo(WORTHWHILE) > 0;
        Minimized smallest = again
                ? new Minimizer(plan -> runner.run(plan, deadline.remaining()), HistoryChecker::check, share)
                        .minimize(suspect.plan(), suspect.history(), suspect.violation())
                : new Minimized(suspect.plan(), suspect.history(), suspect.violation(),
                        new Reproduction(0, 0, Reproduction.SEEN_ONCE), 0);
        return new Finding(smallest.violation(), smallest.plan(), smallest.history(),
                Storyteller.tell(smallest.violation(), smallest.history(), smallest.plan(), smallest.reproduction(),
                        "counterexamples/" + rule + ".json", null));
    }
}
