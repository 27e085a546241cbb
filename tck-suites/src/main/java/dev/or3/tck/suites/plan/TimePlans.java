package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.plan.Action.Position;
import dev.or3.tck.suites.plan.Action.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Generated plans that move provider time: collections among devices that keep up or lag behind, replays and page tokens
 * long after. After every jump each registered device shows a sign of life, and no jump ends near a boundary.
 */
final class TimePlans {
    private static final List<Feature> FEATURES = List.of(Feature.TIES, Feature.DELETES, Feature.REPLAYS,
            Feature.FILTERS, Feature.TINY_PAGES, Feature.SNAPSHOTS, Feature.INSPECTIONS);
    private static final long DAY = 24 * 3600;
    /** Seconds to stay clear of a boundary. */
    private static final long CLEAR = 120;

    /** What the passing of time meets. */
    enum Scene { COLLECTING, COLLECTING_RACED, MISLED, TOMBSTONES, LATE_REPLAYS, EXPIRED_TOKENS }

    private final Draft draft;
    private final Dice dice;
    private final Swarm swarm;
    private final Readings readings;
    private final long retention;
    private final Set<Integer> devices = new LinkedHashSet<>();

    private TimePlans(Draft draft, Dice dice) {
        this.draft = draft;
        this.dice = dice;
        this.swarm = new Swarm(draft, dice, FEATURES);
        this.readings = new Readings(swarm);
        this.retention = draft.context.retention();
        draft.uses(Feature.CLOCK_JUMPS);
    }

    static Scene scene(PlanContext context, Dice dice) {
        Scene scene = dice.pick(List.of(Scene.COLLECTING, Scene.COLLECTING, Scene.COLLECTING, Scene.COLLECTING, Scene.MISLED,
                Scene.MISLED, Scene.TOMBSTONES, Scene.TOMBSTONES, Scene.COLLECTING_RACED, Scene.COLLECTING_RACED,
                Scene.LATE_REPLAYS, Scene.EXPIRED_TOKENS));
        boolean possible = switch (scene) {
            case COLLECTING, COLLECTING_RACED, MISLED, TOMBSTONES -> context.allows(Feature.COLLECTIONS);
            case EXPIRED_TOKENS -> context.allows(Feature.SNAPSHOTS);
            case LATE_REPLAYS -> true;
        };
        return possible ? scene : Scene.LATE_REPLAYS;
    }

