package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.line.LineFault;
import dev.or3.tck.suites.line.LineFaults;
import dev.or3.tck.suites.plan.Action.Position;
import java.util.List;
import java.util.Locale;

/** Examples in which the line does each of its things once, to each kind of call, and then all is made again (DUR-07). */
final class LineExamples extends Examples {

    LineExamples(PlanContext context) {
        super(context);
    }

    @Override
    void write() {
        for (LineFault fault : LineFault.values()) {
            if (fault != LineFault.NONE) {
                each(fault, fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        retries();
        races();
        collections();
    }

    private void each(LineFault fault, String name) {
        example("line-" + name, List.of(Feature.LINE), draft -> {
            List<PlannedOperation> first = List.of(puts(draft, 0, KV, 3));
            List<PlannedOperation> second = List.of(draft.put(1, POSTS, 0, 1), draft.delete(1, KV, 1, 2));
            draft.push(0, 0, draft.put(0, POSTS, 1, 1));
            draft.disturb(LineFaults.always(fault));
            draft.push(0, 0, first, true).push(1, 0, second, true).push(0, 0, List.of(), true);
            draft.then(0, new Action.Push(0, first, true));
            draft.pull(1, 0, Position.START, 2).then(1, new Action.MoveCursor(0, null, version(1)))
                    .snapshot(1, 0, "s", 1, Action.Reading.FIRST);
            draft.disturb(LineFaults.CALM);
            draft.push(draft.client(0, 2), 0, draft.put(draft.client(0, 2), POSTS, 2, 1));
            draft.drain(1, 0, Position.START, 10);
            draft.pushOnly(0, 0, first).pushOnly(1, 0, List.of(second.get(1), second.get(0), draft.put(1, KV, 4, 1)));
            draft.then(1, new Action.MoveCursor(0, null, version(1))).snapshot(1, 0, "s", 1, Action.Reading.WHOLE);
        });
    }

    /** What devices do by themselves: every other answer is dropped, and they send again at once. */
    private void retries() {
        example("line-retries", List.of(Feature.LINE), draft -> {
            draft.disturb(new LineFaults(50, 0, 0, 0, 0, 0));
            for (int i = 0; i < 12; i++) {
                int client = i % 3 == 0 ? draft.client(1, 0) : i % 2;
                draft.push(client, draft.cast(client).space(), puts(draft, client, KV, 1 + i % 4));
                draft.pull(client, draft.cast(client).space(), Position.OWN, 3);
            }
        });
        example("line-pages", List.of(Feature.LINE, Feature.SNAPSHOTS), draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 8));
            draft.disturb(new LineFaults(25, 0, 0, 0, 0, 10));
            for (int size = 1; size <= 3; size++) {
                draft.snapshot(1, 0, "s" + size, size, Action.Reading.WHOLE).drain(1, 0, Position.START, size);
            }
        });
    }

    private void races() {
        example("line-doubled-beside-others", List.of(Feature.LINE, Feature.RACES), draft -> {
            draft.disturb(new LineFaults(25, 0, 0, 0, 15, 40)).sideBySide();
            for (int round = 0; round < 15; round++) {
                for (int client : new int[] {0, 1}) {
                    draft.then(client, new Action.Barrier(round)).push(client, 0, puts(draft, client, KV, 2))
                            .pull(client, 0, Position.OWN, 4);
                }
            }
        });
    }

    private void collections() {
        for (LineFault fault : List.of(LineFault.CUT_BEFORE, LineFault.ANSWER_DROPPED, LineFault.DUPLICATED)) {
            example("line-collection-" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    List.of(Feature.LINE, Feature.COLLECTIONS, Feature.CLOCK_JUMPS), draft -> collection(draft, fault));
        }
    }

    /** Cursors and collections of which nobody knows whether they took effect; then the same ones, heard. */
    private void collection(Draft draft, LineFault fault) {
        draft.push(0, 0, puts(draft, 0, KV, 6)).push(0, 0, draft.delete(0, KV, 0, 2));
        for (int client = 0; client < 2; client++) {
            draft.drain(client, 0, Position.OWN, 10).then(client, new Action.MoveCursor(0, null, version(2)));
        }
        draft.then(0, new Action.AdvanceClock(context.retention() + 300));
        draft.disturb(LineFaults.always(fault));
        for (int client = 0; client < 2; client++) {
            draft.then(client, new Action.MoveCursor(0, null, version(5)));
        }
        draft.then(0, new Action.Collect(0, false, context.retention(), false))
                .then(0, new Action.Collect(0, true, context.retention(), false));
        draft.disturb(LineFaults.CALM);
        draft.pull(1, 0, version(2), 10).pull(1, 0, version(5), 10);
        for (int client = 0; client < 2; client++) {
            draft.then(client, new Action.MoveCursor(0, null, version(5)));
        }
        draft.then(0, new Action.Collect(0, false, context.retention(), true));
        draft.pull(1, 0, Position.START, 10).pull(1, 0, version(6), 10).push(0, 0, draft.put(0, KV, 7, 1));
    }
}
