package dev.or3.tck.suites.minimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.or3.tck.api.result.Counterexample.Reproduction;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import dev.or3.tck.suites.run.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class MinimizerTest {
    private static final String RULE = "PUSH-05";
    private static final Duration PLENTY = Duration.ofSeconds(20);

    private final Random random = new Random(4);

    @Test
    void aFailureOfLogicShrinksToTheStepsItNeeds() {
        Minimized small = minimize(large(), plan -> has(plan, "op-13") && has(plan, "op-27") ? 1 : 0, PLENTY);

        assertThat(operations(small.plan())).containsExactly("op-13", "op-27");
        assertThat(Reductions.steps(small.plan())).isEqualTo(2);
        assertThat(small.plan().stages()).noneMatch(Plan.Stage::parallel);
        assertThat(small.reproduction()).isEqualTo(new Reproduction(20, 20, Reproduction.LOGIC));
    }

    @Test
    void whatIsNotNeededIsNumberedAway() {
        Minimized small = minimize(large(), plan -> has(plan, "op-27") ? 1 : 0, PLENTY);

        assertThat(small.plan().clients()).hasSize(1);
        assertThat(small.plan().spaces()).hasSize(1);
        Action.Push push = (Action.Push) small.plan().stages().get(0).steps().get(0).action();
        assertThat(push.space()).isZero();
        assertThat(push.operations().get(0).pk()).isEqualTo("op-27-${workspace:0}");
    }

    @Test
    void payloadsAndLimitsBecomePlainWhereTheyDoNotMatter() {
        Minimized small = minimize(large(), plan -> has(plan, "op-3") && plan.any(Action.Pull.class::isInstance) ? 1 : 0,
                PLENTY);

        assertThat(small.plan().stages().get(0).steps()).hasSize(2);
        assertThat(small.plan().toJson()).doesNotContain("\\\"large").contains("\\\"id\\\":\\\"op-3");
        assertThat(small.plan().toJson()).contains("\"limit\":100").doesNotContain("\"limit\":1,");
    }

    @Test
    void aRaceKeepsItsParallelPartAndIsNamedOne() {
        Minimized small = minimize(large(), plan -> inParallel(plan, "op-13", "op-14") ? 0.4 : 0, PLENTY);

        assertThat(operations(small.plan())).containsExactly("op-13", "op-14");
        assertThat(small.plan().stages()).hasSize(1).allMatch(Plan.Stage::parallel);
        assertThat(small.reproduction().nature()).isEqualTo(Reproduction.RACE);
        assertThat(small.reproduction().failed()).isBetween(2, 15);
    }

    @Test
    void plansThatFailMoreOftenArePreferred() {
        // Every other operation makes the race rarer, so that the smallest plan is also the readiest.
        Minimized small = minimize(large(), plan -> inParallel(plan, "op-13", "op-14")
                ? 0.8 / (1 + 0.02 * (Reductions.operations(plan) - 2)) : 0, PLENTY);

        assertThat(operations(small.plan())).containsExactly("op-13", "op-14");
        assertThat((double) small.reproduction().failed() / small.reproduction().runs()).isCloseTo(0.8, within(0.25));
    }

    @Test
    void whatNeverComesBackIsKeptAsItWasSeen() {
        Plan plan = large();
        History seen = history(plan, true);
        Violation violation = violation();
        Minimized kept = new Minimizer(each -> history(each, false), MinimizerTest::judge, PLENTY)
                .minimize(plan, seen, violation);

        assertThat(kept.plan()).isSameAs(plan);
        assertThat(kept.history()).isSameAs(seen);
        assertThat(kept.violation()).isSameAs(violation);
        assertThat(kept.reproduction()).isEqualTo(new Reproduction(20, 0, Reproduction.SEEN_ONCE));
    }

    @Test
    void aProviderThatIsGoneLosesNothing() {
        Plan plan = large();
        History seen = history(plan, true);
        Minimized kept = new Minimizer(each -> {
            throw new IllegalStateException("gone");
        }, MinimizerTest::judge, PLENTY).minimize(plan, seen, violation());

        assertThat(kept.history()).isSameAs(seen);
        assertThat(kept.runs()).isEqualTo(3);
    }

    @Test
    void theBudgetIsKept() {
        long start = System.nanoTime();
        Minimized small = new Minimizer(plan -> {
            long until = System.nanoTime() + 5_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return history(plan, has(plan, "op-13"));
        }, MinimizerTest::judge, Duration.ofMillis(300)).minimize(large(), history(large(), true), violation());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
        assertThat(judge(small.history()).violates(RULE)).isTrue();
    }

    @Test
    void theNumberOfRunsFollowsFromTheRate() {
        assertThat(Search.runsFor(1)).isEqualTo(1);
        assertThat(Search.runsFor(0.5)).isEqualTo(5);
        assertThat(Search.runsFor(0)).isEqualTo(59);
    }

    private Minimized minimize(Plan plan, ToDoubleFunction<Plan> probability, Duration budget) {
        Minimized small = new Minimizer(each -> history(each, random.nextDouble() < probability.applyAsDouble(each)),
                MinimizerTest::judge, budget).minimize(plan, history(plan, true), violation());
        assertThat(small.history().header().plan()).isEqualTo(small.plan().toJson());
        return small;
    }

    private static History history(Plan plan, boolean failing) {
        History.Header header = new History.Header("test", null, null, 2, 1, 0, failing ? "fails" : "passes", 1, List.of(),
                plan.toJson());
        return new History(header, List.of(), List.of());
    }

    private static Verdict judge(History history) {
        return new Verdict(history.header().name().equals("fails") ? List.of(violation()) : List.of(), new TreeMap<>(),
                List.of());
    }

    private static Violation violation() {
        return new Violation(RULE, "because … yet …", "", "", null, List.of(), List.of());
    }

    private static boolean has(Plan plan, String id) {
        return operations(plan).contains(id);
    }

    private static boolean inParallel(Plan plan, String one, String other) {
        return plan.stages().stream().filter(Plan.Stage::parallel)
                .map(stage -> operations(plan.withStages(List.of(stage))))
                .anyMatch(ids -> ids.contains(one) && ids.contains(other));
    }

    private static List<String> operations(Plan plan) {
        return plan.stages().stream().flatMap(stage -> stage.steps().stream()).map(Plan.Step::action)
                .filter(Action.Push.class::isInstance).map(Action.Push.class::cast)
                .flatMap(push -> push.operations().stream()).map(PlannedOperation::opId).toList();
    }

    /** Forty operations of four clients in two workspaces, in batches of two, with pulls, barriers and a restart. */
    private static Plan large() {
        List<Plan.Stage> stages = new ArrayList<>();
        int operation = 0;
        for (int stage = 0; stage < 5; stage++) {
            List<Plan.Step> steps = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                steps.add(new Plan.Step(client, new Action.Barrier(0)));
                steps.add(new Plan.Step(client, new Action.Push(client % 2, List.of(operation(operation++, client % 2),
                        operation(operation++, client % 2)), true)));
                steps.add(new Plan.Step(client, new Action.Pull(client % 2, Action.Position.OWN, 1, List.of("kv"))));
            }
            stages.add(new Plan.Stage(stage % 2 == 1, steps));
        }
        stages.add(new Plan.Stage(false, List.of(new Plan.Step(0, new Action.Restart()))));
        return new Plan("large", 1, 0, Set.of(), List.of(Plan.Space.of(Role.OWNER), Plan.Space.of(Role.OWNER)),
                List.of(new Plan.Client(0, 0, "d"), new Plan.Client(1, 0, "d"), new Plan.Client(0, 0, "e"),
                        new Plan.Client(1, 0, "e")), stages);
    }

    private static PlannedOperation operation(int number, int space) {
        return new PlannedOperation("op-" + number, "kv", "put", "op-" + number + "-${workspace:" + space + "}",
                "{\"large\":[1,2,3]}", "d", "h", number);
    }
}
