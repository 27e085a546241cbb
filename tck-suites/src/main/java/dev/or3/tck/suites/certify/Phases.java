package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.plan.AdminPlans;
import dev.or3.tck.suites.plan.ExamplePlans;
import dev.or3.tck.suites.plan.ExhaustivePlans;
import dev.or3.tck.suites.plan.Feature;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.plan.PlanGenerator;
import dev.or3.tck.suites.plan.PlanGenerator.Kind;
import dev.or3.tck.suites.plan.StorePlans;
import dev.or3.tck.suites.certify.Phase.Round;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The phases of a campaign, in their order. Provider time moves in a phase of its own, and never goes back. */
public final class Phases {
    private static final Set<String> SYNC = Set.of("PUSH", "ERR", "LWW", "PULL", "ISO", "CUR", "GC", "SNAP", "WIRE", "DUR");
    /** Without moving time there is no telling what a collection may take. */
    private static final Set<String> TIMELESS = Set.of("PUSH", "ERR", "LWW", "PULL", "ISO", "CUR", "SNAP", "WIRE", "DUR");
    private static final Set<String> KILLED = Set.of("DUR");
    private static final Set<String> RESTARTED = Set.of("DUR", "PUSH", "LWW");
    private static final Set<String> STORE = Set.of("STORE");
    private static final Set<String> ADMIN = Set.of("ADM", "STORE");

    /** No certificate without the examples of sync, so they get more than their turn where time is short. */
    private static final double CORE = 4;

    /** Certification needs calls that met, which no plan written by hand can promise. */
    private static final int RACES_AT_LEAST = 24;

    private Phases() {
    }

    /** Examples and kills, then plans that leave provider time alone, before and after those that move it. */
    static List<Round> of(Target target, Profile profile, Settings settings) {
        Manifest manifest = target.manifest();
        PlanContext context = context(target, profile, settings);
        boolean restarts = manifest.hasControl("restart");
        List<Phase> examples = new ArrayList<>();
        List<Phase> still = new ArrayList<>();
        List<Phase> moving = new ArrayList<>();
        if (manifest.hasComponent("sync")) {
            examples.add(new Phase("examples", CORE, SYNC, ExamplePlans.still(context).iterator()));
            examples.add(new Phase("examples", CORE, SYNC, ExamplePlans.moving(context).iterator()));
            still.add(new Phase("small scopes", 0.15, TIMELESS, ExhaustivePlans.still(context).iterator()));
            still.add(new Phase("swarm", 0.25, TIMELESS, generated(Kind.SEQUENTIAL, settings, context)));
            Iterator<Plan> racing = generated(Kind.RACE, settings, context);
            examples.add(new Phase("races", 1, TIMELESS, first(RACES_AT_LEAST, racing)));
            still.add(new Phase("races", 0.35, TIMELESS, racing));
            still.add(new Phase("faulty line", 0.15, TIMELESS, generated(Kind.LINE, settings, context)));
            still.add(new Phase("restarts", 0.1, RESTARTED, generated(Kind.RESTART, settings, context)));
            Iterator<Plan> killing = generated(Kind.KILL, settings, context);
            examples.add(new Phase("kills", 1, KILLED, until(settings.effort().kills(), killing)));
            still.add(new Phase("kills", 0.1, KILLED, killing));
            moving.add(new Phase("time in small scopes", 0.2, SYNC, ExhaustivePlans.moving(context).iterator()));
            moving.add(new Phase("time", 0.8, SYNC, generated(Kind.CLOCK, settings, context)));
        }
        if (manifest.hasComponent("workspaces")) {
            examples.add(new Phase("examples", 1, STORE, StorePlans.examples(restarts).iterator()));
            still.add(new Phase("workspaces", 0.15, STORE,
                    endless(i -> StorePlans.generate(settings.seed(), i, restarts))));
        }
        if (manifest.hasComponent("admin") && manifest.hasComponent("workspaces")) {
            examples.add(new Phase("examples", 1, ADMIN, AdminPlans.examples().iterator()));
            still.add(new Phase("admin", 0.1, ADMIN, endless(i -> AdminPlans.generate(settings.seed(), i))));
        }
        ServicePhases.add(manifest, profile, settings, examples, still, moving);
        ConfigPhases.add(target, settings, examples, still);
        return List.of(new Round(Round.WHOLE, examples), new Round(0.3, still), new Round(0.45, moving),
                new Round(1, still));
    }

    /** What the plans of a campaign may ask of the provider. */
    static PlanContext context(Target target, Profile profile, Settings settings) {
        Set<Feature> features = EnumSet.allOf(Feature.class);
        if (!target.canKill()) {
            features.remove(Feature.KILLS);
        }
        return new PlanContext(target.manifest(), profile, WireSchema.current(), settings.clients(), features);
    }

    private static Iterator<Plan> first(int count, Iterator<Plan> endless) {
        List<Plan> plans = new ArrayList<>();
        while (endless.hasNext() && plans.size() < count) {
            plans.add(endless.next());
        }
        return plans.iterator();
    }

    /** As many of the plans as it takes for so many kills. */
    private static Iterator<Plan> until(int enough, Iterator<Plan> endless) {
        List<Plan> plans = new ArrayList<>();
        for (int kills = 0; endless.hasNext() && kills < enough; ) {
            Plan next = endless.next();
            plans.add(next);
            kills += next.kills();
        }
        return plans.iterator();
    }

    private static Iterator<Plan> generated(Kind kind, Settings settings, PlanContext context) {
        return kind.isPossible(context)
                ? endless(i -> PlanGenerator.generate(kind, settings.seed(), i, context)) : Collections.emptyIterator();
    }

    static Iterator<Plan> endless(IntFunction<Plan> plans) {
        return IntStream.iterate(0, i -> i + 1).mapToObj(plans).iterator();
    }
}