    static String name(Scene scene) {
        return scene.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Plan moving(Scene scene, Draft draft, Dice dice) {
        TimePlans plans = new TimePlans(draft, dice);
        if (draft.context.allows(Feature.LINE) && dice.percent(15)) {
            draft.disturb(LinePlans.draw(dice));
        }
        switch (scene) {
            case COLLECTING -> plans.collecting();
            case COLLECTING_RACED -> plans.collectingRaced();
            case TOMBSTONES -> plans.tombstones();
            case MISLED -> plans.misled();
            case LATE_REPLAYS -> plans.lateReplays();
            case EXPIRED_TOKENS -> plans.expiredTokens();
        }
        return draft.finish();
    }

    private void collecting() {
        draft.uses(Feature.COLLECTIONS);
        draft.uses(Feature.CURSORS);
        pushes(2, 6);
        register();
        List<SwarmPlans.Act> acts = acts();
        int steps = dice.between(6, 22);
        for (int i = 0; i < steps; i++) {
            dice.pick(acts).in(swarm.space());
        }
        if (dice.percent(70)) {
            devices.forEach(readings::catchUp);
        }
        jump(retention + CLEAR);
        collect(0, false, true);
        collect(0, true, true);
        lookFromEverywhere(0);
        pushes(1, 3);
        replayCollected();
    }

    /** Whose entry is gone may be logged again, but changes no record. */
    private void replayCollected() {
        List<Draft.Pushed> first = draft.pushed().stream().filter(old -> old.space() == 0).limit(8).toList();
        if (dice.percent(60)) {
            first.forEach(old -> draft.pushOnly(old.client(), 0, List.of(old.operation())));
        }
    }

    /** A collection after updates that must not have taken effect, while others have read everything. */
    private void misled() {
        draft.uses(Feature.COLLECTIONS);
        draft.uses(Feature.CURSORS);
        int keeper = draft.client(0, 0);
        devices.add(keeper);
        pushes(2, 4);
        readings.catchUp(keeper);
        if (dice.percent(40)) {
            jump(retention + CLEAR);
            backwards(0);
        } else {
            misleading(0);
            pushes(1, 3);
            readings.catchUp(keeper);
            jump(retention + CLEAR);
            if (draft.context.allows(Feature.RESTARTS) && dice.percent(30)) {
                restart();
            }
        }
        collect(0, false, true);
        if (dice.percent(50)) {
            collect(0, true, true);
        }
        lookFromEverywhere(0);
        replayCollected();
    }

    private List<SwarmPlans.Act> acts() {
        List<SwarmPlans.Act> acts = new ArrayList<>(List.of(swarm::push, swarm::push, swarm::push, swarm::push,
                readings::pull, readings::drain, space -> device(space), space -> device(space),
                space -> jump(dice.pick(jumps())), space -> jump(dice.pick(jumps())), space -> jump(dice.pick(jumps())),
                space -> collect(space, false, dice.percent(60)), space -> collect(space, false, dice.percent(60)),
                space -> collect(space, true, dice.percent(60)), space -> collect(space, true, dice.percent(60)),
                this::lookFromEverywhere, this::misleading, space -> {
                    backwards(space);
                    collect(space, false, true);
                }));
        if (swarm.has(Feature.REPLAYS)) {
            acts.add(swarm::replay);
        }
        if (swarm.has(Feature.SNAPSHOTS)) {
            acts.add(readings::bootstrap);
        }
        if (swarm.has(Feature.INSPECTIONS)) {
            acts.add(swarm::inspect);
        }
        return acts;
    }

    /** Seconds: some that make nothing old, some that make much old; no sum of a few comes near the retention. */
    private List<Long> jumps() {
        return List.of(47L, retention / 2 + 7, retention - CLEAR, retention + CLEAR, retention * 3 + 11);
    }

    private void jump(long seconds) {
        draft.then(0, new Action.AdvanceClock(seconds));
        for (int device : devices) {
            draft.then(device, new Action.MoveCursor(draft.cast(device).space(), null, Position.OWN));
        }
    }

    private void pushes(int low, int high) {
        int count = dice.between(low, high);
        for (int i = 0; i < count; i++) {
            swarm.push(0);
            if (dice.percent(40)) {
                swarm.push(1);
            }
        }
    }

    /** Both workspaces get a device at least: without any, what a collection may take is up to the provider. */
    private void register() {
        for (int space = 0; space < 2; space++) {
            int count = dice.between(1, 3);
            for (int i = 0; i < count; i++) {
                device(space);
            }
        }
    }

    /** A device registers or goes on: as far as it has read, at the beginning, or a few changes further. */
    private void device(int space) {
        int client = swarm.client(space);
        devices.add(client);
        switch (dice.below(4)) {
            case 0 -> draft.then(client, new Action.MoveCursor(space, null, Position.OWN));
            case 1 -> draft.pull(client, space, Position.OWN, dice.between(1, 5))
                    .then(client, new Action.MoveCursor(space, null, Position.OWN));
            default -> readings.catchUp(client);
        }
    }

    /** A device that keeps up says something old, and nothing after it: repeating where it stands would hide the harm. */
    private void backwards(int space) {
        int client = swarm.client(space);
        devices.add(client);
        readings.catchUp(client);
        draft.then(client, new Action.MoveCursor(space, null, Examples.version(dice.below(2))));
    }

    /** Updates that must not take effect: beyond the head, or of another user's device. */
    private void misleading(int space) {
        int client = swarm.client(space);
        devices.add(client);
        readings.catchUp(client);
        switch (dice.below(3)) {
            case 0 -> draft.then(client, new Action.MoveCursor(space, null, new Position(Action.Base.OWN, 1_000_000)));
            default -> {
                // The second device of the other user: the first one reads on by itself, which would hide the harm.
                int other = draft.client(space, 3 - draft.cast(client).member());
                if (draft.context.sync("cursorOwnership") && draft.context.is11() && draft.context.members() > 1) {
                    devices.add(other);
                    draft.then(other, new Action.MoveCursor(space, null, Position.OWN))
                            .then(client, new Action.MoveCursor(space, draft.cast(other).device(), Position.HEAD));
                }
            }
        }
        if (dice.percent(60)) {
            swarm.push(space);
        }
    }

    private void collect(int space, boolean tombstones, boolean untilSettled) {
        Long most = draft.context.limits().maxRetentionSeconds();
        boolean longer = dice.percent(15) && (most == null || most > 2 * retention);
        draft.then(draft.client(space, 0),
                new Action.Collect(space, tombstones, longer ? 2 * retention : retention, untilSettled));
    }

    /** Pages from cursors on both sides of whatever was collected. */
    private void lookFromEverywhere(int space) {
        int client = swarm.client(space);
        draft.pull(client, space, Position.START, dice.between(1, 5))
                .pull(client, space, Examples.version(dice.between(1, 4)), dice.between(1, 50))
                .pull(client, space, Examples.version(dice.between(3, 15)), 50).pull(client, space, Position.HEAD, 5);
    }

    /** What a device has said outlives the process. */
    private void restart() {
        boolean killed = draft.context.allows(Feature.KILLS) && dice.percent(50);
        draft.uses(killed ? Feature.KILLS : Feature.RESTARTS);
        draft.oneByOne().then(0, killed ? new Action.Kill(0, 0) : new Action.Restart()).oneByOne();
    }

    /** Deletes, some of them long ago by the clocks of the devices, collected too early or in time; then older puts. */
    private void tombstones() {
        List.of(Feature.COLLECTIONS, Feature.CURSORS, Feature.DELETES).forEach(draft::uses);
        int keeper = draft.client(0, 0);
        int other = draft.client(0, 1);
        String table = swarm.tables().get(0);
        int count = dice.between(2, 4);
        for (int i = 0; i < count; i++) {
            draft.push(keeper, 0, draft.put(keeper, table, i, dice.between(1, 5)));
        }
        devices.addAll(List.of(keeper, other));
        readings.catchUp(keeper);
        readings.catchUp(other);
        for (int i = 0; i <= count; i++) {
            String hlc = dice.pick(List.of("1000-0-a", Stamps.real(i, "dev00001"),
                    Stamps.real(3_000_000_000_000L, "dev00001")));
            draft.push(other, 0, draft.delete(other, table, Keys.plain(table, i), 10 + i, hlc));
        }
        if (dice.percent(50)) {
            readings.catchUp(keeper);
        }
        readings.catchUp(other);
        jump(dice.pick(List.of(47L, retention / 2 + 7, retention + CLEAR)));
        collect(0, true, true);
        if (dice.percent(50)) {
            collect(0, false, true);
        }
        for (int i = 0; i <= count; i++) {
            draft.push(keeper, 0, draft.put(keeper, table, i, dice.between(6, 9)));
            draft.inspect(keeper, 0, table, i);
        }
    }

    /** Collections that each find something, for one cursor comes forward step by step, beside pulls and pushes. */
    private void collectingRaced() {
        List.of(Feature.COLLECTIONS, Feature.CURSORS, Feature.RACES).forEach(draft::uses);
        int collector = draft.client(0, 0);
        int slow = draft.client(0, 1);
        List<Integer> others = new ArrayList<>(List.of(slow));
        for (int i = 2; i < draft.context.clients() && dice.percent(30); i++) {
            others.add(draft.client(0, i));
        }
        int rounds = dice.between(6, 16);
        int step = dice.between(2, 5);
        List<PlannedOperation> log = new ArrayList<>();
        for (int i = 0; i < (rounds + 2) * step; i++) {
            log.add(swarm.sharedWrite(collector));
        }
        int size = Math.min(20, draft.context.limits().opsPerPush());
        for (int from = 0; from < log.size(); from += size) {
            draft.push(collector, 0, log.subList(from, Math.min(from + size, log.size())));
        }
        readings.catchUp(collector);
        draft.then(slow, new Action.MoveCursor(0, null, Position.START));
        devices.addAll(List.of(collector, slow));
        jump(retention + CLEAR);
        draft.sideBySide();
        for (int round = 0; round < rounds; round++) {
            draft.then(slow, new Action.MoveCursor(0, null, Examples.version((long) (round + 1) * step)));
            draft.then(collector, new Action.Barrier(round));
            draft.then(collector, new Action.Collect(0, dice.percent(20), retention, false));
            for (int client : others) {
                draft.then(client, new Action.Barrier(round));
                switch (dice.below(6)) {
                    case 0, 1, 2 -> draft.pull(client, 0, Position.START, dice.percent(50) ? 50 : dice.between(1, 6));
                    case 3 -> draft.pull(client, 0, Examples.version((long) round * step), 50);
                    case 4 -> draft.push(client, 0, swarm.write(client));
                    default -> draft.push(client, 0, swarm.write(client)).pull(client, 0, Position.START, 50);
                }
            }
        }
        draft.oneByOne();
        collect(0, false, true);
        lookFromEverywhere(0);
    }

    private void lateReplays() {
        draft.uses(Feature.REPLAYS);
        pushes(2, 6);
        int jumps = dice.between(1, 3);
        for (int i = 0; i < jumps; i++) {
            jump(dice.pick(List.of(CLEAR, 3600L + CLEAR, DAY + CLEAR, 8 * DAY)));
            swarm.replay(0);
            swarm.replay(1);
            swarm.push(0);
        }
    }

    private void expiredTokens() {
        draft.uses(Feature.SNAPSHOTS);
        pushes(2, 4);
        int client = swarm.client(0);
        long life = draft.context.limits().snapshotLifeSeconds();
        draft.snapshot(client, 0, "early", 1, Reading.FIRST).snapshot(client, 0, "kept", 1, Reading.FIRST);
        jump(life / 2);
        draft.snapshot(client, 0, "kept", 1, Reading.NEXT);
        pushes(1, 2);
        jump(life + CLEAR);
        draft.snapshot(client, 0, "early", 1, Reading.NEXT).snapshot(client, 0, "kept", 1, Reading.NEXT)
                .snapshot(client, 0, "fresh", 2, Reading.WHOLE);
    }
}
