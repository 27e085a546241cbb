package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Action.Reading;
import java.util.List;

/** Examples of collections, which need provider time to move. After every jump the devices show that they live. */
final class CollectionExamples extends Examples {
    private static final List<Feature> NEEDED = List.of(Feature.COLLECTIONS, Feature.CLOCK_JUMPS);
    /** Seconds to stay clear of a boundary. */
    private static final long CLEAR = 120;

    private final long retention;

    CollectionExamples(PlanContext context) {
        super(context);
        this.retention = context.retention();
    }

    @Override
    void write() {
        retention();
        cursors();
        tombstones();
        afterwards();
        races();
        example("late-replay", List.of(Feature.CLOCK_JUMPS, Feature.REPLAYS), draft -> {
            PlannedOperation[] ops = puts(draft, 0, KV, 3);
            draft.push(0, 0, ops).then(0, new Action.AdvanceClock(14 * 24 * 3600)).pushOnly(1, 0, List.of(ops))
                    .push(0, 0, draft.put(0, KV, 4, 1));
        });
        example("expired-snapshot", List.of(Feature.CLOCK_JUMPS, Feature.SNAPSHOTS), draft -> draft
                .push(0, 0, puts(draft, 0, KV, 4)).snapshot(0, 0, "old", 1, Reading.FIRST)
                .snapshot(0, 0, "old", 1, Reading.NEXT)
                .then(0, new Action.AdvanceClock(context.limits().snapshotLifeSeconds() + CLEAR))
                .snapshot(0, 0, "old", 1, Reading.NEXT).snapshot(0, 0, "new", 2, Reading.WHOLE));
    }

    private Draft age(Draft draft, long seconds, int... devices) {
        draft.then(0, new Action.AdvanceClock(seconds));
        for (int device : devices) {
            draft.then(device, new Action.MoveCursor(draft.cast(device).space(), null, Position.OWN));
        }
        return draft;
    }

    private Draft collect(Draft draft, int space, boolean tombstones) {
        return draft.then(draft.client(space, 0), new Action.Collect(space, tombstones, retention, true));
    }

    private static Draft catchUp(Draft draft, int... devices) {
        for (int device : devices) {
            int space = draft.cast(device).space();
            draft.drain(device, space, Position.OWN, 50).then(device, new Action.MoveCursor(space, null, Position.OWN));
        }
        return draft;
    }

