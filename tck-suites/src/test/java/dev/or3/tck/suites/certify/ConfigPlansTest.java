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
import dev.or3.tck.suites.plan.ConfigPlans;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plans of the config component: a correct provider passes, and every rule's premise occurs. */
class ConfigPlansTest {
    private static final int GENERATED = 8;

    @ParameterizedTest(name = "{1} instances, variant {0}")
    @CsvSource({"'',1", "'',2", "one-rollback,1", "rollback-copy,1", "telling-mask,1", "wrapped-answers,1"})
    void a_correct_provider_shows_every_premise_and_no_violation(String variant, int instances) {
        Set<String> exercised = new HashSet<>();
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of("OR3_MEMORY_VARIANT", variant),
                WireSchema.current(), instances)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            List<Plan> plans = new ArrayList<>(ConfigPlans.examples(true, true, true));
            for (int i = 0; i < GENERATED; i++) {
                plans.add(ConfigPlans.generate(5, i, true, true, true));
            }
            for (Plan plan : plans) {
                check(plan.name() + " " + plan.index(), runner.run(plan), exercised);
            }
            check("starts", ConfigProbe.run(target, target.manifest().profile(), 5), exercised);
            try (Target fresh = target.startFresh(Map.of())) {
                check("storage", new PlanRunner(fresh, RunnerOptions.standard("test")).run(ConfigPlans.storage()),
                        exercised);
            }
        }
        assertThat(exercised).containsAll(Catalogue.current().rules().stream().filter(rule -> rule.group().equals("CFG"))
                .map(Rule::id).toList());
    }

    private static void check(String what, History history, Set<String> exercised) {
        Verdict verdict = HistoryChecker.check(history);
        assertThat(verdict.violations()).as(what).isEmpty();
        assertThat(verdict.limits()).as("bounds hit by " + what).isEmpty();
        exercised.addAll(verdict.exercised().keySet());
    }
}
