package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Action.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Small scopes tried in full: every order of three writes of one record, every page size over twelve changes, every cursor
 * around a collection. The same for every seed.
 */
public final class ExhaustivePlans {
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    /** How three writes are put into batches: sizes. */
    private static final int[][] BATCHINGS = {{1, 1, 1}, {1, 2}, {2, 1}, {3}};
    private static final int CHANGES = 12;
    private static final List<String> TABLES = List.of("kv", "posts", "messages");

    /** The stamp of one of three writes, by its rank among op ids. */
    private record Mark(long clock, String hlc) {
    }

    private static final List<List<Mark>> UNTIED = List.of(
            List.of(new Mark(1, "b"), new Mark(2, "b"), new Mark(3, "b")),
            List.of(new Mark(9, "b"), new Mark(10, "b"), new Mark(100, "b")),
            List.of(new Mark(1, "c"), new Mark(2, "b"), new Mark(3, "a")),
            List.of(new Mark(2, "1000-0-a"), new Mark(2, "999-0-a"), new Mark(2, "B")),
            List.of(new Mark(1, "z"), new Mark(2, "a"), new Mark(2, "b")),
            List.of(new Mark(2, "a"), new Mark(2, "b"), new Mark(1, "z")));
    private static final List<List<Mark>> TIED = List.of(
            List.of(new Mark(2, "t"), new Mark(2, "t"), new Mark(2, "t")),
            List.of(new Mark(2, "t"), new Mark(2, "t"), new Mark(1, "u")),
            List.of(new Mark(2, "s"), new Mark(2, "t"), new Mark(2, "t")));

    private ExhaustivePlans() {
    }

    /** Those that leave provider time alone. */
    public static List<Plan> still(PlanContext context) {
        List<Plan> plans = new ArrayList<>();
        for (int order = 0; order < ORDERS.length; order++) {
            for (int batching = 0; batching < BATCHINGS.length; batching++) {
                plans.add(writes(context, order, batching));
            }
        }
        plans.addAll(pages(context));
        return List.copyOf(plans);
    }

    /** Those that move provider time, and so run alone. */
    public static List<Plan> moving(PlanContext context) {
        List<Plan> plans = new ArrayList<>();
        if (context.allows(Feature.COLLECTIONS) && context.allows(Feature.CLOCK_JUMPS)) {
            for (int cursor = 0; cursor <= 6; cursor++) {
                plans.add(cursor(context, cursor));
            }
        }
        return List.copyOf(plans);
    }

    private static Draft draft(PlanContext context, String name) {
        return new Draft("exhaustive/" + name, 0, -1, context, null);
    }

    /** Puts and deletes in all combinations, each on a record of its own, arriving in one order and one batching. */
    private static Plan writes(PlanContext context, int order, int batching) {
        Draft draft = draft(context, "writes-" + order + "-" + batching);
        draft.uses(Feature.DELETES);
        List<List<Mark>> patterns = new ArrayList<>(UNTIED);
        if (context.is11()) {
            draft.uses(Feature.TIES);
            patterns.addAll(TIED);
        }
        int key = 0;
        for (List<Mark> marks : patterns) {
            for (int kinds = 0; kinds < 8; kinds++) {
                List<PlannedOperation> ops = new ArrayList<>();
                for (int rank : ORDERS[order]) {
                    ops.add(write(draft, marks.get(rank), rank, (kinds >> rank & 1) == 1, key));
                }
                int from = 0;
                for (int size : BATCHINGS[batching]) {
                    draft.push(from % 2, 0, ops.subList(from, from + size));
                    from += size;
                }
                key++;
            }
        }
        return draft.finish();
    }

    private static PlannedOperation write(Draft draft, Mark mark, int rank, boolean delete, int key) {
        String pk = Keys.plain("kv", key);
        PlannedOperation op = draft.put(0, draft.opId(rank), "kv", pk, mark.clock(), mark.hlc(), null);
        return delete ? new PlannedOperation(op.opId(), "kv", "delete", pk, null, op.deviceId(), op.hlc(), op.clock()) : op;
    }

    /** Twelve changes of three tables, drained with every page size from the start, and looked at from every cursor. */
    private static List<Plan> pages(PlanContext context) {
        List<List<String>> filters = List.of(List.of(), List.of("kv"), List.of("posts"), List.of("kv", "messages"));
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            String[] filter = filters.get(i).toArray(String[]::new);
            Draft draft = twelve(draft(context, "pages-" + i));
            draft.uses(Feature.TINY_PAGES);
            for (int limit = 1; limit <= CHANGES + 1; limit++) {
                draft.drain(1, 0, Position.START, limit, filter);
            }
            for (int cursor = 0; cursor <= CHANGES; cursor++) {
                for (int limit : new int[] {1, 3, CHANGES}) {
                    draft.pull(1, 0, Examples.version(cursor), limit, filter);
                }
            }
            plans.add(draft.finish());
        }
        if (context.allows(Feature.SNAPSHOTS)) {
            Draft draft = twelve(draft(context, "snapshot-pages"));
            for (int size = 1; size <= CHANGES + 1; size++) {
                draft.snapshot(1, 0, "size-" + size, size, Reading.WHOLE);
            }
            plans.add(draft.finish());
        }
        return plans;
    }

    private static Draft twelve(Draft draft) {
        // A long stretch of one table, alternation, and tables whose last change lies before the end.
        String pattern = "001111020210";
        for (int i = 0; i < CHANGES; i++) {
            String table = TABLES.get(pattern.charAt(i) - '0');
            draft.push(0, 0, i % 5 == 3 ? draft.delete(0, table, i / 2, 2) : draft.put(0, table, i / 2, 1 + i % 2));
        }
        return draft;
    }

    /** A log of six, collected while one device stands at the given version, and looked at from every version. */
    private static Plan cursor(PlanContext context, int cursor) {
        Draft draft = draft(context, "collection-behind-" + cursor);
        List.of(Feature.COLLECTIONS, Feature.CLOCK_JUMPS, Feature.CURSORS).forEach(draft::uses);
        draft.push(0, 0, Examples.puts(draft, 0, "kv", 4)).push(0, 0, draft.delete(0, "kv", 1, 2), draft.put(0, "kv", 0, 3));
        draft.drain(0, 0, Position.OWN, 50);
        Action lagging = new Action.MoveCursor(0, null, Examples.version(cursor));
        Action head = new Action.MoveCursor(0, null, Position.OWN);
        draft.then(0, head).then(1, lagging).then(0, new Action.AdvanceClock(context.retention() + 120)).then(0, head)
                .then(1, lagging).then(0, new Action.Collect(0, false, context.retention(), true))
                .then(0, new Action.Collect(0, true, context.retention(), true));
        for (int from = 0; from <= 6; from++) {
            draft.pull(1, 0, Examples.version(from), 2).pull(1, 0, Examples.version(from), 50);
        }
        draft.push(0, 0, draft.put(0, "kv", 7, 1)).drain(1, 0, Examples.version(cursor), 2);
        return draft.finish();
    }
}
