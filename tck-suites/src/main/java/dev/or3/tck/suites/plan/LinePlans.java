package dev.or3.tck.suites.plan;

import dev.or3.tck.suites.line.LineFaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Generated plans over a line that loses, holds and doubles calls (DUR-07): one step after the other, or side by side. */
final class LinePlans {
    private static final int KINDS_OF_FAULTS = 6;

    private LinePlans() {
    }

    /** A few kinds of faults, each of them now and then; whatever is drawn, most plans lose some answers. */
    static LineFaults draw(Dice dice) {
        Integer[] chances = new Integer[KINDS_OF_FAULTS];
        Arrays.fill(chances, 0);
        chances[0] = dice.percent(75) ? dice.between(5, 35) : 0;
        for (int kinds = dice.between(1, 3); kinds > 0; kinds--) {
            chances[dice.below(KINDS_OF_FAULTS)] = dice.between(3, 15);
        }
        return new LineFaults(chances[0], chances[1], chances[2], chances[3], chances[4], chances[5]);
    }

    static Plan sequential(Draft draft, Dice dice) {
        Swarm swarm = new Swarm(draft, dice, SwarmPlans.FEATURES);
        List<SwarmPlans.Act> acts = new ArrayList<>(SwarmPlans.acts(swarm));
        for (int i = 0; i < 4; i++) {
            acts.add(swarm::push);
            acts.add(space -> later(swarm, space));
        }
        acts.add(space -> draft.disturb(draw(dice)));
        swarm.push(0);
        draft.disturb(draw(dice));
        int steps = dice.between(8, 35);
        for (int i = 0; i < steps; i++) {
            dice.pick(acts).in(swarm.space());
        }
        return draft.finish();
    }

    /** A push that is not sent again at once, others that come in between, and then the push again. */
    private static void later(Swarm swarm, int space) {
        Draft draft = swarm.draft;
        Dice dice = swarm.dice;
        int client = swarm.client(space);
        List<PlannedOperation> batch = new ArrayList<>();
        for (int size = dice.between(1, 4); size > 0; size--) {
            batch.add(swarm.write(client));
        }
        draft.push(client, space, batch, true);
        swarm.push(space);
        if (dice.percent(50)) {
            draft.pull(swarm.client(space), space, Action.Position.OWN, dice.between(1, 20));
        }
        draft.pushOnly(client, space, dice.percent(70) ? batch : batch.subList(0, 1));
    }
}
