package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.EDITOR;
import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.STRANGER;
import static dev.or3.tck.suites.plan.AskScript.VIEWER;

import dev.or3.tck.api.Limits;
import dev.or3.tck.api.workspaces.Role;
import dev.or3.tck.suites.plan.Plan.Space;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Plans for the jobs component. The jobs that a plan leaves streaming are ended after it. */
public final class JobPlans {
    /** Apart from other streams of plans under the same seed. */
    private static final long STREAM = 5_000_000_000L;
    /** A provider that takes more jobs than this is not filled up. */
    private static final int CROWD_AT_MOST = 100;
    private static final int ROUNDS_OF_EXAMPLES = 30;

    /** What may end a job. */
    private interface Ending {
        Action.Ask of(JobScript script, String tag);
    }

    private static final List<Ending> ENDINGS = List.of((script, tag) -> script.completing(OWNER, tag),
            (script, tag) -> JobScript.failing(OWNER, tag), (script, tag) -> JobScript.aborting(OWNER, tag));

    private JobPlans() {
    }

    /** Plans written by hand that leave provider time alone. */
    public static List<Plan> examples(Limits limits, boolean restarts) {
        List<Plan> examples = new ArrayList<>();
        example(examples, "JOB-01-ends", Feature.JOBS, script -> ENDINGS.forEach(
                ending -> life(script, "end" + ENDINGS.indexOf(ending), ending)));
        Dice dice = new Dice(0, STREAM);
        example(examples, "JOB-01-race", Feature.RACES, script -> endings(script, "ends", 3, ROUNDS_OF_EXAMPLES, dice));
        example(examples, "JOB-02-owners", Feature.JOBS, script -> owners(script, "mine"));
        example(examples, "JOB-03-race", Feature.RACES, script -> chunks(script, "chunks", AskScript.CLIENTS, 12));
        example(examples, "JOB-04-user", Feature.JOBS, script -> room(script, "room", limits.jobsPerUser()));
        example(examples, "JOB-04-race", Feature.RACES,
                script -> rush(script, "rush", limits.jobsPerUser(), 2, ROUNDS_OF_EXAMPLES));
        if (limits.jobs() <= CROWD_AT_MOST) {
            examples.add(crowd(limits, "example/JOB-04-all", 0, -1));
        }
        example(examples, "JOB-06-input", Feature.MALFORMED, script -> input(script, "input", 100, dice));
        if (restarts) {
            example(examples, "JOB-01-restart", Feature.RESTARTS, script -> restart(script, "kept"));
        }
        return List.copyOf(examples);
    }

    private static void example(List<Plan> examples, String name, Feature feature, Consumer<JobScript> scene) {
        JobScript script = new JobScript();
        scene.accept(script);
        examples.add(plan(script, "example/" + name, 0, -1, feature));
    }

    /** Plans written by hand that move provider time. */
    public static List<Plan> movingExamples() {
        JobScript script = new JobScript();
        times(script, "job", 200);
        return List.of(plan(script, "example/JOB-05-times", 0, -1, Feature.CLOCK_JUMPS));
    }

    /** Plan number {@code index} under that seed, always the same one. */
    public static Plan generate(long seed, int index, Limits limits, boolean restarts) {
        Dice dice = new Dice(seed, STREAM + index);
        if (dice.percent(8) && limits.jobs() <= CROWD_AT_MOST) {
            return crowd(limits, "jobs/crowd", seed, index);
        }
        if (dice.percent(30)) {
            return plan(JobWalk.still(dice, restarts), "jobs/walk", seed, index, Feature.JOBS);
        }
        JobScript script = new JobScript();
        Set<Feature> features = EnumSet.of(Feature.JOBS);
        life(script, "first", dice.pick(ENDINGS));
        for (int act = dice.between(1, 3); act > 0; act--) {
            features.add(act(script, "act" + act, limits, restarts, dice));
        }
        return script.script.plan("jobs/" + (features.contains(Feature.RACES) ? "race" : "sequence"), seed, index, features);
    }

    private static Feature act(JobScript script, String tag, Limits limits, boolean restarts, Dice dice) {
        int threads = dice.percent(60) ? 2 : dice.between(3, AskScript.CLIENTS);
        switch (dice.below(restarts ? 7 : 6)) {
            case 0 -> owners(script, tag);
            case 1 -> room(script, tag, limits.jobsPerUser());
            case 2 -> {
                endings(script, tag, threads, dice.between(8, 20), dice);
                return Feature.RACES;
            }
            case 3 -> {
                chunks(script, tag, threads, dice.between(4, 12));
                return Feature.RACES;
            }
            case 4 -> {
                rush(script, tag, limits.jobsPerUser(), threads, dice.between(8, 20));
                return Feature.RACES;
            }
            case 5 -> {
                input(script, tag, 3, dice);
                return Feature.MALFORMED;
            }
            default -> {
                restart(script, tag);
                return Feature.RESTARTS;
            }
        }
        return Feature.JOBS;
    }

