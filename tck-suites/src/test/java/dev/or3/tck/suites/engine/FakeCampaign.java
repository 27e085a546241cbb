package dev.or3.tck.suites.engine;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.result.Conclusion;
import dev.or3.tck.api.result.Counterexample;
import dev.or3.tck.api.result.Report;
import dev.or3.tck.api.result.RuleResult;
import dev.or3.tck.api.result.Status;
import dev.or3.tck.suites.certify.Certified;
import dev.or3.tck.suites.certify.Settings;
import dev.or3.tck.suites.connect.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reports what it is told to, for the rules it is asked for. */
final class FakeCampaign implements ProviderExecution.Campaign {
    private final Map<String, Status> statuses = new HashMap<>();
    private Conclusion conclusion = Conclusion.CERTIFIED;
    private RuntimeException breakdown;
    private Settings settings;
    private int instances;

    FakeCampaign becomes(String rule, Status status) {
        statuses.put(rule, status);
        return this;
    }

    void concludes(Conclusion other) {
        conclusion = other;
    }

    void breaks(RuntimeException with) {
        breakdown = with;
    }

    /** The settings of the last run. */
    Settings settings() {
        return settings;
    }

    int instances() {
        return instances;
    }

    @Override
    public Certified run(Target target, Settings given) {
        settings = given;
        instances = target.instances();
        if (breakdown != null) {
            throw breakdown;
        }
        List<RuleResult> results = Catalogue.current().rules().stream()
                .filter(rule -> given.rules().isEmpty() || given.rules().contains(rule.id())).map(this::result).toList();
        return new Certified(new Report(Report.FORMAT, new Report.Kit("test", "1"), target.manifest(), target.description(),
                target.manifest().profile(), given.effort().label(), given.seed(), "2026-01-01T00:00:00Z", 1, conclusion,
                "too little was seen", results, Report.Totals.of(results), 1, 1, List.of(), Map.of(), List.of(), null,
                true), List.of());
    }

    private RuleResult result(Rule rule) {
        Status status = statuses.getOrDefault(rule.id(), Status.PASSED);
        return new RuleResult(rule.id(), rule.level(), status, 1, status == Status.PASSED ? null : rule.id() + " is so",
                status == Status.FAILED ? counterexample(rule) : null);
    }

    private static Counterexample counterexample(Rule rule) {
        return new Counterexample(rule.id(), "because a1 … yet …", "1, 2, 3", "1, 3",
                List.of(new Counterexample.Moment(0, "c1 (w1, d1)", 1, 2L, "push [a1 put]", "a1 → v1", "ok", true,
                        List.of(1L))),
                List.of(new Counterexample.Slot(1, "a1", true), new Counterexample.Slot(2, null, true)), List.of(), 42, "7",
                2, 1, new Counterexample.Reproduction(20, 14, Counterexample.Reproduction.RACE), null, null, null);
    }
}
