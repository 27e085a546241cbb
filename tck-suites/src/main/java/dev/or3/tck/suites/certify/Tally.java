package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Kills;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Sums up the verdicts of a campaign as its plans come in. Used by one thread. */
final class Tally {
    private final Map<String, Long> exercised = new TreeMap<>();
    private final Map<String, Long> exercisedByGeneratedPlans = new TreeMap<>();
    private final Map<String, Suspect> suspects = new LinkedHashMap<>();
    private final Set<String> limits = new LinkedHashSet<>();
    private final Latencies latencies = new Latencies();
    private final Losses losses = new Losses();
    private int plans;
    private long operations;
    private int kills;
    private int inFlight;

    /** A rule's smallest plan that failed, with the history in which it did. */
    record Suspect(Violation violation, Plan plan, History history) {
    }

    void add(Plan plan, History history, Verdict verdict) {
        plans++;
        operations += plan.operations();
        latencies.add(history);
        losses.add(history);
        Kills met = Kills.of(history);
        kills += met.all().size();
        inFlight += met.inFlight();
        verdict.exercised().forEach((rule, count) -> {
            exercised.merge(rule, count, Long::sum);
            if (plan.index() >= 0) {
                exercisedByGeneratedPlans.merge(rule, count, Long::sum);
            }
        });
        for (Violation violation : verdict.violations()) {
            Suspect known = suspects.get(violation.rule());
            if (known == null || plan.operations() < known.plan().operations()) {
                suspects.put(violation.rule(), new Suspect(violation, plan, history));
            }
        }
        limits.addAll(verdict.limits());
    }

    int plans() {
        return plans;
    }

    long operations() {
        return operations;
    }

    long exercised(String rule) {
        return exercised.getOrDefault(rule, 0L);
    }

    /** How often each premise occurred in generated plans: only those count towards the floors. */
    Map<String, Long> exercisedByGeneratedPlans() {
        return Map.copyOf(exercisedByGeneratedPlans);
    }

    Map<String, Suspect> suspects() {
        return suspects;
    }

    /** What the provider survived, in words; empty if it was never killed. */
    Optional<String> kills() {
        return kills == 0 ? Optional.empty()
                : Optional.of("killed " + kills + " times, with " + inFlight + " requests in flight");
    }

    Set<String> limits() {
        return limits;
    }

    Losses losses() {
        return losses;
    }

    Latencies latencies() {
        return latencies;
    }
}
