package dev.or3.tck.suites.plan;

import static dev.or3.tck.suites.plan.AskScript.EDITOR;
import static dev.or3.tck.suites.plan.AskScript.OWNER;
import static dev.or3.tck.suites.plan.AskScript.STRANGER;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any order of calls about some jobs, with restarts or with time that goes on. */
final class JobWalk {
    private static final int STEPS = 30;
    private static final int JOBS_AT_MOST = 4;
    private static final int RESTARTS_AT_MOST = 2;

    private record Job(String user, String tag) {
    }

    private final JobScript script = new JobScript();
    private final List<Job> jobs = new ArrayList<>();
    private int restarts;

    private JobWalk() {
    }

    static JobScript still(Dice dice, boolean restarts) {
        return walk().may(1, walk -> restarts && walk.restarts < RESTARTS_AT_MOST && !walk.jobs.isEmpty(),
                walk -> Arbitraries.just("restart"), (walk, none) -> walk.restart()).take(STEPS, dice).script;
    }

    static JobScript moving(Dice dice) {
        return walk().may(3, JobWalk::hasJobs, walk -> Arbitraries.longs().between(10, 400),
                (walk, seconds) -> walk.script.script.later(seconds)).take(STEPS, dice).script;
    }

    private static Walk<JobWalk> walk() {
        return Walk.from(JobWalk::new)
                .may(3, walk -> walk.jobs.size() < JOBS_AT_MOST, walk -> Arbitraries.of(OWNER, EDITOR),
                        (walk, user) -> walk.create(user))
                .may(5, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.write(job.user(), job.tag()))
                .may(8, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.get(job.user(), job.tag()))
                .may(1, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.get(STRANGER, job.tag()))
                .may(1, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.abort(STRANGER, job.tag()))
                .may(1, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.complete(job.user(), job.tag()))
                .may(1, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.fail(job.user(), job.tag()))
                .may(1, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.abort(job.user(), job.tag()))
                .may(2, JobWalk::hasJobs, JobWalk::anyJob, (walk, job) -> walk.script.check(job.user(), job.tag()))
                .may(2, JobWalk::hasJobs, walk -> Arbitraries.just("cleanup"),
                        (walk, none) -> walk.script.cleanup().count());
    }

    private boolean hasJobs() {
        return !jobs.isEmpty();
    }

    private Arbitrary<Job> anyJob() {
        return Arbitraries.of(jobs);
    }

    private void create(String user) {
        Job job = new Job(user, "walk" + jobs.size());
        jobs.add(job);
        script.create(user, job.tag());
    }

    private void restart() {
        restarts++;
        script.script.restart();
    }
}
