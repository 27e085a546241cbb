package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Generated plans whose clients run side by side: in rounds that a barrier aligns, or in one burst. With several instances,
 * neighbours among the clients are on different ones.
 */
final class SwarmRaces {
    private static final List<Feature> FEATURES = List.of(Feature.TIES, Feature.DELETES, Feature.REPLAYS, Feature.FILTERS,
            Feature.TINY_PAGES, Feature.CURSORS, Feature.SNAPSHOTS, Feature.INSPECTIONS, Feature.MALFORMED,
            Feature.RICH_PAYLOADS);
    private static final int SEEDED = 6;

    /** What meets. */
    enum Scene { REPLAY, CONFLICT, DISJOINT, ONE_KEY, TAIL, WHOLE_BATCHES, CURSORS, SNAPSHOTS, WORKSPACES, READERS, MIXED }

    private final Draft draft;
    private final Dice dice;
    private final Swarm swarm;
    private final Readings readings;
    private final List<Integer> clients = new ArrayList<>();

    private SwarmRaces(Draft draft, Dice dice) {
        this.draft = draft;
        this.dice = dice;
        this.swarm = new Swarm(draft, dice, FEATURES);
        this.readings = new Readings(swarm);
        draft.uses(Feature.RACES);
    }

    static Scene scene(PlanContext context, Dice dice) {
        List<Scene> scenes = new ArrayList<>(List.of(Scene.values()));
        scenes.addAll(List.of(Scene.REPLAY, Scene.ONE_KEY, Scene.TAIL));
        Scene scene = dice.pick(scenes);
        return scene == Scene.SNAPSHOTS && !context.allows(Feature.SNAPSHOTS) ? Scene.TAIL : scene;
    }

