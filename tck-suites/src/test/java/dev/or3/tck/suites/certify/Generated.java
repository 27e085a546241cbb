package dev.or3.tck.suites.certify;

import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.plan.Plan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Generated plans as a campaign makes them, taken from each of its endless phases in turn. */
final class Generated {
    /** Groups whose plans wait for backends, bytes, signatures or each other: a share of them has to do. */
    private static final Set<String> SLOW = Set.of("CFG", "STOR", "TOK", "JOB", "ADM", "STORE");
    private static final int SHARE = 4;

    private Generated() {
    }

    /** So many plans of each kind, or a share where they are slow; those that move provider time come last. */
    static List<Plan> ofEachKind(Target target, long seed, int count) {
        List<Plan> plans = new ArrayList<>();
        for (Phase.Round round : Phases.of(target, target.manifest().profile(), Settings.of(Effort.STANDARD, seed))) {
            for (Phase phase : round.phases()) {
                take(SLOW.containsAll(phase.groups()) ? count / SHARE : count, phase.plans(), plans);
            }
        }
        return plans;
    }

    private static void take(int count, Iterator<Plan> generated, List<Plan> plans) {
        for (int i = 0; i < count && generated.hasNext(); i++) {
            Plan plan = generated.next();
            if (plan.index() < 0) {
                return;
            }
            plans.add(plan);
        }
    }
}
