package dev.or3.tck.suites.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.PullResponse;
import dev.or3.tck.api.sync.PushResponse;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.connect.InProcessTarget;
import dev.or3.tck.suites.connect.LostAnswerException;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.plan.Action;
import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlannedOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class PlanRunnerTest {
    private static final Action DRAIN = new Action.Drain(0, Position.START, 2, null);

    private final ScriptedProvider provider = new ScriptedProvider();
    private InProcessTarget target = InProcessTarget.temporary(provider, Map.of(), WireSchema.current(), 1);
    private PlanRunner runner = runner(Duration.ofSeconds(5));

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void every_call_becomes_an_event_with_its_answer_and_its_place_in_time() {
        History history = runner.run(sequential(push(op(1), op(2)), push(op(3)), DRAIN));

        assertThat(history.events()).extracting(Event::seq).containsExactly(0, 1, 2, 3);
        assertThat(history.events()).extracting(Event::outcome).containsOnly(Outcome.OK);
        assertThat(history.events()).allSatisfy(event -> {
            assertThat(event.invoked()).isLessThan(event.returned());
            assertThat(event.invokedMicros()).isLessThanOrEqualTo(event.returnedMicros());
            assertThat(event.client()).isZero();
            assertThat(event.user()).isEqualTo(history.header().spaces().get(0).members().get(0).userId());
            assertThat(event.device()).isEqualTo("d0");
        });
        assertThat(history.operations()).hasSize(3);
        assertThat(((Call.Push) history.events().get(0).call()).operations()).containsExactly(0, 1);
        assertThat(((Call.Push) history.events().get(1).call()).results().get(0).serverVersion()).isEqualTo(3);
        Call.Pull first = (Call.Pull) history.events().get(2).call();
        assertThat(first.rows().versions()).containsExactly(1, 2);
        assertThat(first.rows().operations()).containsExactly(0, 1);
        assertThat(first.hasMore()).isTrue();
        assertThat(((Call.Pull) history.events().get(3).call()).rows().operations()).containsExactly(2);
    }

    @Test
    void placeholders_are_filled_and_differ_between_runs() {
        PlannedOperation op = new PlannedOperation("00000001-xxxx-4xxx-8xxx-xxxxxxxx0001", "kv", "put", "k-${run}",
                "{\"id\":\"k-${run}\",\"user\":\"${user:0:1}\",\"w\":\"${workspace:1}\",\"not\":\"${one}\"}", "d0", "h", 1);
        Operation first = runner.run(sequential(push(op))).operations().get(0).operation();
        Operation second = runner.run(sequential(push(op))).operations().get(0).operation();

        assertThat(first.stamp().opId()).matches("00000001-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{8}0001")
                .isNotEqualTo(second.stamp().opId());
        assertThat(first.id()).matches("[0-9a-f-]{36}").isNotEqualTo(first.stamp().opId());
        String run = first.pk().substring(2);
        assertThat(run).matches("[0-9a-f]{8}").isNotEqualTo(second.pk().substring(2));
        assertThat(first.payload().text()).isEqualTo(
                "{\"id\":\"k-" + run + "\",\"user\":\"w0-u1\",\"w\":\"w1\",\"not\":\"${one}\"}");
    }

    @Test
    void the_same_salt_gives_the_same_ids() {
        PlanRunner one = new PlanRunner(target, RunnerOptions.standard("test").withSalt(7));
        PlanRunner other = new PlanRunner(target, RunnerOptions.standard("test").withSalt(7));
        assertThat(one.run(sequential(push(op(1)))).operations().get(0).operation())
                .isEqualTo(other.run(sequential(push(op(1)))).operations().get(0).operation());
    }

    @Test
    void a_replay_refers_to_the_same_operation_and_a_conflicting_reuse_to_another() {
        PlannedOperation reordered = new PlannedOperation(op(1).opId(), "kv", "put", "k1", "{\"n\":1,\"id\":\"k1\"}", "d0",
                op(1).hlc(), 1);
        PlannedOperation conflicting = new PlannedOperation(op(1).opId(), "kv", "put", "k1", "{\"id\":\"other\"}", "d0",
                op(1).hlc(), 1);
        History history = runner.run(sequential(push(op(1)), push(reordered), push(conflicting), DRAIN));

        assertThat(history.events()).filteredOn(it -> it.call() instanceof Call.Push)
                .extracting(it -> ((Call.Push) it.call()).operations()[0]).containsExactly(0, 0, 1);
        assertThat(provider.pushes.get(1).ops().get(0).payload().text()).startsWith("{\"n\"");
        Call.Pull pull = (Call.Pull) history.events().get(3).call();
        assertThat(pull.rows().operations()).containsExactly(0);
    }

    @Test
    void operations_that_were_never_sent_are_not_in_the_history() {
        provider.onPush = request -> {
            throw new LostAnswerException("gone", null);
        };
        Plan plan = sequential(new Action.Push(0, List.of(op(2)), true), push(op(1)));
        PlanRunner hasty = new PlanRunner(target, options(Duration.ofSeconds(5)).withPlanTimeout(Duration.ofSeconds(9)));
        assertThat(hasty.run(plan).operations()).extracting(sent -> sent.operation().stamp().opId().substring(0, 8))
                .containsExactly("00000002", "00000001");
    }

    @Test
    void a_change_that_differs_from_what_was_sent_is_kept_as_it_was_answered() {
        provider.onPull = (request, honest) -> {
            Change sent = honest.changes().get(0);
            Change altered = new Change(sent.serverVersion(), sent.tableName(), sent.pk(), sent.op(),
                    new JsonText("{\"id\":\"altered\"}"), sent.stamp());
            return new PullResponse(Arrays.asList(altered, null), 2, false, null, null);
        };
        History history = runner.run(sequential(push(op(1)), DRAIN));
        Call.Rows rows = ((Call.Pull) history.events().get(1).call()).rows();
        assertThat(rows.isAsSent(0)).isFalse();
        assertThat(rows.other(0).payload().text()).isEqualTo("{\"id\":\"altered\"}");
        assertThat(rows.other(1).stamp()).isNull();
    }

    @Test
    void a_page_that_the_provider_goes_on_writing_into_is_recorded_as_it_was_returned() {
        provider.onPull = (request, honest) -> new PullResponse(new ArrayList<>(honest.changes()) {
            private static final long serialVersionUID = 1L;

            @Override
            public <T> T[] toArray(T[] a) {
                T[] copy = super.toArray(a);
                clear();
                return copy;
            }
        }, honest.nextCursor(), honest.hasMore(), null, null);
        History history = runner.run(sequential(push(op(1)), DRAIN));
        assertThat(((Call.Pull) history.events().get(1).call()).rows().operations()).containsExactly(0);
    }

    @Test
    void a_failed_push_is_sent_twice_more() {
        provider.onPush = request -> {
            throw new IllegalStateException("no");
        };
        History history = runner.run(sequential(push(op(1))));
        assertThat(history.events()).extracting(Event::outcome).containsExactly(
                Outcome.FAILED, Outcome.FAILED, Outcome.FAILED);
        assertThat(history.events()).extracting(Event::attempt).containsExactly(1, 2, 3);
        assertThat(history.events().get(0).error()).isEqualTo(new Event.Fault(500, "IllegalStateException", "no"));
        assertThat(provider.pushes).extracting(request -> request.ops().get(0).attempts()).containsExactly(0, 1, 2);
        assertThat(history.operations()).hasSize(1);
    }

    @Test
    void a_lost_push_is_sent_until_it_is_acknowledged_unless_it_is_left_open() {
        AtomicInteger calls = new AtomicInteger();
        provider.onPush = request -> {
            if (calls.incrementAndGet() <= 2) {
                provider.store(request);
                throw new LostAnswerException("cut", null);
            }
            return null;
        };
        History history = runner.run(sequential(push(op(1)), DRAIN));
        assertThat(history.events()).extracting(Event::outcome)
                .containsExactly(Outcome.LOST, Outcome.LOST, Outcome.OK, Outcome.OK);
        assertThat(history.events().get(0).returned()).isEqualTo(Event.NEVER);

        calls.set(0);
        History open = runner.run(sequential(new Action.Push(0, List.of(op(1)), true), DRAIN));
        assertThat(open.events()).extracting(Event::outcome).containsExactly(Outcome.LOST, Outcome.OK);
    }

    @Test
    void a_refused_push_is_not_sent_again() {
        provider.onPush = request -> {
            throw new ProviderException(413, "OVERSIZED", "too large");
        };
        History history = runner.run(sequential(push(op(1))));
        assertThat(history.events()).hasSize(1);
        assertThat(history.events().get(0).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(history.events().get(0).error()).isEqualTo(new Event.Fault(413, "OVERSIZED", "too large"));
    }

    @ParameterizedTest
    @CsvSource({"null", "nullResults", "stackOverflow", "outOfMemory", "oddStatus", "checked"})
    void whatever_a_provider_does_in_place_of_an_answer_is_a_failure(String what) {
        provider.onPush = request -> switch (what) {
            case "nullResults" -> new PushResponse(null, 1L);
            case "stackOverflow" -> throw new StackOverflowError();
            case "outOfMemory" -> throw new OutOfMemoryError("of garbage");
            case "oddStatus" -> throw new ProviderException(200, "OK", "odd");
            case "checked" -> throw sneaky(new Exception("checked"));
            default -> null;
        };
        if (what.equals("null")) {
            provider.onPull = (request, honest) -> null;
        }
        History history = runner.run(sequential(push(op(1)), DRAIN));
        assertThat(history.events()).anySatisfy(event -> {
            assertThat(event.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(event.error().status()).isEqualTo(500);
        });
    }

    @Test
    void a_call_that_never_returns_is_lost_and_the_plan_goes_on_without_its_thread() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        provider.onPush = request -> {
            if (calls.incrementAndGet() == 1) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
            return null;
        };
        PlanRunner impatient = runner(Duration.ofMillis(60));
        History history = impatient.run(sequential(push(op(1)), push(op(2)), DRAIN));

        assertThat(history.events()).extracting(Event::outcome).startsWith(Outcome.LOST, Outcome.OK, Outcome.OK);
        assertThat(history.events().get(0).returned()).isEqualTo(Event.NEVER);
        assertThat(history.events().get(0).error().code()).isEqualTo("TIMEOUT");
        assertThat(impatient.hung()).isTrue();
        assertThat(impatient.cutOff()).isFalse();
        interrupted.await();
    }

    @Test
    void a_provider_that_always_hangs_costs_a_few_time_outs_only() {
        provider.onPush = request -> {
            while (true) {
                if (Thread.interrupted()) {
                    return null;
                }
                Thread.onSpinWait();
            }
        };
        PlanRunner impatient = runner(Duration.ofMillis(50));
        Action[] pushes = new Action[50];
        Arrays.setAll(pushes, i -> push(op(i)));
        History history = impatient.run(sequential(pushes));
        assertThat(history.events()).hasSize(3);
        assertThat(impatient.cutOff()).isTrue();
        assertThat(impatient.hangs()).isEqualTo(3);
    }

    @Test
    void a_plan_that_takes_too_long_is_cut_off() {
        CountDownLatch slow = new CountDownLatch(1);
        provider.onPush = request -> {
            try {
                slow.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        };
        PlanRunner hasty = new PlanRunner(target, options(Duration.ofSeconds(5)).withPlanTimeout(Duration.ofMillis(100)));
        Action[] pushes = new Action[200];
        Arrays.setAll(pushes, i -> push(op(i)));
        assertThat(hasty.run(sequential(pushes)).events()).hasSizeLessThan(200);
        assertThat(hasty.cutOff()).isTrue();
        assertThat(hasty.hung()).isFalse();
    }

    @Test
    void a_barrier_lets_nobody_through_before_all_have_come() {
        List<Plan.Step> steps = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            for (int client = 0; client < 3; client++) {
                steps.add(new Plan.Step(client, new Action.Barrier(round)));
                steps.add(new Plan.Step(client, push(op(round * 3 + client))));
            }
        }
        History history = runner.run(plan(new Plan.Stage(true, steps)));
        assertThat(history.events()).hasSize(150);
        for (int round = 1; round < 50; round++) {
            List<Event> before = ofRound(history, round - 1);
            List<Event> after = ofRound(history, round);
            assertThat(after).hasSize(3);
            long lastSent = before.stream().mapToLong(Event::invoked).max().orElseThrow();
            assertThat(after).allSatisfy(event -> assertThat(event.invoked()).isGreaterThan(lastSent));
        }
    }

    @Test
    void a_stuck_client_does_not_hold_the_others_at_a_barrier_for_ever() {
        provider.onPush = request -> {
            while (request.ops().get(0).stamp().clock() == 99 && !Thread.interrupted()) {
                Thread.onSpinWait();
            }
            return null;
        };
        PlannedOperation stuck = new PlannedOperation(op(9).opId(), "kv", "put", "k1", "{}", "d0", "h", 99);
        PlanRunner impatient = runner(Duration.ofMillis(60));
        History history = impatient.run(plan(new Plan.Stage(true, List.of(
                new Plan.Step(0, push(stuck)), new Plan.Step(0, new Action.Barrier(0)), new Plan.Step(0, push(op(1))),
                new Plan.Step(1, new Action.Barrier(0)), new Plan.Step(1, push(op(2)))))));
        assertThat(history.events()).extracting(Event::outcome)
                .containsExactlyInAnyOrder(Outcome.LOST, Outcome.OK, Outcome.OK);
    }

    @Test
    void a_client_knows_its_own_position_and_the_highest_version_it_has_seen() {
        runner.run(sequential(push(op(1), op(2), op(3)), new Action.Pull(0, Position.OWN, 2, null),
                new Action.MoveCursor(0, null, Position.OWN),
                new Action.MoveCursor(0, "other", Position.HEAD),
                new Action.MoveCursor(0, null, new Position(Action.Base.HEAD, 5)),
                new Action.MoveCursor(0, null, new Position(Action.Base.ZERO, -1))));
        assertThat(provider.cursors).extracting(update -> update.deviceId() + "=" + update.version())
                .containsExactly("d0=2", "other=3", "d0=8", "d0=-1");
    }

    @Test
    void a_drain_ends_although_the_provider_always_says_that_there_is_more() {
        provider.onPull = (request, honest) -> new PullResponse(List.of(), request.cursor(), true, null, null);
        assertThat(runner.run(sequential(push(op(1)), DRAIN)).events()).hasSize(4);
        provider.onPull = (request, honest) -> new PullResponse(List.of(), request.cursor() + 1, true, null, null);
        assertThat(runner.run(sequential(push(op(1)), DRAIN)).events()).hasSizeBetween(20, 200);
    }

    @Test
    void a_restart_and_the_clock_are_events_of_the_kit() {
        History history = runner.run(sequential(new Action.AdvanceClock(100), new Action.Restart(),
                new Action.AdvanceClock(50), push(op(1))));
        assertThat(history.events()).extracting(Event::client).containsExactly(-1, -1, -1, 0);
        assertThat(((Call.Clock) history.events().get(2).call()).offsetSeconds()).isEqualTo(150);
        assertThat(history.events().get(3).invokedMicros())
                .isGreaterThan(history.events().get(0).invokedMicros() + 150_000_000 - 1);
        assertThat(provider.restarts).hasValue(1);
    }

    @Test
    void clients_are_spread_over_the_instances() {
        target.close();
        target = InProcessTarget.temporary(provider, Map.of(), WireSchema.current(), 2);
        runner = runner(Duration.ofSeconds(5));
        History history = runner.run(plan(new Plan.Stage(false, List.of(new Plan.Step(0, DRAIN), new Plan.Step(1, DRAIN),
                new Plan.Step(2, DRAIN)))));
        assertThat(history.events()).extracting(Event::instance).containsExactly(0, 1, 0);
        assertThat(history.header().instances()).isEqualTo(2);
    }

    @Test
    void a_raw_call_is_told_as_it_was_made() {
        History history = runner.run(sequential(new Action.Raw(0, "sync", "pull",
                "{\"scope\":{\"workspaceId\":\"${workspace:0}\"},\"cursor\":0.5,\"limit\":1}"),
                new Action.Raw(0, "sync", "shout", "{}"),
                new Action.Raw(0, "sync", "pull",
                "{\"scope\":{\"workspaceId\":\"${workspace:0}\"},\"cursor\":0,\"limit\":1}")));
        assertThat(history.events()).extracting(Event::outcome)
                .containsExactly(Outcome.REFUSED, Outcome.FAILED, Outcome.OK);
        assertThat(history.events().get(1).error().status()).isEqualTo(501);
        assertThat(((Call.Raw) history.events().get(2).call()).answer().text()).contains("\"nextCursor\":0");
    }

    @Test
    void a_provider_without_workspaces_to_give_is_unreachable() {
        ScriptedProvider broken = new ScriptedProvider() {
            @Override
            public dev.or3.tck.api.control.Controls controls() {
                return new dev.or3.tck.api.control.Controls() { };
            }
        };
        try (InProcessTarget unusable = InProcessTarget.temporary(broken, Map.of(), WireSchema.current(), 1)) {
            PlanRunner other = new PlanRunner(unusable, options(Duration.ofSeconds(5)));
            assertThatThrownBy(() -> other.run(sequential(push(op(1))))).isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("provisioning workspaces failed: this provider has no control provision");
        }
    }

    private static List<Event> ofRound(History history, int round) {
        return history.events().stream().filter(event -> {
            long clock = history.operations().get(((Call.Push) event.call()).operations()[0]).operation().stamp().clock();
            return clock / 3 == round;
        }).toList();
    }

    private PlanRunner runner(Duration callTimeout) {
        return new PlanRunner(target, options(callTimeout));
    }

    private static RunnerOptions options(Duration callTimeout) {
        return RunnerOptions.standard("test").withCallTimeout(callTimeout);
    }

    private static Plan sequential(Action... actions) {
        return plan(new Plan.Stage(false, Arrays.stream(actions).map(action -> new Plan.Step(0, action)).toList()));
    }

    private static Plan plan(Plan.Stage stage) {
        return new Plan("test", 0, -1, Set.of(), List.of(Plan.Space.of(Role.OWNER, Role.EDITOR), Plan.Space.of(Role.OWNER)),
                List.of(new Plan.Client(0, 0, "d0"), new Plan.Client(0, 1, "d1"), new Plan.Client(0, 1, "d2")),
                List.of(stage));
    }

    private static Action push(PlannedOperation... ops) {
        return new Action.Push(0, List.of(ops), false);
    }

    private static PlannedOperation op(int number) {
        return new PlannedOperation(String.format("%08x-xxxx-4xxx-8xxx-xxxxxxxxxxxx", number), "kv", "put", "k1",
                "{\"id\":\"k1\",\"n\":" + number + "}", "d0", "0ks3n7x0g:000:abc12345", number);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
