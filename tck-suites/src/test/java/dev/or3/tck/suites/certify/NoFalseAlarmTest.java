package dev.or3.tck.suites.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoFalseAlarmTest {
    private static final long SEED = 20_261_120;

    @ParameterizedTest(name = "{0} plans of each kind, {1} instances, profile {2}")
    @CsvSource({"340, 1, or3-sync/1.1", "60, 2, or3-sync/1.1", "60, 1, or3-sync/1.0"})
    void a_correct_provider_shows_no_violation(int ofEachKind, int instances, String profile) {
        Map<String, String> settings = Map.of("OR3_MEMORY_PROFILE", profile);
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), settings, WireSchema.current(),
                instances)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            List<Plan> plans = Generated.ofEachKind(target, SEED, ofEachKind);
            for (Plan plan : plans) {
                Verdict verdict = HistoryChecker.check(runner.run(plan));
                assertThat(verdict.violations()).as("plan %s %d of seed %d", plan.name(), plan.index(), SEED).isEmpty();
                assertThat(verdict.limits()).as("bounds hit by plan %s %d", plan.name(), plan.index()).isEmpty();
            }
            System.out.println(plans.size() + " plans, no violation");
        }
    }
}
