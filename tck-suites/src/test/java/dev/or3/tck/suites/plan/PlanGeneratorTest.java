package dev.or3.tck.suites.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.or3.tck.api.Json;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.fault.MemoryProviderFactory;
import dev.or3.tck.suites.line.LineFaults;
import dev.or3.tck.suites.plan.PlanGenerator.Kind;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import dev.or3.tck.suites.run.PlanRunner;
import dev.or3.tck.suites.run.RunnerOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanGeneratorTest {
    private static final long SEED = 42;
    private static final PlanContext CONTEXT = context(Profile.V1_1, false,
            List.of("provision", "clock", "inspect", "restart"));
    /** Changes with the generator on purpose only: whoever has a seed and a number wants that plan again. */
    private static final String DIGEST =
            "e4e53d2b84acb8571ea95cce84896ae54a4b50846a3db1624ea764624ac4a1a0";

    private static PlanContext context(Profile profile, boolean strict, List<String> controls) {
        Manifest manifest = new Manifest(1, new Manifest.Identity("p", "p", "1"), profile,
                Map.of("sync", Manifest.Component.with("gc", "snapshot", "applied", "cursorOwnership"),
                        "notifications", Manifest.Component.with()),
                new Limits(100, 500, 65536, 3600L, 31536000L, 3600L), List.of(), strict, controls);
        return PlanContext.of(manifest, WireSchema.current(), 4);
    }

    private static Stream<Plan> plans(PlanContext context, int count) {
        return IntStream.range(0, count).mapToObj(i -> PlanGenerator.generate(SEED, i, context));
    }

    @Test
    void the_plans_of_a_seed_are_the_same_in_every_jvm() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        plans(CONTEXT, 51).forEach(plan -> digest.update(plan.toJson().getBytes(StandardCharsets.UTF_8)));
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(DIGEST);
    }

    @Test
    void the_same_seed_and_number_give_the_same_plan_whatever_came_before() {
        List<String> upwards = plans(CONTEXT, 40).map(Plan::toJson).toList();
        for (int i = 39; i >= 0; i--) {
            PlanGenerator.generate(SEED + 1, i, CONTEXT);
            assertThat(PlanGenerator.generate(SEED, i, CONTEXT).toJson()).isEqualTo(upwards.get(i));
        }
    }

    @Test
    void other_seeds_and_other_numbers_give_other_plans() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 4; seed++) {
            for (int i = 0; i < 20; i++) {
                assertThat(seen.add(Json.write(PlanGenerator.generate(seed, i, CONTEXT).stages()))).isTrue();
            }
        }
    }

    @Test
    void a_plan_survives_json_unchanged() {
        plans(CONTEXT.withKills(), 60).forEach(plan -> assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan));
    }

    @Test
    void all_kinds_occur_and_each_tells_what_it_is() {
        Set<String> names = new HashSet<>();
        plans(CONTEXT, 400).forEach(plan -> {
            names.add(plan.name());
            assertThat(plan.movesClock()).isEqualTo(plan.name().startsWith("clock/"));
            assertThat(plan.restarts()).isEqualTo(plan.features().contains(Feature.RESTARTS));
        });
        assertThat(names).contains("sequential", "restart", "line/sequential", "line/race");
        for (SwarmRaces.Scene scene : SwarmRaces.Scene.values()) {
            assertThat(names).contains("race/" + SwarmRaces.name(scene));
        }
        for (TimePlans.Scene scene : TimePlans.Scene.values()) {
            assertThat(names).contains("clock/" + TimePlans.name(scene));
        }
    }

    @Test
    void every_feature_of_the_sync_component_is_switched_on_in_some_plans_and_off_in_others() {
        Map<Feature, Integer> uses = new HashMap<>();
        plans(CONTEXT.withKills(), 300).forEach(plan -> plan.features().forEach(feature -> uses.merge(feature, 1, Integer::sum)));
        for (Feature feature : EnumSet.range(Feature.TIES, Feature.LINE)) {
            assertThat(uses.getOrDefault(feature, 0)).as(feature.name()).isBetween(5, 295);
        }
    }

    @Test
    void nothing_is_asked_of_a_provider_that_it_does_not_declare() {
        Manifest bare = new Manifest(1, new Manifest.Identity("p", "p", "1"), Profile.V1_0,
                Map.of("sync", Manifest.Component.with()), null, null, false, List.of());
        plans(PlanContext.of(bare, WireSchema.current(), 2), 150).forEach(plan -> {
            assertThat(plan.movesClock() || plan.restarts()).isFalse();
            assertThat(plan.any(action -> action instanceof Action.Snapshot || action instanceof Action.Inspect
                    || action instanceof Action.Collect)).isFalse();
            assertThat(plan.spaces()).allMatch(space -> space.members().size() == 1);
        });
        assertThatThrownBy(() -> PlanGenerator.generate(Kind.CLOCK, SEED, 0, PlanContext.of(bare, WireSchema.current(), 2)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("CLOCK");
    }

    @Test
    void under_profile_1_0_no_two_operations_of_a_record_tie_fully() {
        PlanContext old = context(Profile.V1_0, false, List.of("provision", "clock", "inspect", "restart"));
        plans(old, 300).forEach(plan -> {
            Map<List<Object>, String> stamps = new HashMap<>();
            pushes(plan).forEach(push -> push.operations().forEach(op -> {
                String other = stamps.putIfAbsent(
                        List.of(push.space(), op.table(), op.pk(), op.clock(), op.hlc()), op.opId());
                if (op.operation().equals("put") && WireSchema.current().table(op.table()).isPresent()
                        && op.payload() != null && op.payload().startsWith("{") && !op.pk().isEmpty()) {
                    assertThat(other == null || other.equals(op.opId())).as(plan.name() + " " + plan.index() + ": " + op)
                            .isTrue();
                }
            }));
        });
    }

    @Test
    void puts_are_whole_records_that_are_not_deleted_and_say_what_their_stamps_say() {
        plans(CONTEXT, 150).forEach(plan -> pushes(plan).forEach(push -> push.operations().forEach(op -> {
            WireSchema.Table table = WireSchema.current().table(op.table()).orElse(null);
            boolean sound = table != null && op.operation().equals("put") && op.clock() >= 0 && !op.pk().isEmpty()
                    && op.payload() != null && op.payload().startsWith("{");
            if (sound) {
                JsonNode payload = Json.parse(op.payload());
                table.fields().forEach((name, field) -> {
                    if (field.required()) {
                        assertThat(payload.has(name)).as(op.payload()).isTrue();
                    }
                });
                assertThat(payload.path("deleted").asBoolean()).isFalse();
            }
        })));
    }

    @Test
    void payloads_of_a_strict_schema_have_its_fields_only() {
        PlanContext strict = context(Profile.V1_1, true, List.of("provision", "clock", "inspect", "restart"));
        plans(strict, 100).forEach(plan -> pushes(plan).forEach(push -> push.operations().forEach(op ->
                WireSchema.current().table(op.table()).ifPresent(table -> {
                    if (op.payload() != null && op.payload().startsWith("{")) {
                        Json.parse(op.payload()).fieldNames().forEachRemaining(
                                name -> assertThat(table.fields()).containsKey(name));
                    }
                }))));
    }

    @Test
    void a_correct_provider_never_fails_or_loses_a_call_of_a_generated_plan() {
        try (Target target = InProcessTarget.temporary(new MemoryProviderFactory(), Map.of(), WireSchema.current(), 2)) {
            PlanContext context = PlanContext.of(target.manifest(), WireSchema.current(), 4);
            PlanRunner runner = new PlanRunner(target, RunnerOptions.standard("test"));
            for (int i = 0; i < 120; i++) {
                Plan plan = PlanGenerator.generate(SEED, i, context);
                History history = runner.run(plan);
                boolean calm = !plan.features().contains(Feature.LINE);
                assertThat(history.events()).as(plan.name() + " " + i).noneMatch(
                        event -> event.outcome() == Outcome.FAILED || calm && event.outcome() == Outcome.LOST);
            }
        }
    }

    @Test
    void a_plan_that_disturbs_the_line_calms_it_before_its_last_look() {
        plans(CONTEXT, 200).forEach(plan -> {
            List<Action.Disturb> changes = plan.stages().stream().flatMap(stage -> {
                assertThat(stage.parallel() && stage.steps().stream().anyMatch(
                        step -> step.action() instanceof Action.Disturb)).isFalse();
                return stage.steps().stream();
            }).map(Plan.Step::action).filter(Action.Disturb.class::isInstance).map(Action.Disturb.class::cast).toList();
            assertThat(changes.isEmpty()).isEqualTo(!plan.features().contains(Feature.LINE));
            if (!changes.isEmpty()) {
                assertThat(changes.get(changes.size() - 1).faults()).isEqualTo(LineFaults.CALM);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_plan_ends_with_a_drain_of_every_member_of_both_workspaces(Kind kind) {
        for (int i = 0; i < 20; i++) {
            Plan plan = PlanGenerator.generate(kind, SEED, i, CONTEXT.withKills());
            List<Plan.Step> last = plan.stages().get(plan.stages().size() - 1).steps();
            List<String> drained = new ArrayList<>();
            last.stream().filter(step -> step.action() instanceof Action.Drain drain && drain.tables() == null
                    && drain.from().equals(Action.Position.START)).map(step -> plan.clients().get(step.client()))
                    .forEach(client -> drained.add(client.space() + "/" + client.member()));
            assertThat(drained).contains("0/0", "0/1", "1/0", "1/1");
        }
    }

    private static Stream<Action.Push> pushes(Plan plan) {
        return plan.stages().stream().flatMap(stage -> stage.steps().stream()).map(Plan.Step::action)
                .filter(Action.Push.class::isInstance).map(Action.Push.class::cast);
    }
}
