package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Draft.Pushed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a generated plan draws from: a few tables and keys, one style of stamps, page sizes, and the features that are
 * switched on. Its acts append to the draft; which of them come, and how often, is up to the kinds of plans.
 */
final class Swarm {
    private static final int DEVICES = 4;
    private static final int LARGE = 100;

    final Draft draft;
    final Dice dice;
    final PlanContext context;
    private final List<String> tables;
    private final List<String> keys;
    private final Stamps stamps;
    private final boolean nearIds;
    /** Whether each table has two keys only, and shares one with the next: pages then end between equal keys. */
    private final boolean staircase;

    /**
     * @param features those that the kind of plan can use; a part of them is switched on
     */
    Swarm(Draft draft, Dice dice, List<Feature> features) {
        this.draft = draft;
        this.dice = dice;
        this.context = draft.context;
        for (Feature feature : features) {
            if (context.allows(feature) && dice.percent(55)) {
                draft.uses(feature);
            }
        }
        this.staircase = dice.percent(20);
        List<String> names = new ArrayList<>(dice.some(context.sharedTables(), staircase ? 5 : 3));
        if (staircase) {
            names.remove("file_meta");
            names.sort(Comparator.naturalOrder());
        }
        if (names.isEmpty()) {
            names.add("kv");
        }
        if (context.schema().table(PlanContext.PRIVATE_TABLE).isPresent() && dice.percent(30)) {
            names.add(PlanContext.PRIVATE_TABLE);
        }
        this.tables = List.copyOf(names);
        this.keys = staircase ? List.of("${run}-k0", "${run}-k1", "${run}-k2", "${run}-k3", "${run}-k4", "${run}-k5")
                : Keys.draw(dice);
        this.stamps = new Stamps(Stamps.draw(dice), dice);
        this.nearIds = dice.percent(40);
    }

    boolean has(Feature feature) {
        return draft.has(feature);
    }

    String table() {
        return dice.pick(tables);
    }

    List<String> tables() {
        return tables;
    }

    /** A client of a workspace. */
    int client(int space) {
        return draft.client(space, dice.below(DEVICES));
    }

    int space() {
        return dice.percent(70) ? 0 : 1;
    }

    /** A write of a client in its own workspace, of a record that others write too. */
    PlannedOperation write(int client) {
        String table = table();
        return write(client, table, key(client, table, keyOf(table)));
    }

    private int keyOf(String table) {
        int step = tables.indexOf(table);
        return staircase && step + 1 < keys.size() ? step + dice.below(2) : dice.below(keys.size());
    }

    private PlannedOperation write(int client, String table, String pk) {
        String opId = draft.opId(nearIds ? 0 : dice.below(1 << 28));
        PlannedOperation rival = has(Feature.TIES) && dice.percent(20) ? rival(client, table, pk) : null;
        long clock = rival == null ? stamps.clock() : rival.clock();
        String hlc = rival == null || !context.is11() && dice.percent(50) ? stamps.hlc() : rival.hlc();
        Dice rich = has(Feature.RICH_PAYLOADS) && dice.percent(60) ? dice : null;
        PlannedOperation op = has(Feature.DELETES) && dice.percent(30)
                ? new PlannedOperation(opId, table, "delete", pk, null, draft.cast(client).device(), hlc, clock)
                : draft.put(client, opId, table, pk, clock, hlc, rich);
        return draft.untied(draft.cast(client).space(), op);
    }

    /** A write of the same record, whose stamp may be taken over. */
    private PlannedOperation rival(int client, String table, String pk) {
        List<Pushed> known = draft.pushed();
        for (int i = known.size() - 1; i >= 0 && i > known.size() - 30; i--) {
            PlannedOperation op = known.get(i).operation();
            if (known.get(i).space() == draft.cast(client).space() && op.table().equals(table) && op.pk().equals(pk)) {
                return op;
            }
        }
        return null;
    }

    /** A write of a record that all members see, so that each of them may send it. */
    PlannedOperation sharedWrite(int client) {
        String table = dice.pick(tables.stream().filter(name -> !name.equals(PlanContext.PRIVATE_TABLE)).toList());
        return write(client, table, Keys.in(table, keys, keyOf(table)));
    }

    /** A write of one record, by whichever client. */
    PlannedOperation writeOf(int client, String table, int key) {
        return write(client, table, key(client, table, key));
    }

    /** A write of a record that nobody else writes. */
    PlannedOperation fresh(int client) {
        String table = table();
        String pk = table.equals("file_meta") ? Keys.plain(table, 1000 + draft.next()) : "${run}-f" + draft.next();
        return write(client, table, pk);
    }

