package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.api.schema.WireSchema;
import dev.or3.tck.suites.plan.ExamplePlans;
import dev.or3.tck.suites.plan.ExhaustivePlans;
import dev.or3.tck.suites.plan.Feature;
import dev.or3.tck.suites.plan.Plan;
import dev.or3.tck.suites.plan.PlanContext;
import dev.or3.tck.suites.plan.PlanGenerator;
import dev.or3.tck.suites.plan.PlanGenerator.Kind;
import dev.or3.tck.suites.plan.StorePlans;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The phases of a campaign, in their order: provider time moves only in the last, for it never goes back. */
public final class Phases {
    private static final Set<String> SYNC = Set.of("PUSH", "ERR", "LWW", "PULL", "ISO", "CUR", "GC", "SNAP", "WIRE", "DUR");
    private static final Set<String> RESTARTED = Set.of("DUR", "PUSH", "LWW");
    private static final Set<String> STORE = Set.of("STORE");

    private Phases() {
    }

    static List<Phase> of(Manifest manifest, Profile profile, Settings settings) {
        PlanContext context = context(manifest, profile, settings);
        boolean restarts = manifest.hasControl("restart");
        List<Phase> phases = new ArrayList<>();
        if (manifest.hasComponent("sync")) {
            phases.add(new Phase("examples", 1, true, SYNC, ExamplePlans.still(context).iterator()));
        }
        if (manifest.hasComponent("workspaces")) {
            phases.add(new Phase("workspace examples", 1, true, STORE, StorePlans.examples(restarts).iterator()));
        }
        if (manifest.hasComponent("sync")) {
            phases.add(new Phase("time examples", 1, true, SYNC, ExamplePlans.moving(context).iterator()));
            phases.add(new Phase("small scopes", 0.15, false, SYNC, ExhaustivePlans.still(context).iterator()));
            phases.add(new Phase("swarm", 0.25, false, SYNC, generated(Kind.SEQUENTIAL, settings, context)));
            phases.add(new Phase("races", 0.45, false, SYNC, generated(Kind.RACE, settings, context)));
            phases.add(new Phase("restarts", 0.15, false, RESTARTED, generated(Kind.RESTART, settings, context)));
        }
        if (manifest.hasComponent("workspaces")) {
            phases.add(new Phase("workspaces", 0.4, false, STORE,
                    endless(i -> StorePlans.generate(settings.seed(), i, restarts))));
        }
        if (manifest.hasComponent("sync")) {
            phases.add(new Phase("small scopes in time", 0.15, false, SYNC, ExhaustivePlans.moving(context).iterator()));
            phases.add(new Phase("time", 1, false, SYNC, generated(Kind.CLOCK, settings, context)));
        }
        return phases;
    }

    /** What the plans of a campaign may ask of the provider. */
    static PlanContext context(Manifest manifest, Profile profile, Settings settings) {
        return new PlanContext(manifest, profile, WireSchema.current(), settings.clients(), EnumSet.allOf(Feature.class));
    }

    private static Iterator<Plan> generated(Kind kind, Settings settings, PlanContext context) {
        return kind.isPossible(context)
                ? endless(i -> PlanGenerator.generate(kind, settings.seed(), i, context)) : Collections.emptyIterator();
    }

    private static Iterator<Plan> endless(IntFunction<Plan> plans) {
        return IntStream.iterate(0, i -> i + 1).mapToObj(plans).iterator();
    }
}