    private void retention() {
        example("younger-than-retention", NEEDED, draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 4)), 0, 1);
            collect(age(draft, retention - CLEAR, 0, 1), 0, false).drain(1, 0, Position.START, 2);
        });
        example("eligible-is-deleted", NEEDED, draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 4)), 0, 1);
            collect(age(draft, retention + CLEAR, 0, 1), 0, false).drain(1, 0, Position.START, 2);
            catchUp(draft.push(0, 0, puts(draft, 0, POSTS, 3)), 0, 1);
            collect(age(draft, retention / 2, 0, 1), 0, false).drain(1, 0, Position.START, 2);
        });
        example("cursors-over-a-restart", List.of(Feature.COLLECTIONS, Feature.CLOCK_JUMPS, Feature.RESTARTS), draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 4)), 0);
            age(draft, retention + CLEAR, 0, 1).oneByOne().then(0, new Action.Restart()).oneByOne();
            catchUp(draft, 0);
            collect(draft, 0, false).drain(1, 0, Position.OWN, 2);
        });
        example("more-than-a-call-collects", NEEDED, draft -> {
            int size = Math.min(100, context.limits().opsPerPush());
            for (int i = 0; i < 250; i += size) {
                draft.push(0, 0, puts(draft, 0, KV, size));
            }
            catchUp(draft, 0);
            collect(age(draft, retention + CLEAR, 0), 0, false).drain(1, 0, Position.START, 100);
        });
        example("collection-of-one-workspace", NEEDED, draft -> {
            int other = draft.client(1, 0);
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 4)).push(other, 1, puts(draft, other, KV, 4)), 0, other);
            collect(age(draft, retention + CLEAR, 0, other), 0, false);
            collect(draft, 0, true).drain(other, 1, Position.START, 2).drain(0, 0, Position.START, 2);
        });
        example("active-for-long", NEEDED, draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 4));
            catchUp(draft, 0).then(1, new Action.MoveCursor(0, null, Position.START));
            for (int i = 0; i < 4; i++) {
                collect(age(draft, retention / 2, 0, 1), 0, false);
            }
            draft.drain(1, 0, Position.START, 2);
        });
    }

    private void cursors() {
        example("lagging-device", NEEDED, draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 6)), 0);
            draft.pull(1, 0, Position.OWN, 2).then(1, new Action.MoveCursor(0, null, Position.OWN));
            collect(age(draft, retention + CLEAR, 0, 1), 0, false).drain(1, 0, Position.OWN, 2).pull(0, 0, Position.START, 9)
                    .pull(0, 0, version(1), 9).pull(0, 0, version(2), 9).pull(0, 0, version(3), 9);
        });
        example("registered-at-zero", NEEDED, draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 4)), 0).then(1, new Action.MoveCursor(0, null, Position.START));
            collect(age(draft, retention + CLEAR, 0, 1), 0, false).drain(1, 0, Position.START, 2);
        });
        example("cursor-moved-back", NEEDED, draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 6)), 0, 1).then(1, new Action.MoveCursor(0, null, version(2)));
            age(draft, retention + CLEAR, 0).then(1, new Action.MoveCursor(0, null, version(2)));
            collect(draft, 0, false).drain(1, 0, Position.START, 9);
        });
        example("two-devices-of-one-user", NEEDED, draft -> {
            int second = draft.client(0, 2);
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 6)), 0);
            draft.pull(second, 0, Position.OWN, 3).then(second, new Action.MoveCursor(0, null, Position.OWN))
                    .then(0, new Action.MoveCursor(0, null, Position.OWN));
            collect(age(draft, retention + CLEAR, 0, second), 0, false).drain(second, 0, Position.OWN, 2);
        });
        example("one-device-id-in-two-workspaces", NEEDED, draft -> {
            int other = draft.client(1, 0);
            draft.push(0, 0, puts(draft, 0, KV, 5)).push(other, 1, puts(draft, other, KV, 5));
            catchUp(draft, 0).then(other, new Action.MoveCursor(1, null, Position.START));
            collect(age(draft, retention + CLEAR, other, 0), 1, false).drain(other, 1, Position.START, 2);
        });
        example("cursor-beyond-what-there-is", NEEDED, draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 3)), 0, 1);
            draft.then(1, new Action.MoveCursor(0, null, new Position(Action.Base.OWN, 100)));
            catchUp(draft.push(0, 0, puts(draft, 0, POSTS, 5)), 0);
            collect(age(draft, retention + CLEAR, 0, 1), 0, false).drain(1, 0, Position.OWN, 2);
        });
        if (context.is11() && context.sync("cursorOwnership") && context.members() > 1) {
            example("cursor-of-another-user", NEEDED, draft -> {
                catchUp(draft.push(0, 0, puts(draft, 0, KV, 5)), 1).then(0, new Action.MoveCursor(0, null, Position.START))
                        .then(1, new Action.MoveCursor(0, draft.cast(0).device(), Position.HEAD));
                collect(age(draft, retention + CLEAR, 0, 1), 0, false).drain(0, 0, Position.OWN, 2);
            });
        }
        example("pages-around-a-collection", NEEDED, draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 8)), 0, 1);
            int third = draft.client(0, 2);
            age(draft, retention + CLEAR, 0, 1).pull(third, 0, Position.OWN, 3);
            collect(draft, 0, false).drain(third, 0, Position.OWN, 3).drain(1, 0, Position.START, 3);
        });
    }

    private void tombstones() {
        example("tombstone-kept-for-a-lagging-device", NEEDED, draft -> {
            draft.push(0, 0, draft.put(0, KV, 0, 1), draft.put(0, KV, 1, 1));
            catchUp(draft, 0, 1);
            draft.push(0, 0, draft.delete(0, KV, 0, 5)).push(0, 0, draft.delete(0, KV, 9, 5));
            catchUp(draft, 0);
            collect(age(draft, retention + CLEAR, 0, 1), 0, true);
            collect(draft, 0, false).push(1, 0, draft.put(1, KV, 0, 4), draft.put(1, KV, 9, 4)).inspect(0, 0, KV, 0)
                    .inspect(0, 0, KV, 9);
        });
        example("tombstone-age-is-the-server's", NEEDED, draft -> {
            draft.push(0, 0, draft.put(0, KV, 0, 1));
            draft.push(0, 0, draft.delete(0, KV, Keys.plain(KV, 0), 5, "1000-0-a"))
                    .push(0, 0, draft.delete(0, KV, Keys.plain(KV, 1), 5, Stamps.real(0, "dev00001")));
            catchUp(draft, 0, 1);
            collect(age(draft, CLEAR, 0, 1), 0, true).push(1, 0, draft.put(1, KV, 0, 4), draft.put(1, KV, 1, 4))
                    .inspect(0, 0, KV, 0).inspect(0, 0, KV, 1);
        });
        example("tombstones-collected", NEEDED, draft -> {
            draft.push(0, 0, draft.put(0, KV, 0, 1), draft.put(0, KV, 1, 1)).push(0, 0, draft.delete(0, KV, 0, 2));
            catchUp(draft, 0, 1);
            age(draft, retention + CLEAR, 0, 1).push(0, 0, draft.delete(0, KV, 1, 2));
            collect(draft, 0, true);
            draft.push(1, 0, draft.put(1, KV, 1, 1), draft.put(1, KV, 0, 3)).inspect(0, 0, KV, 0).inspect(0, 0, KV, 1)
                    .snapshot(1, 0, "after", 2, Reading.WHOLE);
        });
        example("replay-after-its-tombstone", NEEDED, draft -> {
            PlannedOperation put = draft.put(0, KV, 0, 1);
            draft.push(0, 0, put, draft.put(0, KV, 1, 1)).push(0, 0, draft.delete(0, KV, 0, 2));
            catchUp(draft, 0, 1);
            collect(age(draft, retention + CLEAR, 0, 1), 0, false);
            collect(draft, 0, true);
            draft.push(1, 0, put).inspect(0, 0, KV, 0).snapshot(1, 0, "after", 2, Reading.WHOLE);
        });
        example("revived-after-its-tombstone", NEEDED, draft -> {
            draft.push(0, 0, draft.put(0, KV, 0, 1)).push(0, 0, draft.delete(0, KV, 0, 2))
                    .push(0, 0, draft.put(0, KV, 0, 3));
            catchUp(draft, 0, 1);
            collect(age(draft, retention + CLEAR, 0, 1), 0, true);
            collect(draft, 0, false).inspect(0, 0, KV, 0).push(0, 0, draft.put(0, KV, 0, 2)).inspect(0, 0, KV, 0);
        });
    }

    private void afterwards() {
        example("whole-log-collected", NEEDED, draft -> {
            PlannedOperation[] ops = puts(draft, 0, KV, 4);
            catchUp(draft.push(0, 0, ops).push(0, 0, draft.put(0, KV, 0, 2)), 0, 1);
            collect(age(draft, retention + CLEAR, 0, 1), 0, false).inspect(0, 0, KV, 0).pull(1, 0, Position.START, 5)
                    .pull(1, 0, Position.HEAD, 5).push(0, 0, draft.put(0, KV, 5, 1)).pull(1, 0, Position.START, 5)
                    .pull(1, 0, version(4), 5).pull(1, 0, version(5), 5);
            draft.pushOnly(0, 0, List.of(ops)).inspect(0, 0, KV, 0).snapshot(0, 0, "collected", 3, Reading.WHOLE);
        });
        if (context.is11()) {
            example("collection-without-devices", NEEDED, draft -> {
                draft.push(0, 0, puts(draft, 0, KV, 4));
                collect(age(draft, retention + CLEAR), 0, false).pull(1, 0, Position.START, 9).pull(1, 0, version(3), 9)
                        .push(0, 0, draft.put(0, KV, 5, 1)).drain(1, 0, Position.START, 2);
            });
        }
    }

    private void races() {
        example("collection-beside-everything", List.of(Feature.COLLECTIONS, Feature.CLOCK_JUMPS, Feature.RACES), draft -> {
            catchUp(draft.push(0, 0, puts(draft, 0, KV, 40)), 0);
            draft.pull(1, 0, Position.OWN, 10).then(1, new Action.MoveCursor(0, null, Position.OWN));
            age(draft, retention + CLEAR, 0, 1);
            draft.sideBySide();
            for (int round = 0; round < 10; round++) {
                draft.then(0, new Action.Barrier(round)).then(0, new Action.Collect(0, round % 3 == 2, retention, false))
                        .push(0, 0, draft.put(0, KV, round, 2));
                draft.then(1, new Action.Barrier(round)).pull(1, 0, Position.OWN, 3)
                        .then(1, new Action.MoveCursor(0, null, Position.OWN));
            }
        });
    }
}