    /** A put in a table that all members see. */
    PlannedOperation plainPut(int client) {
        String table = tables.get(0);
        return draft.untied(draft.cast(client).space(), draft.put(client, draft.opId(0), table,
                Keys.in(table, keys, keyOf(table)), stamps.clock(), stamps.hlc(), null));
    }

    int keys() {
        return keys.size();
    }

    /** A look at one of the records that are written. */
    void inspect(int space) {
        String table = table();
        inspect(space, client(space), table, keyOf(table));
    }

    void inspect(int space, int client, String table, int key) {
        draft.then(client, new Action.Inspect(space, table, key(client, table, key)));
    }

    /** An operation that was pushed before and that every member may send; a new one if there is none. */
    PlannedOperation sharedPushed(int client) {
        List<Pushed> known = in(draft.cast(client).space()).stream().filter(old -> !isPrivate(old.operation())).toList();
        return known.isEmpty() ? sharedWrite(client) : dice.pick(known).operation();
    }

    /** Rows may be private: each member has records of their own, unless it is the point to write another's. */
    private String key(int client, String table, int key) {
        if (!table.equals(PlanContext.PRIVATE_TABLE)) {
            return Keys.in(table, keys, key);
        }
        int member = draft.cast(client).member();
        boolean another = has(Feature.PRIVATE_ROWS) && dice.percent(15);
        return "${run}-of" + (another ? 1 - member : member) + "-k" + key;
    }

    void push(int space) {
        int client = client(space);
        List<PlannedOperation> batch = new ArrayList<>();
        int size = dice.percent(60) ? 1 : dice.between(2, 6);
        if (has(Feature.LARGE_BATCHES) && dice.percent(8)) {
            size = Math.min(LARGE, context.limits().opsPerPush());
        }
        for (int i = 0; i < Math.min(size, context.limits().opsPerPush()); i++) {
            batch.add(write(client));
        }
        draft.push(client, space, batch, dice.percent(25));
    }

    void emptyPush(int space) {
        draft.pushOnly(client(space), space, List.of());
    }

    /** Operations again: alone, from another device, among new ones, twice in a batch, or with their keys in other order. */
    void replay(int space) {
        List<Pushed> known = in(space);
        if (known.isEmpty()) {
            push(space);
            return;
        }
        int at = dice.below(dice.percent(40) ? Math.max(1, known.size() / 4) : known.size());
        Pushed old = known.get(at);
        int client = replayer(old);
        switch (dice.below(5)) {
            case 0 -> draft.pushOnly(client, space, List.of(old.operation()));
            case 1 -> draft.pushOnly(client, space, List.of(Replays.reordered(old.operation())));
            case 2 -> {
                PlannedOperation before = write(client);
                PlannedOperation after = write(client);
                draft.push(client, space, List.of(before, after)).pushOnly(client, space,
                        List.of(after, old.operation(), before, write(client)));
            }
            case 3 -> {
                PlannedOperation op = write(client);
                draft.push(client, space, List.of(op, write(client), op));
            }
            default -> {
                List<PlannedOperation> run = new ArrayList<>();
                for (int i = at; i < known.size() && run.size() < Math.min(20, context.limits().opsPerPush()); i++) {
                    Pushed next = known.get(i);
                    if (next.client() == old.client() && (client == old.client() || !isPrivate(next.operation()))) {
                        run.add(next.operation());
                    }
                }
                draft.pushOnly(client, space, run);
            }
        }
    }

    /** Another device may send an operation again, of a private row one of the same user. */
    private int replayer(Pushed old) {
        return isPrivate(old.operation()) || dice.percent(50) ? old.client() : client(old.space());
    }

    private static boolean isPrivate(PlannedOperation op) {
        return op.table().equals(PlanContext.PRIVATE_TABLE);
    }

    private List<Pushed> in(int space) {
        return draft.pushed().stream().filter(old -> old.space() == space).toList();
    }

    /** A known op id with other content. */
    void conflict(int space) {
        List<Pushed> known = in(space).stream().filter(old -> !isPrivate(old.operation())).toList();
        if (!known.isEmpty()) {
            Pushed old = dice.pick(known);
            PlannedOperation other = dice.pick(Replays.conflicting(draft, space, old.operation()));
            draft.pushOnly(old.client(), space, dice.percent(70) ? List.of(other) : List.of(other, write(old.client())));
        }
    }

    /** An op id that is known in the other workspace. */
    void reuseElsewhere(int space) {
        List<Pushed> known = in(1 - space).stream().filter(old -> !isPrivate(old.operation())).toList();
        if (!known.isEmpty()) {
            draft.push(client(space), space, draft.untied(space, dice.pick(known).operation()));
        }
    }
}