    static String name(Scene scene) {
        return scene.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Plan race(Scene scene, Draft draft, Dice dice) {
        return new SwarmRaces(draft, dice).run(scene);
    }

    /** A race over a line that loses, holds and doubles calls. */
    static Plan disturbed(Draft draft, Dice dice) {
        Scene scene = scene(draft.context, dice);
        SwarmRaces races = new SwarmRaces(draft, dice);
        draft.disturb(LinePlans.draw(dice));
        return races.run(scene);
    }

    private Plan run(Scene scene) {
        // Two threads on two cores collide best; more of them find what takes three.
        int count = dice.percent(60) ? 2 : dice.between(2, draft.context.clients());
        boolean both = scene == Scene.WORKSPACES || scene == Scene.READERS;
        for (int i = 0; i < count; i++) {
            clients.add(both ? draft.client(i % 2, i / 2) : draft.client(0, i));
        }
        for (int space = 0; space < 2; space++) {
            int owner = draft.client(space, 0);
            List<PlannedOperation> seeds = new ArrayList<>();
            for (int i = 0; i < SEEDED * (scene == Scene.READERS ? 4 : 1); i++) {
                seeds.add(swarm.sharedWrite(owner));
            }
            draft.push(owner, space, seeds);
        }
        draft.sideBySide();
        boolean burst = dice.percent(20);
        int rounds = dice.between(6, 60 / count);
        for (int round = 0; round < rounds; round++) {
            if (round == 0 || !burst) {
                for (int client : clients) {
                    draft.then(client, new Action.Barrier(round));
                }
            }
            round(scene, round);
        }
        draft.oneByOne();
        return draft.finish();
    }

    private void round(Scene scene, int round) {
        switch (scene) {
            case REPLAY -> replay();
            case CONFLICT -> conflict();
            case DISJOINT -> clients.forEach(this::batch);
            case ONE_KEY -> oneKey(round);
            case TAIL -> tail();
            case WHOLE_BATCHES -> wholeBatches();
            case CURSORS -> cursors(round);
            case SNAPSHOTS -> snapshots(round);
            case WORKSPACES -> clients.forEach(this::pushAndPull);
            case READERS -> clients.forEach(this::read);
            case MIXED -> clients.forEach(this::any);
        }
    }

    private int space(int client) {
        return draft.cast(client).space();
    }

    /** All push the same, alone or with something of their own before or after it. */
    private void replay() {
        List<PlannedOperation> same = new ArrayList<>();
        int size = dice.percent(60) ? 1 : dice.between(2, 4);
        for (int i = 0; i < size; i++) {
            same.add(shared());
        }
        for (int client : clients) {
            List<PlannedOperation> batch = new ArrayList<>(dice.percent(80) ? same : dice.shuffled(same));
            if (dice.percent(25)) {
                batch.add(dice.below(batch.size() + 1), swarm.write(client));
            }
            draft.push(client, space(client), batch, dice.percent(10));
        }
    }

    /** A write that all may send; some are so long that a call takes a while, and calls meet for longer. */
    private PlannedOperation shared() {
        if (dice.percent(65)) {
            return swarm.sharedWrite(clients.get(0));
        }
        int bytes = Math.min(dice.pick(List.of(1_000, 4_000, 12_000)), draft.context.limits().payloadBytes() / 2);
        return Sizes.put(draft, clients.get(0), "${run}-long" + dice.below(3), draft.next(), bytes, false);
    }

    /** One op id, but not one content. */
    private void conflict() {
        PlannedOperation op = swarm.sharedWrite(clients.get(0));
        List<PlannedOperation> others = Replays.conflicting(draft, 0, op);
        for (int i = 0; i < clients.size(); i++) {
            draft.push(clients.get(i), 0, i == 0 ? op : dice.pick(others));
        }
    }

    private void batch(int client) {
        List<PlannedOperation> batch = new ArrayList<>();
        int size = dice.percent(50) ? 1 : dice.between(2, 5);
        for (int i = 0; i < size; i++) {
            batch.add(swarm.write(client));
        }
        draft.push(client, space(client), batch, dice.percent(25));
        if (swarm.has(Feature.MALFORMED) && dice.percent(20)) {
            PlannedOperation twin = swarm.plainPut(client);
            draft.push(client, space(client), twin).pushOnly(client, space(client),
                    List.of(swarm.write(client), dice.pick(Malformed.notJudgedByStamp(draft, twin)), swarm.write(client)));
        }
    }

    private void oneKey(int round) {
        String table = swarm.tables().get(0);
        int key = round / 3 % swarm.keys();
        for (int client : clients) {
            draft.push(client, 0, swarm.writeOf(client, table, key));
            if (swarm.has(Feature.INSPECTIONS) && dice.percent(15)) {
                swarm.inspect(0, client, table, key);
            }
        }
    }

    /** The last one reads what the others write, page by page. */
    private void tail() {
        int reader = clients.get(clients.size() - 1);
        for (int client : clients.subList(0, clients.size() - 1)) {
            batch(client);
        }
        int pages = dice.between(2, 4);
        for (int i = 0; i < pages; i++) {
            draft.then(reader, new Action.Pull(0, Position.OWN, dice.between(1, 4), readings.filter()));
        }
    }

    /** Batches of some size beside a reader who would see half of one. */
    private void wholeBatches() {
        int reader = clients.get(clients.size() - 1);
        for (int client : clients.subList(0, clients.size() - 1)) {
            List<PlannedOperation> batch = new ArrayList<>();
            int size = Math.min(dice.between(6, 16), draft.context.limits().opsPerPush());
            for (int i = 0; i < size; i++) {
                batch.add(swarm.write(client));
            }
            if (swarm.has(Feature.MALFORMED) && dice.percent(25)) {
                batch.set(size - 1, dice.pick(Malformed.notJudgedByStamp(draft, swarm.plainPut(client))));
                draft.pushOnly(client, 0, batch);
            } else {
                draft.push(client, 0, batch);
            }
        }
        for (int i = 0; i < 3; i++) {
            draft.pull(reader, 0, Position.OWN, Math.min(50, draft.context.limits().pullLimit()));
        }
    }

    /** Cursor updates, of one device by two sessions of its user and of others, while all push and pull. */
    private void cursors(int round) {
        for (int i = 0; i < clients.size(); i++) {
            int client = clients.get(i);
            if ((i + round) % 2 == 0) {
                List<PlannedOperation> batch = new ArrayList<>();
                for (int op = dice.between(1, 8); op > 0; op--) {
                    batch.add(swarm.write(client));
                }
                draft.push(client, 0, batch);
                continue;
            }
            String shared = "shared-" + draft.cast(client).member();
            for (int moves = dice.between(1, 3); moves > 0; moves--) {
                switch (dice.below(3)) {
                    case 0 -> draft.then(client, new Action.MoveCursor(0, shared, Examples.version(dice.below(SEEDED + 1))));
                    case 1 -> draft.then(client, new Action.MoveCursor(0, null, Position.OWN));
                    default -> draft.pull(client, 0, Position.OWN, 3)
                            .then(client, new Action.MoveCursor(0, shared, Position.HEAD));
                }
            }
        }
    }

    private void snapshots(int round) {
        int reader = clients.get(clients.size() - 1);
        for (int client : clients.subList(0, clients.size() - 1)) {
            batch(client);
        }
        draft.snapshot(reader, 0, "race-" + round, dice.between(1, 4), Action.Reading.WHOLE);
        if (dice.percent(30)) {
            draft.pull(reader, 0, Position.HEAD, 3);
        }
    }

    private void pushAndPull(int client) {
        draft.push(client, space(client), swarm.write(client));
        if (dice.percent(60)) {
            draft.then(client, new Action.Pull(space(client), Position.OWN, dice.between(1, 5), readings.filter()));
        }
    }

    /** All read at once, from other places and with other filters. */
    private void read(int client) {
        draft.then(client, new Action.Pull(space(client), Examples.version(dice.below(2 * SEEDED)), dice.between(1, 20),
                readings.filter()));
        if (dice.percent(25)) {
            draft.push(client, space(client), swarm.write(client));
        }
        if (dice.percent(40)) {
            draft.drain(client, space(client), Position.START, dice.between(3, 30));
        }
    }

    private void any(int client) {
        switch (dice.below(6)) {
            case 0, 1 -> batch(client);
            case 2 -> draft.then(client, new Action.Pull(0, Position.OWN, readings.limit(), readings.filter()));
            case 3 -> draft.then(client, new Action.MoveCursor(0, null, Position.OWN));
            case 4 -> draft.pushOnly(client, 0, List.of(swarm.sharedPushed(client)));
            default -> draft.drain(client, 0, Position.START, 20);
        }
    }
}