    /** As {@link #generate}, for plans that move provider time. */
    public static Plan moving(long seed, int index) {
        Dice dice = new Dice(seed, 2 * STREAM + index);
        if (dice.percent(50)) {
            return plan(JobWalk.moving(dice), "jobs/time-walk", seed, index, Feature.CLOCK_JUMPS);
        }
        JobScript script = new JobScript();
        times(script, "job", dice.between(170, 280));
        return plan(script, "jobs/time", seed, index, Feature.CLOCK_JUMPS);
    }

    private static Plan plan(JobScript script, String name, long seed, int index, Feature feature) {
        return script.script.plan(name, seed, index, EnumSet.of(Feature.JOBS, feature));
    }

    /** From the first chunk to the end, and everything that comes too late. */
    private static void life(JobScript script, String tag, Ending ending) {
        script.script.then();
        script.create(OWNER, tag).get(OWNER, tag).write(OWNER, tag).write(OWNER, tag).get(OWNER, tag).touch(OWNER, tag)
                .check(OWNER, tag).get(OWNER, tag).count().ask(ending.of(script, tag)).get(OWNER, tag).check(OWNER, tag);
        script.write(OWNER, tag).get(OWNER, tag).touch(OWNER, tag).complete(OWNER, tag).get(OWNER, tag).fail(OWNER, tag)
                .get(OWNER, tag).abort(OWNER, tag).get(OWNER, tag).check(OWNER, tag).count();
    }

    /** Everyone looks at a job and tries to abort it. */
    private static void owners(JobScript script, String tag) {
        script.script.then();
        script.create(OWNER, tag).create(EDITOR, tag + "-other").write(OWNER, tag);
        for (String user : List.of(EDITOR, VIEWER, STRANGER)) {
            script.get(user, tag).abort(user, tag).get(OWNER, tag).check(OWNER, tag);
        }
        script.get(OWNER, tag + "-other").get(EDITOR, tag + "-other").abort(OWNER, tag).abort(OWNER, tag).check(OWNER, tag)
                .get(OWNER, tag).get(EDITOR, tag).get(EDITOR, tag + "-other").complete(EDITOR, tag + "-other")
                .get(EDITOR, tag + "-other");
    }

