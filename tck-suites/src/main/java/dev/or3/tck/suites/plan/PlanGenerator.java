package dev.or3.tck.suites.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Generated plans for the sync component. Plan i is a function of (seed, i) and of what the provider declares; neither the
 * time nor the plans before it count. Safe for use by several threads.
 */
public final class PlanGenerator {
    /** Keeps the chance of the choice of a kind apart from that of the plans. */
    private static final long CHOICE = 0x4B494E44L << 24;

    /** What a plan does beyond calling. */
    public enum Kind {
        /** Steps one after the other. */
        SEQUENTIAL(5),
        /** Clients side by side. */
        RACE(4),
        /** Restarts between steps. */
        RESTART(1),
        /** Provider time moves: such plans run alone. */
        CLOCK(3),
        /** The provider is killed with requests in flight. */
        KILL(1),
        /** Calls are lost, held and doubled on their way. */
        LINE(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** Whether the provider declares what it takes, and the context wants it. */
        public boolean isPossible(PlanContext context) {
            return switch (this) {
                case SEQUENTIAL -> true;
                case LINE -> context.allows(Feature.LINE);
                case RACE -> context.allows(Feature.RACES);
                case RESTART -> context.allows(Feature.RESTARTS);
                case CLOCK -> context.allows(Feature.CLOCK_JUMPS);
                case KILL -> context.allows(Feature.KILLS);
            };
        }
    }

    private PlanGenerator() {
    }

    /** Plan i under a seed, of one of the kinds that are possible. */
    public static Plan generate(long seed, int i, PlanContext context) {
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int n = 0; n < kind.weight && kind.isPossible(context); n++) {
                kinds.add(kind);
            }
        }
        return generate(new Dice(seed, CHOICE + i).pick(kinds), seed, i, context);
    }

    /**
     * Plan i of a kind under a seed.
     *
     * @throws IllegalArgumentException if the kind is not possible
     */
    public static Plan generate(Kind kind, long seed, int i, PlanContext context) {
        if (!kind.isPossible(context)) {
            throw new IllegalArgumentException("no plan of kind " + kind + ": the provider does not declare what it takes");
        }
        Dice dice = new Dice(seed, ((long) kind.ordinal() << 40) + i);
        Values values = JqwikValues.of(seed);
        return switch (kind) {
            case SEQUENTIAL -> SwarmPlans.sequential(new Draft("sequential", seed, i, context, values), dice);
            case RESTART -> SwarmPlans.restarting(new Draft("restart", seed, i, context, values), dice);
            case KILL -> KillPlans.killing(new Draft("kill", seed, i, context, values), dice);
            case LINE -> {
                boolean race = Kind.RACE.isPossible(context) && dice.percent(40);
                Draft draft = new Draft("line/" + (race ? "race" : "sequential"), seed, i, context, values);
                yield race ? SwarmRaces.disturbed(draft, dice) : LinePlans.sequential(draft, dice);
            }
            case RACE -> {
                SwarmRaces.Scene scene = SwarmRaces.scene(context, dice);
                Draft draft = new Draft("race/" + SwarmRaces.name(scene), seed, i, context, values);
                yield SwarmRaces.race(scene, draft, dice);
            }
            case CLOCK -> {
                TimePlans.Scene scene = TimePlans.scene(context, dice);
                Draft draft = new Draft("clock/" + TimePlans.name(scene), seed, i, context, values);
                yield TimePlans.moving(scene, draft, dice);
            }
        };
    }
}
