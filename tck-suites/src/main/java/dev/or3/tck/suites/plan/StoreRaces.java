package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.StoreScript.EDITOR;
import static dev.or3.tck.suites.plan.StoreScript.MEMBERS;
import static dev.or3.tck.suites.plan.StoreScript.OWNER;
import static dev.or3.tck.suites.plan.StoreScript.SHARED;
import static dev.or3.tck.suites.plan.StoreScript.VIEWER;
import static dev.or3.tck.suites.plan.StoreScript.bound;

/**
 * Calls that collide, round by round: in each, a few threads meet at one workspace and look at once what came of it. Few
 * calls overlap at any time, so the search for an order stays small.
 */
final class StoreRaces {
    /** Two threads meet most tightly on two cores. */
    private static final int PAIRS_PERCENT = 65;
    private static final int BURST = 3;

    enum Kind { UPDATES, REMOVE_AND_ACTIVATE, REMOVE_AND_UPDATE, REMOVALS, ACTIVATIONS, CREATIONS, REMOVE_AND_HOME, MIXED }

    private StoreRaces() {
    }

    /** What leads to the race, its rounds, and a look at what they left. */
    static void run(StoreScript script, Kind kind, String tag, Dice dice) {
        int threads = dice.percent(PAIRS_PERCENT) ? 2 : dice.between(3, StoreScript.CLIENTS);
        run(script, kind, tag, threads, threads == 2 ? dice.between(4, 10) : dice.between(3, 5), dice);
    }

    static void run(StoreScript script, Kind kind, String tag, int threads, int rounds, Dice dice) {
        script.then().create(OWNER, tag + "other").create(VIEWER, tag + "viewer").create(EDITOR, tag + "editor");
        for (int round = 0; round < rounds; round++) {
            script.create(OWNER, tag + round);
        }
        MEMBERS.forEach(user -> script.activate(user, SHARED).list(user));
        script.race();
        boolean shared = dice.percent(50);
        for (int round = 0; round < rounds; round++) {
            String target = shared && round == rounds - 1 ? SHARED : bound(tag + round);
            if (kind == Kind.REMOVE_AND_HOME && !target.equals(SHARED)) {
                script.to(0).activate(OWNER, target);
            }
            script.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                String user = target.equals(SHARED) ? MEMBERS.get(thread % MEMBERS.size()) : OWNER;
                act(script.to(thread), kind, thread == 0, user, target, bound(tag + "other"), dice);
                script.list(user);
            }
        }
        script.then();
        for (String user : MEMBERS) {
            script.list(user).role(user, SHARED).role(user, bound(tag + "0")).home(user, null).list(user);
        }
    }

    private static void act(StoreScript script, Kind kind, boolean first, String user, String target, String other,
            Dice dice) {
        switch (kind) {
            case UPDATES -> script.rename(user.equals(VIEWER) ? OWNER : user, target);
            case REMOVE_AND_ACTIVATE -> choose(first, () -> script.remove(OWNER, target),
                    () -> burst(() -> script.activate(user, target)));
            case REMOVE_AND_UPDATE -> choose(first, () -> script.remove(OWNER, target),
                    () -> burst(() -> script.rename(OWNER, target)));
            case REMOVALS -> script.remove(OWNER, target);
            case ACTIVATIONS -> choose(first, () -> script.activate(user, target), () -> script.activate(user, other));
            case CREATIONS -> script.create(user, null);
            case REMOVE_AND_HOME -> choose(first, () -> script.remove(OWNER, target),
                    () -> burst(() -> script.home(user, null)));
            default -> any(script, user, dice.percent(70) ? target : other, dice);
        }
    }

    /** One of several meets the other thread where a single one would come early or late. */
    private static void burst(Runnable call) {
        for (int i = 0; i < BURST; i++) {
            call.run();
        }
    }

    private static void choose(boolean first, Runnable one, Runnable another) {
        (first ? one : another).run();
    }

    private static void any(StoreScript script, String user, String workspace, Dice dice) {
        switch (dice.below(7)) {
            case 0 -> script.remove(OWNER, workspace);
            case 1 -> script.activate(user, workspace);
            case 2 -> script.rename(user.equals(VIEWER) ? EDITOR : user, workspace);
            case 3 -> script.rename(OWNER, workspace);
            case 4 -> script.home(user, null);
            case 5 -> script.role(user, workspace);
            default -> script.create(user, null);
        }
    }
}