    /** Several ends at once, of one job after the other. */
    private static void endings(JobScript script, String tag, int threads, int rounds, Dice dice) {
        script.script.race();
        for (int round = 0; round < rounds; round++) {
            String job = tag + round;
            script.script.to(0);
            script.create(OWNER, job);
            script.script.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                script.script.to(thread);
                if (dice.percent(40)) {
                    script.write(OWNER, job);
                }
                script.ask((dice.percent(40) ? ENDINGS.get(2) : dice.pick(ENDINGS)).of(script, job)).get(OWNER, job);
            }
            script.script.align(threads).to(0);
            script.get(OWNER, job).check(OWNER, job).abort(OWNER, job);
        }
        script.script.then();
    }

    /** Several writers of one job at once. */
    private static void chunks(JobScript script, String tag, int threads, int each) {
        script.script.then();
        script.create(OWNER, tag);
        script.script.race().align(threads);
        for (int thread = 0; thread < threads; thread++) {
            script.script.to(thread);
            for (int i = 0; i < each; i++) {
                script.write(OWNER, tag);
            }
            script.get(OWNER, tag);
        }
        script.script.then();
        script.get(OWNER, tag).complete(OWNER, tag).get(OWNER, tag);
    }

    /** As many jobs as a user may have, and more; then some end, and there is room again. */
    private static void room(JobScript script, String tag, int most) {
        script.script.then();
        for (int i = 0; i < most + 2; i++) {
            script.create(VIEWER, tag + i).count();
        }
        script.create(EDITOR, tag + "-other").abort(EDITOR, tag + "-other");
        for (int i = 0; i < most + 2; i++) {
            script.ask(i % 3 == 0 ? JobScript.aborting(VIEWER, tag + i) : i % 3 == 1 ? script.completing(VIEWER, tag + i)
                    : JobScript.failing(VIEWER, tag + i)).count().create(VIEWER, tag + "-again" + i);
        }
        for (int i = 0; i < most + 2; i++) {
            script.abort(VIEWER, tag + "-again" + i);
        }
        script.count();
    }

    /** All at once at the last place that a user has. */
    private static void rush(JobScript script, String tag, int most, int threads, int rounds) {
        script.script.then();
        for (int i = 0; i < most - 1; i++) {
            script.create(EDITOR, tag + "-before" + i);
        }
        rush(script, tag, threads, rounds, Collections.nCopies(threads, EDITOR));
        for (int i = 0; i < most - 1; i++) {
            script.abort(EDITOR, tag + "-before" + i);
        }
    }

    private static void rush(JobScript script, String tag, int threads, int rounds, List<String> users) {
        script.script.race();
        for (int round = 0; round < rounds; round++) {
            script.script.align(threads);
            for (int thread = 0; thread < threads; thread++) {
                script.script.to(thread);
                script.create(users.get(thread), tag + round + "-" + thread);
            }
            script.script.align(threads).to(0);
            for (int thread = 0; thread < threads; thread++) {
                script.abort(users.get(thread), tag + round + "-" + thread);
            }
        }
        script.script.then();
        script.count();
    }

    /** As many jobs as there may be in all, of as many users as it takes, and all at once at the last place. */
    private static Plan crowd(Limits limits, String name, long seed, int index) {
        int each = Math.max(1, limits.jobsPerUser());
        int users = (limits.jobs() + each - 1) / each + 2;
        JobScript script = new JobScript();
        for (int i = 0; i < limits.jobs() - 1; i++) {
            script.create("${user:0:" + i / each + "}", "crowd" + i);
        }
        script.count();
        rush(script, "last", 2, 12, List.of("${user:0:" + (users - 1) + "}", "${user:0:" + (users - 2) + "}"));
        Plan plan = plan(script, name, seed, index, Feature.RACES);
        List<Role> members = new ArrayList<>(List.of(Role.OWNER, Role.EDITOR, Role.VIEWER));
        members.addAll(Collections.nCopies(users, Role.EDITOR));
        return new Plan(plan.name(), seed, index, plan.features(), List.of(new Space(members), Space.of(Role.OWNER)),
                plan.clients(), plan.stages());
    }

    /** A job and what it holds outlive a restart. */
    private static void restart(JobScript script, String tag) {
        script.script.then();
        script.create(OWNER, tag).write(OWNER, tag).create(OWNER, tag + "-done").complete(OWNER, tag + "-done");
        script.script.restart();
        script.get(OWNER, tag).get(OWNER, tag + "-done").count().write(OWNER, tag).get(OWNER, tag).abort(OWNER, tag)
                .abort(OWNER, tag).get(OWNER, tag).check(OWNER, tag);
    }

    /** Malformed calls about a streaming job, then the good ones that they were made from. */
    private static void input(JobScript script, String tag, int most, Dice dice) {
        script.script.then();
        List<String> jobs = List.of(tag, tag + "-failed", tag + "-aborted");
        jobs.forEach(job -> script.create(OWNER, job));
        List<Action.Ask> good = List.of(JobScript.looking(OWNER, tag), script.writing(OWNER, tag),
                JobScript.checking(OWNER, tag), script.completing(OWNER, tag), JobScript.failing(OWNER, jobs.get(1)),
                JobScript.aborting(OWNER, jobs.get(2)));
        List<Action.Ask> questions = List.of(JobScript.looking(OWNER, tag), JobScript.counting());
        Misshapen.around(script.script, JobScript.creation(OWNER, tag + "-bad", null), STRANGER, questions, most, dice);
        good.forEach(call -> Misshapen.around(script.script, call, STRANGER, questions, most, dice));
        good.forEach(script::ask);
        jobs.forEach(job -> script.get(OWNER, job));
    }

    /**
     * Jobs that are written to by the way, or left alone, or done.
     *
     * @param seconds from one look to the next: less than the five minutes that jobs live, and more than half of them
     */
    private static void times(JobScript script, String tag, int seconds) {
        List<String> jobs = List.of(tag + "-idle", tag + "-active", tag + "-touched", tag + "-done");
        script.script.then();
        jobs.forEach(job -> script.create(OWNER, job));
        script.write(OWNER, jobs.get(0)).complete(OWNER, jobs.get(3));
        for (int look = 0; look < 3; look++) {
            script.script.later(seconds);
            script.write(OWNER, jobs.get(1)).touch(OWNER, jobs.get(2)).cleanup();
            jobs.forEach(job -> script.get(OWNER, job));
            script.count().cleanup();
        }
        script.complete(OWNER, jobs.get(1)).get(OWNER, jobs.get(1));
        script.script.later(seconds);
        script.cleanup().get(OWNER, jobs.get(1));
        script.script.later(2 * seconds);
        script.cleanup().cleanup();
        jobs.forEach(job -> script.get(OWNER, job));
        script.count().create(OWNER, tag + "-next").get(OWNER, tag + "-next").abort(OWNER, tag + "-next");
    }
}
