package dev.or3.tck.suites.fault;

import java.util.List;

/** Permitted differences in background jobs. */
final class JobVariants {
    private JobVariants() {
    }

    static List<Variant> all() {
        return List.of(
                new Variant("late-ignored", "Calls on a job that has ended are ignored",
                        parts -> parts.use(new BackgroundJobs(parts) {
                            @Override
                            Task late(Task task) {
                                return task;
                            }
                        })),
                new Variant("jobs-in-seconds", "Times of jobs are told in seconds, and chunks are not counted",
                        parts -> parts.use(new BackgroundJobs(parts) {
                            @Override
                            Job shown(Task task) {
                                Job job = super.shown(task);
                                return new Job(job.id(), job.userId(), job.threadId(), job.messageId(), job.model(),
                                        job.kind(), job.status(), job.content(), null, job.startedAt() / 1000,
                                        job.completedAt() == null ? null : job.completedAt() / 1000, job.error());
                            }
                        })),
                new Variant("stale-jobs-deleted", "A cleanup forgets stale jobs at once, and they take no room before",
                        parts -> parts.use(new BackgroundJobs(parts) {
                            @Override
                            boolean counts(Task task) {
                                return task.streams() && !isStale(task, parts.clock.millis());
                            }

                            @Override
                            long cleanup(long now) {
                                long before = table().size();
                                table().values().removeIf(task -> isStale(task, now) || isOver(task, now));
                                return before - table().size();
                            }
                        })));
    }
}
