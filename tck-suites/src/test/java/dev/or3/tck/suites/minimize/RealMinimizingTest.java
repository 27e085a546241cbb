package dev.or3.tck.suites.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Feature;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.plan.PlanGenerator;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Minimizing with a real provider, runner and judge. */
class RealMinimizingTest {
    private static final int PLANS = 200;

    @Test
    void aProviderThatForgetsOperationsIsShownByFewOfThem() {
        Minimized small = minimized("I01", "PUSH-02");

        assertThat(small.plan().operations()).as(small.plan().toJson()).isLessThanOrEqualTo(4);
        assertThat(small.plan().clients()).hasSizeLessThanOrEqualTo(2);
        assertThat(small.reproduction()).isEqualTo(new Reproduction(20, 20, Reproduction.LOGIC));
    }

    private static Minimized minimized(String fault, String rule) {
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(),
                Map.of(MemoryProviderFactory.FAULT_SETTING, fault), WireSchema.current(), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            PlanContext context = new PlanContext(target.manifest(), target.manifest().profile(), WireSchema.current(), 4,
                    EnumSet.allOf(Feature.class));
            for (int i = 0; i < PLANS; i++) {
                Plan plan = PlanGenerator.generate(PlanGenerator.Kind.RACE, 1, i, context);
                History history = runner.run(plan);
                Optional<Violation> violation = HistoryChecker.check(history).violations().stream()
                        .filter(found -> found.rule().equals(rule)).findFirst();
                if (violation.isPresent()) {
                    return new Minimizer(runner::run, HistoryChecker::check, Duration.ofSeconds(10))
                            .minimize(plan, history, violation.get());
                }
            }
        }
        throw new AssertionError(rule + " never failed");
    }
}
