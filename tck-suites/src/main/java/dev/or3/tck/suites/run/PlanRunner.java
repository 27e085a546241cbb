package dev.or3.tck.suites.run;

import dev.or3.tck.api.Profile;
import dev.or3.tck.suites.connect.Target;
import dev.or3.tck.suites.connect.UnreachableException;
import dev.or3.tck.suites.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/**
 * Performs plans against a target, one at a time, and records what happens. Whatever a provider does in a call (throw, hang,
 * answer null) becomes an outcome; every wait has a limit. For one thread.
 */
public final class PlanRunner {
    private final Target target;
    private final RunnerOptions options;
    private final SplittableRandom random;
    private int hangs;
    private String silence;
    private boolean cutOff;

    public PlanRunner(Target target, RunnerOptions options) {
        this.target = target;
        this.options = options;
        this.random = new SplittableRandom(options.salt());
    }

    /**
     * Performs a plan in fresh workspaces, in as much time as the options give it.
     *
     * @return what happened, also if the plan was cut off
     * @throws IllegalArgumentException if it kills, and the target cannot be killed
     * @throws UnreachableException   if no workspace can be had
     * @throws CancellationException if the thread is interrupted
     */
    public History run(Plan plan) {
        return run(plan, options.planTimeout());
    }

    /**
     * Performs a plan in fresh workspaces.
     *
     * @param left the time that it may take, if that is less than the options give it: soon after that it ends whatever the
     *             provider does, without a word on who was to blame
     * @return what happened, also if the plan was cut off
     * @throws IllegalArgumentException if it kills, and the target cannot be killed
     * @throws UnreachableException   if no workspace can be had
     * @throws CancellationException if the thread is interrupted
     */
    public History run(Plan plan, Duration left) {
        if (plan.kills() > 0 && !target.canKill()) {
            throw new IllegalArgumentException("the plan kills the provider, which takes one that the kit has started as a"
                    + " process: reach it by --command or --image");
        }
        List<History.Space> spaces = new Provisioning(target, options.callTimeout(), random).provide(plan.spaces());
        Placeholders placeholders = new Placeholders(random, spaces);
        Script script = new Script(plan, placeholders, spaces);
        Run run = new Run(plan, target, script, placeholders, spaces, options, left);
        Transcript transcript = new Transcript(script, new Seal(target.manifest()),
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), System.nanoTime());
        List<Entry> entries;
        try {
            entries = run.perform();
            if (!run.isCutOff()) {
                Aftercare.after(entries, target, options.callTimeout());
            }
        } finally {
            hangs += run.hangs();
            silence = run.silence() == null ? silence : run.silence();
            cutOff = run.isCutOff();
        }
        Profile profile = options.profile() == null ? target.manifest().profile() : options.profile();
        History.Header header = new History.Header(options.kit(), target.manifest(), profile, options.schema().version(),
                plan.seed(), plan.index(), plan.name(), target.instances(), spaces, plan.toJson());
        return transcript.history(header, entries);
    }

    /** Whether any call so far never came back in time: its thread may still be stuck in the provider. */
    public boolean hung() {
        return hangs > 0;
    }

    /** What was said of the last call that took too long; empty if none did. */
    public Optional<String> silence() {
        return Optional.ofNullable(silence);
    }

    /** How many calls so far never came back. */
    public int hangs() {
        return hangs;
    }

    /** Whether steps of the last plan were skipped, because it took too long or the provider hung again and again. */
    public boolean cutOff() {
        return cutOff;
    }
}
