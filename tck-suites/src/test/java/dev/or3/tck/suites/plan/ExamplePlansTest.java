package dev.or3.tck.suites.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplePlansTest {
    private Target target;
    private PlanContext context;
    private PlanRunner runner;

    @BeforeAll
    void start() {
        target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 1);
        context = PlanContext.of(target.manifest(), WireSchema.current(), 4);
        runner = new PlanRunner(target, RunnerOptions.standard("test"));
    }

    @AfterAll
    void close() {
        target.close();
    }

    Stream<Plan> examples() {
        return ExamplePlans.all(context).stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_correct_provider_answers_every_call_of_an_example(Plan plan) {
        History history = runner.run(plan);
        assertThat(history.events()).as(plan.name()).filteredOn(event -> event.outcome() == Outcome.OK).isNotEmpty();
        assertThat(history.events()).as(plan.name())
                .noneMatch(event -> event.outcome() == Outcome.FAILED
                        || event.outcome() == Outcome.LOST && !plan.features().contains(Feature.LINE));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_survives_json(Plan plan) {
        assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan);
    }

    @Test
    void examples_have_names_of_their_own() {
        List<String> names = examples().map(Plan::name).toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("example/"));
    }

    @Test
    void profile_1_0_sees_neither_snapshots_nor_full_ties() {
        List<Plan> plans = ExamplePlans.all(context.withProfile(Profile.V1_0));
        assertThat(plans).noneMatch(plan -> plan.any(Action.Snapshot.class::isInstance));
        assertThat(plans).noneMatch(plan -> plan.features().contains(Feature.TIES));
    }

    @Test
    void a_log_of_the_schema_before_is_read_under_this_one() {
        Plan plan = ExamplePlans.grownSchema(context).orElseThrow();
        WireSchema before = WireSchema.current().asOf(WireSchema.current().version() - 1);
        try (Target fresh = target.startFresh(before)) {
            History history = new PlanRunner(fresh, RunnerOptions.standard("test").withSchema(before)).run(plan);
            assertThat(history.events()).allMatch(event -> event.outcome() == Outcome.OK);
            assertThat(history.events()).filteredOn(event -> event.call() instanceof Call.Restart).singleElement()
                    .satisfies(event -> assertThat(((Call.Restart) event.call()).schema()).isEqualTo(2));
        }
    }
}
