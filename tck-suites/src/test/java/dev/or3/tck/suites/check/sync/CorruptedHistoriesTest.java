package dev.or3.tck.suites.check.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.or3.tck.api.JsonText;
import dev.or3.tck.api.sync.Change;
import dev.or3.tck.api.sync.Operation;
import dev.or3.tck.api.sync.OperationResult;
import dev.or3.tck.api.sync.Stamp;
import dev.or3.tck.suites.check.HistoryChecker;
import dev.or3.tck.suites.check.Verdict;
import dev.or3.tck.suites.check.Violation;
import dev.or3.tck.suites.check.bench.SyntheticHistories;
import dev.or3.tck.suites.run.Call;
import dev.or3.tck.suites.run.Event;
import dev.or3.tck.suites.run.History;
import dev.or3.tck.suites.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A clean history with one answer made wrong, in every way there is: each is found, and by a rule that says so. */
class CorruptedHistoriesTest {
    private static final int CHANGES = 4000;
    private static final int SEEDS = 6;

    /** Makes one event wrong, or returns null where that event does not lend itself to it. */
    private interface Corruption {
        Event apply(Event event, History history, SplittableRandom random);
    }

    private record Named(String name, Set<String> rules, Corruption corruption) {
    }

    @Test
    void clean_histories_are_clean() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Verdict verdict = HistoryChecker.check(SyntheticHistories.clean(CHANGES, seed).history());
            assertThat(verdict.violations()).isEmpty();
            assertThat(verdict.exercised()).containsKeys("PUSH-01", "PUSH-02", "PUSH-07", "PULL-07", "PULL-08", "LWW-12");
        }
    }

    @Test
    void the_same_history_gets_the_same_verdict_to_the_byte() {
        History history = SyntheticHistories.clean(CHANGES, 3).history();
        assertThat(HistoryChecker.check(history).toJson()).isEqualTo(HistoryChecker.check(history).toJson());
    }

    @TestFactory
    Stream<DynamicTest> every_corruption_is_found() {
        return corruptions().map(named -> DynamicTest.dynamicTest(named.name(), () -> {
            for (int seed = 0; seed < SEEDS; seed++) {
                History wrong = corrupted(SyntheticHistories.clean(CHANGES, seed).history(), named.corruption(), seed);
                Verdict verdict = HistoryChecker.check(wrong);
                assertThat(verdict.violations().stream().map(Violation::rule)).as("%s, seed %s", named.name(), seed)
                        .isNotEmpty().containsAnyElementsOf(named.rules());
            }
        }));
    }

    private static Stream<Named> corruptions() {
        return Stream.of(
                new Named("a row is dropped", Set.of("PULL-05"), page(rows -> {
                    rows.remove(rows.size() / 2);
                    return rows;
                }, 3)),
                new Named("the last rows of the last page are dropped", Set.of("PULL-09", "PULL-03", "PULL-05"),
                        CorruptedHistoriesTest::dropTail),
                new Named("a row is duplicated", Set.of("PULL-01"), page(rows -> {
                    rows.add(1, rows.get(0));
                    return rows;
                }, 2)),
                new Named("two rows are swapped", Set.of("PULL-01"), page(rows -> {
                    rows.add(0, rows.remove(1));
                    return rows;
                }, 2)),
                new Named("a payload is altered", Set.of("PULL-07", "PUSH-12"), row((change, history)
                -> change.payload() == null
                        ? null : with(change, change.pk(), change.op(), new JsonText(
                                change.payload().text().replace("nonce n", "nonce m")), change.stamp()))),
                new Named("a number in a payload is altered", Set.of("PULL-07", "PUSH-12"), row((change, history) ->
                        change.payload() == null ? null : with(change, change.pk(), change.op(), new JsonText(
                                change.payload().text().replace(":1760000000,\"updated", ":1760000001,\"updated")),
                                change.stamp()))),
                new Named("a key is altered", Set.of("PULL-07", "PULL-11"), row((change, history) -> with(change,
                        change.pk() + "x", change.op(), change.payload(), change.stamp()))),
                new Named("a stamp is altered", Set.of("PULL-07", "PULL-11"), row((change, history) -> with(change,
                change.pk(),
                        change.op(), change.payload(), new Stamp(change.stamp().deviceId(), change.stamp().opId(),
                                change.stamp().hlc(), change.stamp().clock() + 1)))),
                new Named("an op id is altered", Set.of("PULL-11", "PULL-07", "PUSH-02"), row((change, history)
                -> with(change,
                        change.pk(), change.op(), change.payload(), new Stamp(change.stamp().deviceId(),
                                "00000000-0000-4000-8000-00000000dead", change.stamp().hlc(), change.stamp().clock())))),
                new Named("a delete becomes a put", Set.of("PULL-07", "PULL-14"), row((change, history) ->
                        change.op().equals("put") ? null : with(change, change.pk(), "put", null, change.stamp()))),
                new Named("an op id stops being a UUID", Set.of("PULL-16"), row((change, history) -> with(change,
                change.pk(),
                        change.op(), change.payload(), new Stamp(change.stamp().deviceId(), "op-1", change.stamp().hlc(),
                                change.stamp().clock())))),
                new Named("a row of the other workspace leaks", Set.of("PULL-10"), CorruptedHistoriesTest::leak),
                new Named("a version shows another operation", Set.of("PUSH-05", "PUSH-02", "PULL-07", "PULL-05"),
                        CorruptedHistoriesTest::otherOperation),
                new Named("a replay gets a new version", Set.of("PUSH-02", "PUSH-14"), CorruptedHistoriesTest::replay),
                new Named("a result is left out", Set.of("PUSH-01"), CorruptedHistoriesTest::dropResult),
                new Named("two results swap versions", Set.of("PUSH-06", "PUSH-05"), CorruptedHistoriesTest::swapVersions),
                new Named("applied is turned round", Set.of("LWW-12"), CorruptedHistoriesTest::turnApplied),
                new Named("a refusal is told of what was stored", Set.of("PUSH-09", "PUSH-02", "PUSH-14"),
                        CorruptedHistoriesTest::refuse),
                new Named("the push's serverVersion is raised", Set.of("PUSH-16"),
                CorruptedHistoriesTest::raiseServerVersion),
                new Named("nextCursor jumps ahead", Set.of("PULL-04", "PULL-05", "PULL-08", "PULL-09"), pull((call,
                random) ->
                        call.hasMore() ? again(call, call.limit(), call.tables(), call.nextCursor() + 1, true) : null)),
                new Named("nextCursor falls back", Set.of("PULL-04"), pull((call, random) -> call.rows().size() < 2 ? null
                        : again(call, call.limit(), call.tables(), call.cursor(), call.hasMore()))),
                new Named("hasMore is forgotten", Set.of("PULL-03", "PULL-09"), pull((call, random) -> call.hasMore()
                        ? again(call, call.limit(), call.tables(), call.nextCursor(), false) : null)),
                new Named("the page is filtered after all", Set.of("PULL-06"), pull((call, random) -> call.rows().size() < 20
                        ? null : again(call, call.limit(), List.of("kv"), call.nextCursor(), call.hasMore()))),
                new Named("the limit was lower", Set.of("PULL-02"), pull((call, random) -> call.rows().size() < 2 ? null
                        : again(call, 1, call.tables(), call.nextCursor(), call.hasMore()))),
                new Named("a snapshot is asked for without need", Set.of("PULL-13"), pull((call, random) -> new Call.Pull(
                        call.scope(), call.cursor(), call.limit(), call.tables(), call.rows(), call.nextCursor(),
                        call.hasMore(), call.oldestRetained(), true))),
                new Named("a pull is moved before its pushes", Set.of("PULL-11", "PUSH-07", "PULL-04"),
                        CorruptedHistoriesTest::early),
                new Named("a push is moved behind others", Set.of("PUSH-07", "PULL-11"), CorruptedHistoriesTest::late),
                new Named("a call crosses workspaces", Set.of("ISO-01"), (event, history, random) ->
                        event.call() instanceof Call.Pull ? session(event, history) : null));
    }

    private static History corrupted(History history, Corruption corruption, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int attempt = 0; attempt < 100_000; attempt++) {
            int place = random.nextInt(history.events().size());
            Event wrong = corruption.apply(history.events().get(place), history, random);
            if (wrong != null) {
                List<Event> events = new ArrayList<>(history.events());
                events.remove(place);
                int at = 0;
                while (at < events.size() && events.get(at).invoked() < wrong.invoked()) {
                    at++;
                }
                events.add(at, wrong);
                for (int i = 0; i < events.size(); i++) {
                    events.set(i, renumbered(events.get(i), i));
                }
                return new History(history.header(), history.operations(), events);
            }
        }
        throw new AssertionError("nothing to corrupt");
    }

    private static Event renumbered(Event event, int seq) {
        return event(event, seq, event.invoked(), event.returned(), event.workspace(), event.call());
    }

    private static Event event(Event event, int seq, long invoked, long returned, String workspace, Call call) {
        return new Event(seq, invoked, returned, event.invokedMicros(), event.returnedMicros(), event.client(),
                event.instance(), event.device(), event.user(), workspace, event.attempt(), event.outcome(), event.error(),
                call);
    }

    private static Event with(Event event, Call call) {
        return event(event, event.seq(), event.invoked(), event.returned(), event.workspace(), call);
    }

    private static Event session(Event event, History history) {
        String other = history.header().spaces().stream().map(History.Space::workspaceId)
                .filter(id -> !id.equals(event.workspace())).findFirst().orElseThrow();
        return event(event, event.seq(), event.invoked(), event.returned(), other, event.call());
    }

    private interface PullChange {
        Call.Pull apply(Call.Pull call, SplittableRandom random);
    }

    private static Corruption pull(PullChange change) {
        return (event, history, random) -> {
            Call.Pull call = event.call() instanceof Call.Pull pull ? change.apply(pull, random) : null;
            return call == null ? null : with(event, call);
        };
    }

    private static Call.Pull again(Call.Pull call, int limit, List<String> tables, long next, boolean more) {
        return new Call.Pull(call.scope(), call.cursor(), limit, tables, call.rows(), next, more, call.oldestRetained(),
                call.requiresSnapshot());
    }

    private static Corruption page(UnaryOperator<List<Integer>> places, int least) {
        return pull((call, random) -> call.rows().size() < least ? null : reordered(call, places));
    }

    private static Call.Pull reordered(Call.Pull call, UnaryOperator<List<Integer>> places) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < call.rows().size(); i++) {
            rows.add(i);
        }
        List<Integer> chosen = places.apply(rows);
        long[] versions = chosen.stream().mapToLong(place -> call.rows().versions()[place]).toArray();
        int[] operations = chosen.stream().mapToInt(place -> call.rows().operations()[place]).toArray();
        return new Call.Pull(call.scope(), call.cursor(), call.limit(), call.tables(), new Call.Rows(versions, operations,
                List.of()), call.nextCursor(), call.hasMore(), call.oldestRetained(), call.requiresSnapshot());
    }

    private static Event dropTail(Event event, History history, SplittableRandom random) {
        if (!(event.call() instanceof Call.Pull call) || call.hasMore() || call.rows().size() < 4
                || LongStream.of(call.rows().versions()).max().orElse(0) > 300) {
            return null;
        }
        Call.Pull cut = reordered(call, rows -> rows.subList(0, rows.size() / 2));
        return with(event, again(cut, cut.limit(), null, cut.rows().versions()[cut.rows().size() - 1], false));
    }

    private interface RowChange {
        Change apply(Change change, History history);
    }

    private static Corruption row(RowChange corruption) {
        return (event, history, random) -> {
            if (!(event.call() instanceof Call.Pull call) || call.rows().size() == 0) {
                return null;
            }
            int place = random.nextInt(call.rows().size());
            Operation sent = history.operations().get(call.rows().operations()[place]).operation();
            Change wrong = corruption.apply(new Change(call.rows().versions()[place], sent.tableName(), sent.pk(),
                    sent.operation(), sent.payload(), sent.stamp()), history);
            return wrong == null ? null : with(event, other(call, place, wrong));
        };
    }

    private static Call.Pull other(Call.Pull call, int place, Change change) {
        int[] operations = call.rows().operations().clone();
        operations[place] = -1;
        return new Call.Pull(call.scope(), call.cursor(), call.limit(), call.tables(), new Call.Rows(call.rows().versions(),
                operations, List.of(change)), call.nextCursor(), call.hasMore(), call.oldestRetained(),
                call.requiresSnapshot());
    }

    private static Change with(Change change, String pk, String op, JsonText payload, Stamp stamp) {
        return new Change(change.serverVersion(), change.tableName(), pk, op, payload, stamp);
    }

    private static Event leak(Event event, History history, SplittableRandom random) {
        if (!(event.call() instanceof Call.Pull call) || call.rows().size() == 0) {
            return null;
        }
        int foreign = random.nextInt(history.operations().size());
        Operation theirs = history.operations().get(foreign).operation();
        if (history.operations().get(foreign).workspaceId().equals(call.scope())) {
            return null;
        }
        int place = random.nextInt(call.rows().size());
        return with(event, other(call, place, new Change(call.rows().versions()[place], theirs.tableName(), theirs.pk(),
                theirs.operation(), theirs.payload(), theirs.stamp())));
    }

    private static Event otherOperation(Event event, History history, SplittableRandom random) {
        if (!(event.call() instanceof Call.Pull call) || call.rows().size() < 2) {
            return null;
        }
        int[] operations = call.rows().operations().clone();
        operations[0] = operations[1];
        return with(event, new Call.Pull(call.scope(), call.cursor(), call.limit(), call.tables(), new Call.Rows(
                call.rows().versions(), operations, List.of()), call.nextCursor(), call.hasMore(), call.oldestRetained(),
                call.requiresSnapshot()));
    }

    private static Event results(Event event, Call.Push call, List<OperationResult> results) {
        return with(event, new Call.Push(call.scope(), call.operations(), results, call.serverVersion()));
    }

    private static Event replay(Event event, History history, SplittableRandom random) {
        if (!(event.call() instanceof Call.Push call) || call.serverVersion() != 0) {
            return null;
        }
        OperationResult told = call.results().get(0);
        return results(event, call, List.of(OperationResult.stored(told.opId(), told.serverVersion() + 1, null, null)));
    }

    private static Event dropResult(Event event, History history, SplittableRandom random) {
        return event.call() instanceof Call.Push call && call.results().size() > 1
                ? results(event, call, call.results().subList(1, call.results().size())) : null;
    }

    private static Event swapVersions(Event event, History history, SplittableRandom random) {
        if (!(event.call() instanceof Call.Push call) || call.results().size() < 2) {
            return null;
        }
        List<OperationResult> results = new ArrayList<>(call.results());
        OperationResult first = results.get(0);
        OperationResult second = results.get(1);
        results.set(0, OperationResult.stored(first.opId(), second.serverVersion(), first.applied(), first.payload()));
        results.set(1, OperationResult.stored(second.opId(), first.serverVersion(), second.applied(), second.payload()));
        return results(event, call, results);
    }

    private static Event turnApplied(Event event, History history, SplittableRandom random) {
        if (!(event.call() instanceof Call.Push call) || call.serverVersion() == 0) {
            return null;
        }
        OperationResult told = call.results().get(0);
        boolean delete = history.operations().get(call.operations()[0]).operation().isDelete();
        if (delete || isRepeated(history, call.operations()[0])) {
            return null;
        }
        List<OperationResult> results = new ArrayList<>(call.results());
        results.set(0, OperationResult.stored(told.opId(), told.serverVersion(), !told.applied(), told.payload()));
        return results(event, call, results);
    }

    private static boolean isRepeated(History history, int operation) {
        return history.events().stream().filter(event -> event.call() instanceof Call.Push push
                && Arrays.stream(push.operations()).anyMatch(sent -> sent == operation)).count() > 1;
    }

    private static Event refuse(Event event, History history, SplittableRandom random) {
        return event.call() instanceof Call.Push call && Arrays.stream(call.operations()).noneMatch(
                operation -> isRepeated(history, operation)) ? new Event(event.seq(), event.invoked(), event.returned(),
                event.invokedMicros(), event.returnedMicros(), event.client(), event.instance(), event.device(),
                event.user(),
                event.workspace(), 1, Outcome.REFUSED, new Event.Fault(400, "BAD_REQUEST", "not accepted"),
                new Call.Push(call.scope(), call.operations(), List.of(), null)) : null;
    }

    private static Event raiseServerVersion(Event event, History history, SplittableRandom random) {
        return event.call() instanceof Call.Push call && call.serverVersion() > 0
                && Arrays.stream(call.operations()).noneMatch(
                operation -> isRepeated(history, operation)) ? with(event, new Call.Push(call.scope(), call.operations(),
                call.results(), call.serverVersion() + 1)) : null;
    }

    private static Event early(Event event, History history, SplittableRandom random) {
        return event.call() instanceof Call.Pull call && call.rows().size() > 0
                ? event(event, event.seq(), -2, -1, event.workspace(), call) : null;
    }

    private static Event late(Event event, History history, SplittableRandom random) {
        long end = history.events().stream().mapToLong(Event::returned).max().orElse(0);
        return event.call() instanceof Call.Push call && call.serverVersion() > 0
                && Arrays.stream(call.operations()).noneMatch(
                operation -> isRepeated(history, operation)) ? event(event, event.seq(), end + 1, end + 2, event.workspace(),
                call) : null;
    }
}
