package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.plan.ExamplePlans;
import dev.or3.tck.suites.plan.Feature;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.plan.RacePlans;
import dev.or3.tck.suites.plan.StorePlans;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The phases of a campaign, in their order: provider time moves only in the last, for it never goes back. */
public final class Phases {
    private static final Set<String> STILL = Set.of("PUSH", "ERR", "LWW", "PULL", "ISO", "CUR", "SNAP", "WIRE", "GC");
    private static final Set<String> TIMED = Set.of("CUR", "GC", "SNAP", "PULL");
    private static final Set<String> RESTARTED = Set.of("DUR");
    private static final Set<String> STORE = Set.of("STORE");

    private Phases() {
    }

    static List<Phase> of(Manifest manifest, Profile profile, Settings settings) {
        PlanContext context = context(manifest, profile, settings);
        long seed = settings.seed();
        boolean restarts = manifest.hasControl("restart");
        List<Phase> phases = new ArrayList<>();
        if (manifest.hasComponent("sync")) {
            phases.add(new Phase("examples", 1, true, union(STILL, RESTARTED), ExamplePlans.still(context).iterator()));
        }
        if (manifest.hasComponent("workspaces")) {
            phases.add(new Phase("workspace examples", 1, true, STORE, StorePlans.examples(restarts).iterator()));
        }
        if (manifest.hasComponent("sync")) {
            phases.add(new Phase("time examples", 1, true, TIMED, ExamplePlans.moving(context).iterator()));
            phases.add(new Phase("races", 0.45, false, STILL, endless(i -> RacePlans.generate(seed, i, context))));
        }
        if (manifest.hasComponent("workspaces")) {
            phases.add(new Phase("workspaces", 0.4, false, STORE,
                    endless(i -> StorePlans.generate(seed, i, restarts))));
        }
        return phases;
    }

    /** What the plans of a campaign may ask of the provider. */
    static PlanContext context(Manifest manifest, Profile profile, Settings settings) {
        return new PlanContext(manifest, profile, WireSchema.current(), settings.clients(), EnumSet.allOf(Feature.class));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Iterator<Plan> endless(IntFunction<Plan> plans) {
        return IntStream.iterate(0, i -> i + 1).mapToObj(plans).iterator();
    }
}
