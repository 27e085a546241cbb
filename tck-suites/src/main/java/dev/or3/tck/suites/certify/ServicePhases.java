package dev.or3.tck.suites.certify;

import dev.or3.tck.api.Manifest;
import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.plan.ConfigPlans;
import dev.or3.tck.suites.plan.FilePlans;
import dev.or3.tck.suites.plan.JobPlans;
import dev.or3.tck.suites.plan.LimitPlans;
import dev.or3.tck.suites.plan.NotePlans;
import dev.or3.tck.suites.plan.TokenPlans;
import java.util.List;
import java.util.Set;

/** The phases of the components that serve a host beside sync: rate limits, tokens, jobs, notifications, storage. */
final class ServicePhases {
    private static final Set<String> LIMITS = Set.of("RATE");
    private static final Set<String> TOKENS = Set.of("TOK");
    private static final Set<String> JOBS = Set.of("JOB");
    private static final Set<String> NOTES = Set.of("NOTE");
    private static final Set<String> FILES = Set.of("STOR");

    private ServicePhases() {
    }

    /** Adds those of the components that the manifest declares. */
    static void add(Manifest manifest, Profile profile, Settings settings, List<Phase> examples, List<Phase> still,
            List<Phase> moving) {
        long seed = settings.seed();
        boolean clock = manifest.hasControl("clock");
        boolean restarts = manifest.hasControl("restart");
        if (manifest.hasComponent("rateLimits")) {
            examples.add(new Phase("examples", 1, LIMITS, LimitPlans.examples(restarts).iterator()));
            still.add(new Phase("rate limits", 0.05, LIMITS,
                    Phases.endless(i -> LimitPlans.generate(seed, i, restarts))));
            if (clock) {
                examples.add(new Phase("examples", 1, LIMITS, LimitPlans.movingExamples().iterator()));
                moving.add(new Phase("time of rate limits", 0.05, LIMITS,
                        Phases.endless(i -> LimitPlans.moving(seed, i))));
            }
        }
        if (manifest.hasComponent("tokens")) {
            String provider = manifest.provider().id();
            examples.add(new Phase("examples", 1, TOKENS, TokenPlans.examples(provider, restarts).iterator()));
            still.add(new Phase("tokens", 0.05, TOKENS,
                    Phases.endless(i -> TokenPlans.generate(seed, i, provider))));
            if (clock) {
                examples.add(new Phase("examples", 1, TOKENS, TokenPlans.movingExamples(provider).iterator()));
                moving.add(new Phase("time of tokens", 0.05, TOKENS,
                        Phases.endless(i -> TokenPlans.moving(seed, i, provider))));
            }
        }
        if (manifest.hasComponent("jobs")) {
            boolean durable = restarts && !manifest.isPerProcess("jobs");
            examples.add(new Phase("examples", 1, JOBS, JobPlans.examples(manifest.limits(), durable).iterator()));
            still.add(new Phase("jobs", 0.08, JOBS,
                    Phases.endless(i -> JobPlans.generate(seed, i, manifest.limits(), durable))));
            if (clock) {
                examples.add(new Phase("examples", 1, JOBS, JobPlans.movingExamples().iterator()));
                moving.add(new Phase("time of jobs", 0.08, JOBS, Phases.endless(i -> JobPlans.moving(seed, i))));
            }
        }
        if (manifest.hasComponent("notifications") && manifest.hasComponent("sync")) {
            boolean owned = profile.includes(Profile.V1_1);
            examples.add(new Phase("examples", 1, NOTES, NotePlans.examples(owned).iterator()));
            still.add(new Phase("notifications", 0.05, NOTES, Phases.endless(i -> NotePlans.generate(seed, i, owned))));
        }
        if (manifest.hasComponent("storage")) {
            FilePlans plans = FilePlans.of(manifest);
            examples.add(new Phase("examples", 1, FILES, plans.examples().iterator()));
            still.add(new Phase("storage", 0.05, FILES, Phases.endless(i -> plans.generate(seed, i))));
            if (clock) {
                examples.add(new Phase("examples", 1, FILES, plans.movingExamples().iterator()));
                moving.add(new Phase("time of storage", 0.05, FILES, Phases.endless(i -> plans.moving(seed, i))));
            }
        }
    }
}
