package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.List;

/** Requests of generated plans that should be refused; each goes beside a twin that is accepted. */
final class Refusals {
    private final Swarm swarm;
    private final Draft draft;
    private final Dice dice;

    Refusals(Swarm swarm) {
        this.swarm = swarm;
        this.draft = swarm.draft;
        this.dice = swarm.dice;
    }

    /** A broken operation: alone, or among valid ones, which are then pushed again as they are. */
    void operation(int space) {
        int client = swarm.client(space);
        PlannedOperation twin = swarm.plainPut(client);
        draft.push(client, space, twin);
        PlannedOperation broken = dice.pick(Malformed.operations(draft, space, twin));
        if (dice.percent(40)) {
            draft.pushOnly(client, space, List.of(broken));
        } else {
            List<PlannedOperation> valid = new ArrayList<>();
            List<PlannedOperation> batch = new ArrayList<>();
            int at = dice.below(3);
            for (int i = 0; i < 3; i++) {
                valid.add(swarm.write(client));
                if (i == at) {
                    batch.add(broken);
                }
                batch.add(valid.get(i));
            }
            draft.pushOnly(client, space, batch);
            if (dice.percent(70)) {
                draft.push(client, space, valid);
            }
        }
        draft.push(client, space, swarm.write(client));
    }

    /** A payload that contradicts its key or its workspace. */
    void contradiction(int space) {
        int client = swarm.client(space);
        PlannedOperation twin = swarm.plainPut(client);
        String other = Keys.plain(twin.table(), 900);
        draft.push(client, space, twin);
        PlannedOperation made = swarm.plainPut(client);
        if (made.payload() != null) {
            draft.pushOnly(client, space, List.of(
                    draft.untied(space, dice.pick(Malformed.contradicting(draft, made, other, 1 - space)))));
        }
    }

    /** A call whose shape is wrong, after one of the same method whose shape is right. */
    void call(int space) {
        int client = swarm.client(space);
        List<Malformed.RawCall> calls = Malformed.calls(draft, space, draft.cast(client).device());
        Malformed.RawCall call = dice.pick(calls);
        Malformed.RawCall twin = calls.stream().filter(it -> it.method().equals(call.method())).findFirst().orElseThrow();
        draft.then(client, new Action.Raw(space, "sync", twin.method(), twin.input()));
        draft.then(client, new Action.Raw(space, "sync", call.method(), call.input()));
    }

    void cursor(int space) {
        int client = swarm.client(space);
        draft.then(client, new Action.MoveCursor(space, null, Position.START))
                .then(client, dice.percent(50) ? new Action.MoveCursor(space, "", Position.START)
                        : new Action.MoveCursor(space, null, Examples.version(-1)));
    }

    void retention(int space) {
        boolean tombstones = dice.percent(50);
        int owner = draft.client(space, 0);
        draft.then(owner, new Action.Collect(space, tombstones, draft.context.retention(), false))
                .then(owner, new Action.Collect(space, tombstones, -dice.between(1, 3600), false));
    }

    /** A session of one workspace asks for another. */
    void foreignScope(int space) {
        int stranger = swarm.client(1 - space);
        int owner = draft.client(space, 0);
        switch (dice.below(5)) {
            case 0 -> {
                draft.push(owner, space, swarm.write(owner)).pull(owner, space, Position.START, 10)
                        .pull(stranger, space, Position.START, 10);
            }
            case 1 -> draft.then(owner, new Action.MoveCursor(space, null, Position.START))
                    .then(stranger, new Action.MoveCursor(space, null, Position.START));
            case 2 -> draft.snapshot(owner, space, "own" + draft.next(), 5, Action.Reading.FIRST)
                    .snapshot(stranger, space, "foreign" + draft.next(), 5, Action.Reading.FIRST);
            default -> draft.push(owner, space, swarm.write(owner))
                    .pushOnly(stranger, space, List.of(swarm.fresh(stranger)));
        }
    }

    /** Payloads near the limit, and beyond where one is declared. */
    void size(int space) {
        int client = swarm.client(space);
        int limit = draft.context.limits().payloadBytes();
        boolean wide = dice.percent(50);
        String pk = "${run}-large" + draft.next();
        draft.push(client, space, Sizes.put(draft, client, pk, 1, limit / 100 * dice.between(80, 94), wide));
        if (draft.context.limits().maxPayloadBytes() != null) {
            draft.pushOnly(client, space,
                    List.of(Sizes.put(draft, client, pk, 2, limit / 100 * dice.between(107, 250), wide)));
        }
    }

    /** A batch as large as declared, and one that is larger. */
    void batch(int space) {
        Integer cap = draft.context.limits().maxOpsPerPush();
        if (cap == null || cap > 1000) {
            return;
        }
        int client = swarm.client(space);
        for (int size : new int[] {cap, cap + 1}) {
            List<PlannedOperation> ops = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                ops.add(swarm.plainPut(client));
            }
            if (size == cap) {
                draft.push(client, space, ops);
            } else {
                draft.pushOnly(client, space, ops);
            }
        }
    }
}
