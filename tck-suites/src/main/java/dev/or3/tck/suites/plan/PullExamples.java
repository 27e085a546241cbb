package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Base;
import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Action.Reading;
import java.util.List;

/** Examples of pages, filters, cursors without a clock, snapshots, private rows and restarts. */
final class PullExamples extends Examples {
    PullExamples(PlanContext context) {
        super(context);
    }

    @Override
    void write() {
        pages();
        filters();
        snapshots();
        privateRows();
        restarts();
    }

    private void pages() {
        example("pages", List.of(Feature.TINY_PAGES), draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 5)).push(1, 0, puts(draft, 1, POSTS, 5));
            for (int limit : new int[] {1, 2, 3, 5, 9, 10, 11}) {
                draft.drain(1, 0, Position.START, limit);
            }
            draft.pull(0, 0, version(10), 5).pull(0, 0, version(9), 1).pull(0, 0, version(0), 10);
        });
        example("limits", List.of(Feature.TINY_PAGES), draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 4)).pull(0, 0, Position.START, 2);
            draft.drain(0, 0, Position.START, 0).drain(0, 0, Position.START, -1)
                    .pull(0, 0, Position.START, context.limits().pullLimit());
            if (context.limits().maxPullLimit() != null) {
                draft.pull(0, 0, Position.START, context.limits().maxPullLimit() + 1)
                        .pull(0, 0, Position.START, Integer.MAX_VALUE);
            }
        });
        example("settled-history", draft -> {
            for (int i = 0; i < 4; i++) {
                draft.push(0, 0, draft.put(0, KV, 0, i)).pull(1, 0, Position.START, 10).pull(1, 0, version(1), 2)
                        .pull(0, 0, new Position(Base.HEAD, 0), 5);
            }
            draft.push(0, 0, draft.delete(0, KV, 0, 9)).pull(1, 0, Position.START, 10).pull(1, 0, version(1), 2);
        });
        example("cursor-beyond-head", draft -> draft.push(0, 0, puts(draft, 0, KV, 3)).pull(1, 0, BEYOND, 10)
                .pull(1, 0, Position.OWN, 10).push(0, 0, draft.put(0, KV, 4, 1)).pull(0, 0, version(3), 10)
                .drain(0, 0, version(2), 2));
        example("acknowledged-is-visible", draft -> {
            for (int i = 0; i < 8; i++) {
                draft.push(i % 2, 0, draft.put(i % 2, KV, i, 1)).pull(1 - i % 2, 0, Position.OWN, 3);
            }
        });
        example("cursor-updates", List.of(Feature.CURSORS), draft -> draft
                .push(0, 0, puts(draft, 0, KV, 4)).drain(0, 0, Position.OWN, 10)
                .then(0, new Action.MoveCursor(0, null, Position.OWN)).then(0, new Action.MoveCursor(0, null, version(2)))
                .then(0, new Action.MoveCursor(0, null, Position.OWN))
                .then(1, new Action.MoveCursor(0, null, Position.START))
                .then(draft.client(1, 0), new Action.MoveCursor(1, null, Position.START))
                .then(1, new Action.MoveCursor(0, null, BEYOND)).push(0, 0, draft.put(0, KV, 5, 1)));
        example("cursors-raced", List.of(Feature.RACES, Feature.CURSORS), draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 4));
            draft.sideBySide();
            for (int round = 0; round < 15; round++) {
                draft.then(0, new Action.Barrier(round)).then(0, new Action.MoveCursor(0, "shared", version(round % 4)))
                        .push(0, 0, draft.put(0, KV, round, 2));
                draft.then(1, new Action.Barrier(round)).then(1, new Action.MoveCursor(0, null, Position.OWN))
                        .pull(1, 0, Position.OWN, 2);
            }
        });
    }

    private void filters() {
        example("filters", List.of(Feature.FILTERS), draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 2)).push(0, 0, puts(draft, 0, POSTS, 60))
                    .push(0, 0, puts(draft, 0, KV, 4)).push(0, 0, puts(draft, 0, "messages", 20));
            for (int limit : new int[] {1, 2, 3, 6, 7, 50}) {
                draft.drain(1, 0, Position.START, limit, KV).drain(1, 0, Position.START, limit, KV, "messages");
            }
            draft.drain(1, 0, Position.OWN, 2, KV).drain(1, 0, Position.OWN, 2, KV).push(0, 0, draft.put(0, KV, 9, 1))
                    .drain(1, 0, Position.OWN, 2, KV).drain(1, 0, Position.START, 5, "projects");
        });
        example("odd-filters", List.of(Feature.FILTERS, Feature.MALFORMED), draft -> {
            draft.push(0, 0, draft.put(0, KV, 0, 1), draft.put(0, POSTS, 0, 1)).pull(0, 0, Position.START, 10, KV);
            for (String table : List.of("nope", "k_", "k%", "kv' OR '1'='1", "KV", "kv ", "")) {
                draft.pull(0, 0, Position.START, 10, table);
            }
            draft.pull(draft.client(1, 0), 1, Position.START, 10, KV);
        });
    }

    private void snapshots() {
        List<Feature> snapshots = List.of(Feature.SNAPSHOTS);
        example("snapshot-pages", snapshots, draft -> {
            for (String table : context.sharedTables()) {
                draft.push(0, 0, draft.put(0, table, 0, 1), draft.put(0, table, 1, 1), draft.delete(0, table, 2, 1));
            }
            draft.push(1, 0, draft.delete(1, KV, 0, 2), draft.put(1, KV, 2, 2));
            for (int size = 1; size <= 6; size++) {
                draft.snapshot(1, 0, "pages-" + size, size, Reading.WHOLE);
            }
        });
        example("snapshot-of-one-key-in-every-table", snapshots, draft -> {
            for (String table : context.sharedTables()) {
                draft.push(0, 0, draft.put(0, table, 0, 1));
            }
            for (int size = 1; size <= 3; size++) {
                draft.snapshot(1, 0, "of-one-" + size, size, Reading.WHOLE);
            }
        });
        example("snapshot-pages-between-equal-keys", snapshots, draft -> {
            List<String> tables = context.sharedTables().stream().filter(name -> !name.equals("file_meta")).toList();
            for (int i = 0; i < tables.size(); i++) {
                draft.push(0, 0, draft.put(0, tables.get(i), i, 1), draft.put(0, tables.get(i), i + 1, 1));
            }
            for (int size = 1; size <= 5; size++) {
                draft.snapshot(1, 0, "stairs-" + size, size, Reading.WHOLE);
            }
        });
        example("snapshot-while-others-push", snapshots, draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 6)).snapshot(1, 0, "open", 2, Reading.FIRST);
            draft.push(0, 0, draft.put(0, KV, 5, 2), draft.delete(0, KV, 0, 2), draft.put(0, KV, 9, 1))
                    .snapshot(0, 0, "second", 3, Reading.FIRST).snapshot(1, 0, "open", 2, Reading.NEXT)
                    .push(0, 0, draft.put(0, POSTS, 0, 1)).snapshot(1, 0, "open", 2, Reading.REST)
                    .snapshot(0, 0, "second", 3, Reading.REST);
        });
        example("snapshot-then-pull", snapshots, draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 3)).push(0, 0, draft.delete(0, KV, 1, 2));
            int fresh = draft.client(0, 2);
            draft.snapshot(fresh, 0, "fresh", 2, Reading.WHOLE).push(0, 0, draft.put(0, KV, 1, 3))
                    .drain(fresh, 0, Position.HEAD, 2);
        });
        example("snapshot-tokens", snapshots, draft -> {
            int stranger = draft.client(1, 0);
            draft.push(0, 0, puts(draft, 0, KV, 4)).push(stranger, 1, puts(draft, stranger, KV, 4));
            draft.snapshot(0, 0, "genuine", 1, Reading.FIRST).snapshot(0, 0, "genuine", 1, Reading.NEXT)
                    .snapshot(0, 0, "made-up", 1, Reading.FORGED).snapshot(stranger, 1, "genuine", 1, Reading.NEXT)
                    .snapshot(0, 0, "genuine", 1, Reading.REST).snapshot(0, 0, "empty-after", 1, Reading.WHOLE);
        });
        example("snapshot-raced", List.of(Feature.SNAPSHOTS, Feature.RACES), draft -> {
            draft.push(0, 0, puts(draft, 0, KV, 5));
            draft.sideBySide();
            for (int round = 0; round < 12; round++) {
                draft.then(0, new Action.Barrier(round)).push(0, 0, draft.put(0, KV, round % 5, round + 2),
                        draft.put(0, KV, (round + 1) % 5, round + 2));
                draft.then(1, new Action.Barrier(round)).snapshot(1, 0, "raced-" + round, 2, Reading.WHOLE);
            }
        });
    }

    private void privateRows() {
        String table = PlanContext.PRIVATE_TABLE;
        example("private-rows", List.of(Feature.PRIVATE_ROWS), draft -> {
            int mine = 0;
            int myOther = draft.client(0, 2);
            draft.push(mine, 0, draft.put(mine, table, 0, 1)).push(1, 0, draft.put(1, table, 1, 1), draft.put(1, KV, 0, 1));
            draft.drain(myOther, 0, Position.START, 1).drain(1, 0, Position.START, 1).drain(1, 0, Position.START, 5, table);
            draft.pushOnly(1, 0, List.of(draft.put(1, table, 0, 9))).pushOnly(1, 0, List.of(draft.delete(1, table, 0, 9)))
                    .drain(myOther, 0, Position.START, 10);
            draft.push(mine, 0, draft.put(mine, table, 0, 2)).push(mine, 0, draft.delete(mine, table, 0, 3))
                    .drain(myOther, 0, Position.START, 10).snapshot(1, 0, "theirs", 10, Reading.WHOLE);
        });
    }

    private void restarts() {
        List<Feature> restarts = List.of(Feature.RESTARTS);
        Action restart = new Action.Restart();
        example("restart", restarts, draft -> {
            PlannedOperation[] ops = puts(draft, 0, KV, 4);
            draft.push(0, 0, ops).push(1, 0, draft.delete(1, KV, 0, 2)).then(1, new Action.MoveCursor(0, null, version(2)));
            draft.oneByOne().then(0, restart).oneByOne();
            draft.drain(1, 0, Position.START, 2).inspect(0, 0, KV, 0).pushOnly(0, 0, List.of(ops))
                    .push(0, 0, draft.put(0, KV, 5, 1), draft.put(0, KV, 0, 1)).inspect(0, 0, KV, 0);
            draft.oneByOne().then(0, restart).oneByOne().then(0, restart).oneByOne();
            draft.push(1, 0, draft.put(1, KV, 6, 1)).pushOnly(0, 0, List.of(ops[1]));
        });
        example("restart-after-refusals", List.of(Feature.RESTARTS, Feature.MALFORMED), draft -> {
            PlannedOperation twin = draft.put(0, KV, 0, 1);
            draft.push(0, 0, twin).pushOnly(0, 0, List.of(Malformed.notJudgedByStamp(draft, twin).get(0)));
            draft.oneByOne().then(0, restart).oneByOne();
            draft.push(0, 0, draft.put(0, KV, 1, 1)).pushOnly(0, 0, List.of(twin));
        });
    }

    /** A log written under the schema before this one, read under this one (WIRE-05); runs on a target of its own. */
    static Plan grownSchema(PlanContext context) {
        int now = context.schema().version();
        PlanContext before = context.withSchema(context.schema().asOf(now - 1));
        Draft old = new Draft("example/grown-schema", 0, -1, before, null);
        Draft grown = new Draft("example/grown-schema", 0, -1, context, null);
        for (String table : before.schema().tableNames()) {
            old.push(0, 0, old.put(0, table, 0, 1), old.put(0, table, 1, 1), old.delete(0, table, 1, 2));
        }
        old.oneByOne().then(0, new Action.Reopen(now)).oneByOne();
        old.drain(1, 0, Position.START, 3).inspect(0, 0, KV, 0);
        for (int i = 0; i < 1000; i++) {
            grown.next();
        }
        for (String table : context.schema().tableNames()) {
            old.push(0, 0, grown.put(0, table, 0, 5), grown.put(0, table, 2, 5));
        }
        return old.finish();
    }
}
