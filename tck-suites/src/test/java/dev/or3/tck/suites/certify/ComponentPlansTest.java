package dev.or3.tck.suites.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.catalogue.Catalogue;
import dev.or3.tck.api.catalogue.Rule;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plans of the components beside sync: a correct provider passes, whichever of the permitted ways it goes. */
class ComponentPlansTest {
    private static final int PLANS_OF_A_PHASE = 25;
    private static final Set<String> GROUPS = Set.of("RATE", "ADM", "STORE", "TOK", "JOB", "NOTE", "STOR");

    @ParameterizedTest(name = "{1} instances, variant {0}, not shown: {2}")
    @CsvSource({"'',1,none", "'',3,none", "'fixed-window,late-ignored,checked-at-commit,untemplated-tokens',1,none",
        "'aligned-window,jobs-in-seconds,errors-untold,late-quota,fresh-tokens',2,none",
        "'opaque-tokens,stale-jobs-deleted',2,TOK-03"})
    void a_correct_provider_shows_every_premise_and_no_violation(String variant, int instances, String hidden) {
        Set<String> exercised = new HashSet<>();
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of("OR3_MEMORY_VARIANT", variant),
                WireSchema.current(), instances)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (Plan plan : plans(target)) {
                Verdict verdict = HistoryChecker.check(runner.run(plan));
                assertThat(verdict.violations()).as("plan %s %d", plan.name(), plan.index()).isEmpty();
                assertThat(verdict.limits()).as("bounds hit by plan %s %d", plan.name(), plan.index()).isEmpty();
                exercised.addAll(verdict.exercised().keySet());
            }
        }
        assertThat(exercised).containsAll(Catalogue.current().rules().stream()
                .filter(rule -> GROUPS.contains(rule.group()) && !rule.id().equals(hidden)).map(Rule::id)
                .collect(Collectors.toSet()));
    }

    private static List<Plan> plans(Target target) {
        List<Plan> plans = new ArrayList<>();
        for (Phase.Round round : Phases.of(target, target.manifest().profile(), Settings.of(Effort.STANDARD, 11))) {
            for (Phase phase : round.phases()) {
                Iterator<Plan> next = phase.plans();
                for (int i = 0; i < PLANS_OF_A_PHASE && GROUPS.containsAll(phase.groups()) && next.hasNext(); i++) {
                    plans.add(next.next());
                }
            }
        }
        return plans;
    }
}
