package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.List;

/** Generated plans whose steps run one after the other, and those with restarts among them. */
final class SwarmPlans {
    static final List<Feature> FEATURES = List.of(Feature.TIES, Feature.DELETES, Feature.REPLAYS,
            Feature.CONFLICTING_REPLAYS, Feature.FILTERS, Feature.TINY_PAGES, Feature.LARGE_BATCHES, Feature.CURSORS,
            Feature.COLLECTIONS, Feature.SNAPSHOTS, Feature.INSPECTIONS, Feature.MALFORMED, Feature.FOREIGN_SCOPES,
            Feature.PRIVATE_ROWS, Feature.RICH_PAYLOADS);

    private SwarmPlans() {
    }

    static Plan sequential(Draft draft, Dice dice) {
        Swarm swarm = new Swarm(draft, dice, FEATURES);
        List<Act> acts = acts(swarm);
        int steps = dice.between(8, 45);
        for (int i = 0; i < steps; i++) {
            dice.pick(acts).in(swarm.space());
        }
        return draft.finish();
    }

    static Plan restarting(Draft draft, Dice dice) {
        Swarm swarm = new Swarm(draft, dice, FEATURES);
        draft.uses(Feature.RESTARTS);
        List<Act> acts = acts(swarm);
        int lives = dice.between(2, 4);
        for (int life = 0; life < lives; life++) {
            swarm.push(0);
            int steps = dice.between(2, 14);
            for (int i = 0; i < steps; i++) {
                dice.pick(acts).in(swarm.space());
            }
            draft.oneByOne().then(0, new Action.Restart()).oneByOne();
            swarm.replay(0);
        }
        swarm.push(0);
        return draft.finish();
    }

    /** Something that clients do in a workspace. */
    interface Act {
        void in(int space);
    }

    /** The acts that the features of a plan allow, each as often as it should come among the others. */
    static List<Act> acts(Swarm swarm) {
        Readings readings = new Readings(swarm);
        Refusals refusals = new Refusals(swarm);
        List<Act> acts = new ArrayList<>();
        often(acts, 10, swarm::push);
        often(acts, 5, readings::pull);
        often(acts, 2, readings::drain);
        often(acts, 1, swarm::emptyPush);
        often(acts, 1, readings::oddLimit);
        if (swarm.has(Feature.REPLAYS)) {
            often(acts, 5, swarm::replay);
        }
        if (swarm.has(Feature.CONFLICTING_REPLAYS)) {
            often(acts, 3, swarm::conflict);
            often(acts, 1, swarm::reuseElsewhere);
        }
        if (swarm.has(Feature.FILTERS)) {
            often(acts, 1, readings::oddFilter);
        }
        if (swarm.has(Feature.CURSORS)) {
            often(acts, 3, readings::moveCursor);
        }
        if (swarm.has(Feature.SNAPSHOTS)) {
            often(acts, 3, readings::snapshot);
            often(acts, 1, readings::disturbedSnapshot);
            often(acts, 1, readings::bootstrap);
        }
        if (swarm.has(Feature.INSPECTIONS)) {
            often(acts, 3, swarm::inspect);
        }
        if (swarm.has(Feature.MALFORMED)) {
            often(acts, 2, refusals::operation);
            often(acts, 1, refusals::contradiction);
            often(acts, 1, refusals::call);
            often(acts, 1, refusals::cursor);
        }
        if (swarm.has(Feature.FOREIGN_SCOPES)) {
            often(acts, 2, refusals::foreignScope);
        }
        if (swarm.has(Feature.LARGE_BATCHES) && swarm.dice.percent(25)) {
            often(acts, 1, refusals::size);
        }
        if (swarm.has(Feature.LARGE_BATCHES) && swarm.dice.percent(15)) {
            often(acts, 1, refusals::batch);
        }
        if (swarm.has(Feature.COLLECTIONS)) {
            often(acts, 1, refusals::retention);
        }
        return acts;
    }

    private static void often(List<Act> acts, int times, Act act) {
        for (int i = 0; i < times; i++) {
            acts.add(act);
        }
    }
}
