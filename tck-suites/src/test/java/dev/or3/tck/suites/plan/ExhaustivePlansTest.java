package dev.or3.tck.suites.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExhaustivePlansTest {
    @Test
    void a_correct_provider_does_all_that_they_ask() {
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1)) {
            PlanContext context = PlanContext.of(target.manifest(), WireSchema.current(), 4);
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            List<Plan> plans = new ArrayList<>(ExhaustivePlans.still(context));
            assertThat(plans).noneMatch(Plan::movesClock);
            plans.addAll(ExhaustivePlans.moving(context));
            for (Plan plan : plans) {
                History history = runner.run(plan);
                assertThat(history.events()).as(plan.name()).allMatch(event -> event.outcome() == Outcome.OK);
            }
        }
    }

    @Test
    void the_three_writes_of_a_record_arrive_in_all_orders() {
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1)) {
            PlanContext context = PlanContext.of(target.manifest(), WireSchema.current(), 4);
            Set<String> orders = new HashSet<>();
            Set<Integer> sizes = new TreeSet<>();
            for (Plan plan : ExhaustivePlans.still(context)) {
                if (plan.name().startsWith("exhaustive/writes")) {
                    List<PlannedOperation> first = new ArrayList<>();
                    plan.any(action -> {
                        if (action instanceof Action.Push push) {
                            sizes.add(push.operations().size());
                            first.addAll(push.operations());
                        }
                        return false;
                    });
                    orders.add(first.get(0).clock() + "" + first.get(1).clock() + first.get(2).clock());
                }
            }
            assertThat(orders).containsExactlyInAnyOrder("123", "132", "213", "231", "312", "321");
            assertThat(sizes).containsExactly(1, 2, 3);
        }
    }
}
