package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Generated plans in which the provider is killed while clients push, pull and move cursors: several times, each at a drawn
 * moment. Then all is replayed, read as every member, and written on.
 */
final class KillPlans {
    private static final List<Feature> FEATURES = List.of(Feature.TIES, Feature.DELETES, Feature.REPLAYS, Feature.TINY_PAGES,
            Feature.CURSORS, Feature.SNAPSHOTS, Feature.INSPECTIONS, Feature.PRIVATE_ROWS, Feature.RICH_PAYLOADS);
    private static final int SEEDED = 4;
    /** More threads than cores, so that some are in the middle of a call when another is stopped. */
    private static final int CLIENTS_AT_LEAST = 4;
    /** A call within this JVM takes microseconds, one to a process milliseconds: moments fit for both. */
    private static final List<Integer> MICROS = List.of(0, 3, 10, 30, 100, 1000);
    private static final int LEFT_OPEN_PERCENT = 50;

    private final Draft draft;
    private final Dice dice;
    private final Swarm swarm;
    private final Readings readings;
    private final List<Integer> clients = new ArrayList<>();
    private final int killer;

    private KillPlans(Draft draft, Dice dice) {
        this.draft = draft;
        this.dice = dice;
        this.swarm = new Swarm(draft, dice, FEATURES);
        this.readings = new Readings(swarm);
        draft.uses(Feature.KILLS);
        int count = Math.max(CLIENTS_AT_LEAST, draft.context.clients());
        for (int i = 0; i < count; i++) {
            clients.add(i % 3 == 2 ? draft.client(1, i / 3) : draft.client(0, i - i / 3));
        }
        killer = draft.client(1, count);
    }

    static Plan killing(Draft draft, Dice dice) {
        return new KillPlans(draft, dice).run();
    }

    private Plan run() {
        for (int space = 0; space < 2; space++) {
            int owner = draft.client(space, 0);
            List<PlannedOperation> seeds = new ArrayList<>();
            for (int i = 0; i < SEEDED; i++) {
                seeds.add(swarm.sharedWrite(owner));
            }
            draft.push(owner, space, seeds);
        }
        int loads = dice.between(1, 2);
        for (int i = 0; i < loads; i++) {
            load(dice.between(1, 2));
            afterwards();
        }
        return draft.finish();
    }

    /** Clients side by side, and one that does nothing but kill. */
    private void load(int kills) {
        draft.sideBySide();
        int rounds = dice.between(4, 8) * kills;
        for (int round = 0; round < rounds; round++) {
            clients.forEach(this::act);
        }
        int calls = rounds * clients.size();
        for (int kill = 0; kill < kills; kill++) {
            int from = calls * kill / kills;
            draft.then(killer, new Action.Kill(from + dice.between(1, Math.max(1, calls * 3 / 4 / kills)), dice.pick(MICROS)));
        }
        draft.oneByOne();
    }

    private void act(int client) {
        int space = draft.cast(client).space();
        switch (dice.below(12)) {
            case 0 -> draft.then(client, new Action.Pull(space, Position.OWN, readings.limit(), null));
            case 1 -> draft.drain(client, space, Position.START, dice.between(5, 50));
            case 2 -> draft.then(client, new Action.MoveCursor(space, null, Position.OWN));
            case 3 -> draft.pushOnly(client, space, List.of(swarm.sharedPushed(client)));
            case 4 -> draft.snapshot(client, space, "at-" + draft.next(), dice.between(2, 10), Action.Reading.WHOLE);
            default -> batch(client, space);
        }
    }

    private void batch(int client, int space) {
        List<PlannedOperation> batch = new ArrayList<>();
        int size = Math.min(dice.percent(20) ? 1 : dice.between(2, 8), draft.context.limits().opsPerPush());
        for (int i = 0; i < size; i++) {
            batch.add(swarm.write(client));
        }
        draft.push(client, space, batch, dice.percent(LEFT_OPEN_PERCENT));
    }

    /** What the provider has kept is read, some of it sent again, and the count goes on. */
    private void afterwards() {
        for (int space = 0; space < 2; space++) {
            draft.drain(swarm.client(space), space, Position.START, dice.between(20, 100));
            if (dice.percent(70)) {
                swarm.replay(space);
            }
            swarm.push(space);
        }
    }
}
