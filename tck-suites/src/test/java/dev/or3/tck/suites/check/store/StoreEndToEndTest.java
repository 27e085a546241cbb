package dev.or3.tck.suites.check.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.Fault;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.StorePlans;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way: plans, a provider, real threads, and the judge. */
class StoreEndToEndTest {
    private static final List<String> RULES = List.of("STORE-01", "STORE-02", "STORE-03", "STORE-04", "STORE-05", "STORE-06",
            "STORE-07", "STORE-08", "STORE-09", "STORE-10", "STORE-11", "STORE-12", "STORE-14", "STORE-15");
    private static final Set<String> RACES = Set.of("STORE-02", "STORE-12");

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_correct_provider_shows_no_violation_and_every_premise(int instances) {
        SortedMap<String, Long> exercised = new TreeMap<>();
        try (Target target = target(Map.of(), instances)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            List<Plan> plans = IntStream.range(0, 150).mapToObj(i -> StorePlans.generate(5, i, true)).toList();
            for (Plan plan : plans) {
                History history = runner.run(plan);
                Verdict verdict = HistoryChecker.check(history);
                assertThat(verdict.violations()).describedAs("%s", plan.name()).isEmpty();
                assertThat(verdict.limits()).isEmpty();
                verdict.exercised().forEach((rule, times) -> exercised.merge(rule, times, Long::sum));
            }
        }
        assertThat(exercised.keySet()).containsAll(RULES);
        assertThat(exercised).allSatisfy((rule, times) ->
                assertThat(times).describedAs(rule).isGreaterThan(RACES.contains(rule) ? 0 : 20));
    }

    @Test
    void the_examples_alone_show_every_premise() {
        SortedMap<String, Long> exercised = new TreeMap<>();
        try (Target target = target(Map.of(), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (Plan plan : StorePlans.examples(true)) {
                Verdict verdict = HistoryChecker.check(runner.run(plan));
                assertThat(verdict.violations()).describedAs("%s", plan.name()).isEmpty();
                verdict.exercised().forEach((rule, times) -> exercised.merge(rule, times, Long::sum));
            }
        }
        // Whether calls really meet is up to the machine: the many generated plans have to show that.
        assertThat(exercised.keySet()).containsAll(RULES.stream().filter(rule -> !RACES.contains(rule)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"create-activates", "user-with-workspace", "editors-read", "removed-twice"})
    void a_provider_that_is_correct_in_another_way_shows_no_violation(String variant) {
        Set<String> exercised = new TreeSet<>();
        try (Target target = target(Map.of("OR3_MEMORY_VARIANT", variant), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            List<Plan> plans = new ArrayList<>(StorePlans.examples(true));
            IntStream.range(0, 40).forEach(i -> plans.add(StorePlans.generate(6, i, true)));
            for (Plan plan : plans) {
                Verdict verdict = HistoryChecker.check(runner.run(plan));
                assertThat(verdict.violations()).describedAs("%s", plan.name()).isEmpty();
                assertThat(verdict.limits()).isEmpty();
                exercised.addAll(verdict.exercised().keySet());
            }
        }
        assertThat(exercised).containsAll(RULES.stream().filter(rule -> !RACES.contains(rule)).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "create-activates", "user-with-workspace"})
    void lost_answers_accuse_nobody(String variant) {
        try (Target target = new LossyTarget(target(Map.of("OR3_MEMORY_VARIANT", variant), 1), new Random(11))) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (int i = 0; i < 60; i++) {
                Verdict verdict = HistoryChecker.check(runner.run(StorePlans.generate(8, i, true)));
                assertThat(verdict.violations()).describedAs("plan %d", i).isEmpty();
                assertThat(verdict.limits()).describedAs("plan %d", i).isEmpty();
            }
        }
    }

    static List<Fault> faultsThatNeedNoRace() {
        return Fault.all().stream().filter(fault -> fault.part().equals("workspaces")
                && !fault.needs().contains(Fault.Need.CONCURRENT)).toList();
    }

    @ParameterizedTest
    @MethodSource("faultsThatNeedNoRace")
    void the_examples_catch(Fault fault) {
        Set<String> violated = new TreeSet<>();
        try (Target target = target(Map.of(MemoryProviderFactory.FAULT_SETTING, fault.id()), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (Plan plan : StorePlans.examples(true)) {
                HistoryChecker.check(runner.run(plan)).violations().forEach(violation -> violated.add(violation.rule()));
            }
        }
        assertThat(violated).describedAs("the examples catch %s by its narrowest rule", fault)
                .contains(fault.rules().get(0));
    }

    @ParameterizedTest
    @EnumSource
    void a_provider_that_keeps_nothing_passes_no_rule(HollowWorkspaces hollow) {
        Set<String> exercised = new TreeSet<>();
        Set<String> violated = new TreeSet<>();
        try (Target target = InProcessTarget.temporary(hollow.factory(), Map.of(), WireSchema.current(), 1)) {
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            List<Plan> plans = new ArrayList<>(StorePlans.examples(true));
            IntStream.range(0, 12).forEach(i -> plans.add(StorePlans.generate(5, i, true)));
            for (Plan plan : plans) {
                Verdict verdict = HistoryChecker.check(runner.run(plan));
                exercised.addAll(verdict.exercised().keySet());
                verdict.violations().forEach(violation -> violated.add(violation.rule()));
            }
        }
        exercised.removeAll(violated);
        assertThat(exercised).isEmpty();
        assertThat(violated).isNotEmpty();
    }

    private static Target target(Map<String, String> settings, int instances) {
        return InProcessTarget.temporary(new MemoryProviderFactory(), settings, WireSchema.current(), instances);
    }
}
