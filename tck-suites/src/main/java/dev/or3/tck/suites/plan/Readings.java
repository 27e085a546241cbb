package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Base;
import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Action.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What generated plans read, and where their devices say they are. */
final class Readings {
    /** Further than any plan's log goes. */
    private static final long BEYOND = 1_000_000;

    private record Opened(String handle, int space, int client, int pageSize) {
    }

    private final Swarm swarm;
    private final Draft draft;
    private final Dice dice;
    private final List<Opened> snapshots = new ArrayList<>();

    Readings(Swarm swarm) {
        this.swarm = swarm;
        this.draft = swarm.draft;
        this.dice = swarm.dice;
    }

    void pull(int space) {
        draft.then(swarm.client(space), new Action.Pull(space, from(), limit(), filter()));
    }

    void drain(int space) {
        draft.then(swarm.client(space), new Action.Drain(space, dice.percent(50) ? Position.OWN : Position.START, limit(),
                filter()));
    }

    private Position from() {
        int kind = dice.below(10);
        return kind < 5 ? Position.OWN : kind < 8 ? Examples.version(dice.below(12)) : kind < 9 ? Position.HEAD
                : new Position(Base.HEAD, BEYOND);
    }

    int limit() {
        int cap = draft.context.limits().pullLimit();
        return Math.min(cap, swarm.has(Feature.TINY_PAGES) && dice.percent(80) ? dice.between(1, 4)
                : dice.percent(20) ? cap : dice.between(5, 100));
    }

    List<String> filter() {
        if (!swarm.has(Feature.FILTERS) || dice.percent(40)) {
            return null;
        }
        return dice.percent(80) ? dice.some(swarm.tables(), 2) : List.of(dice.pick(draft.context.sharedTables()));
    }

    /** Limits at the edges: 0, negative, beyond the cap. */
    void oddLimit(int space) {
        int client = swarm.client(space);
        Integer cap = draft.context.limits().maxPullLimit();
        List<Integer> odd = new ArrayList<>(List.of(0, -1));
        if (cap != null) {
            odd.add(cap + 1);
            odd.add(Integer.MAX_VALUE);
        }
        draft.pull(client, space, Position.START, 3).drain(client, space, Position.START, dice.pick(odd));
    }

    /** Filters that name no table, or only look like one. */
    void oddFilter(int space) {
        String real = swarm.table();
        draft.pull(swarm.client(space), space, Position.START, 50, dice.pick(List.of("nope", real.substring(0, 1) + "%",
                "_" + real.substring(1), real + "' OR '1'='1", real.toUpperCase(Locale.ROOT), real + " ")));
    }

    /** A device reads what there is, and says so. */
    void catchUp(int client) {
        int space = draft.cast(client).space();
        draft.drain(client, space, Position.OWN, Math.min(100, draft.context.limits().pullLimit()))
                .then(client, new Action.MoveCursor(space, null, Position.OWN));
    }

    /** Where a device stands, or once stood, or cannot stand. */
    void moveCursor(int space) {
        int client = swarm.client(space);
        switch (dice.below(6)) {
            case 0 -> {
                catchUp(client);
                draft.then(client, new Action.MoveCursor(space, null, Examples.version(dice.below(3))));
            }
            case 1 -> {
                catchUp(client);
                draft.then(client, new Action.MoveCursor(space, null, new Position(Base.OWN, BEYOND)));
            }
            case 2 -> catchUp(client);
            case 3 -> draft.then(client, new Action.MoveCursor(space, null, Position.START));
            default -> draft.then(client, new Action.MoveCursor(space, null, Position.OWN));
        }
    }

    void snapshot(int space) {
        int client = swarm.client(space);
        int kind = dice.below(8);
        if (snapshots.isEmpty() || kind < 3) {
            Opened opened = new Opened("s" + draft.next(), space, client, dice.percent(70) ? dice.between(1, 4) : 50);
            snapshots.add(opened);
            draft.snapshot(client, space, opened.handle(), opened.pageSize(), kind == 0 ? Reading.WHOLE : Reading.FIRST);
            return;
        }
        Opened opened = dice.pick(snapshots);
        switch (kind) {
            case 3 -> draft.snapshot(opened.client(), opened.space(), opened.handle(), opened.pageSize(), Reading.REST);
            case 4 -> draft.snapshot(swarm.client(1 - opened.space()), 1 - opened.space(), opened.handle(),
                    opened.pageSize(), Reading.NEXT);
            case 5 -> draft.snapshot(client, space, "f" + draft.next(), 5, Reading.FORGED);
            default -> draft.snapshot(opened.client(), opened.space(), opened.handle(), opened.pageSize(), Reading.NEXT);
        }
    }

    /** Pages of one snapshot with writes between them. */
    void disturbedSnapshot(int space) {
        int client = swarm.client(space);
        String handle = "d" + draft.next();
        int size = dice.between(1, 3);
        draft.snapshot(client, space, handle, size, Reading.FIRST);
        swarm.push(space);
        draft.snapshot(client, space, handle, size, Reading.NEXT);
        swarm.push(space);
        draft.snapshot(client, space, handle, size, Reading.REST);
    }

    /** A fresh device reads a snapshot, and goes on from there. */
    void bootstrap(int space) {
        int client = swarm.client(space);
        draft.snapshot(client, space, "b" + draft.next(), dice.between(1, 10), Reading.WHOLE)
                .drain(client, space, Position.HEAD, limit());
    }
}
