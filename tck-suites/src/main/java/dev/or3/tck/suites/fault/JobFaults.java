package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.suites.fault.Fault.Need;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Faults of background jobs. */
final class JobFaults {
    private static final FaultPart PART = new FaultPart("jobs");
    private static final Set<Need> RACING = Set.of(Need.CONCURRENT);
    private static final Set<Need> TIMED = Set.of(Need.CLOCK);

    private JobFaults() {
    }

    static List<Fault> all() {
        return List.of(
                PART.fault("J01", "JOB-01 JOB-02", RACING,
                        "The status is read in one step and written in another, so that two ends of a job both win",
                        parts -> parts.use(new ReadThenEnd(parts))),
                PART.fault("J03", "JOB-01", "An aborted job can still be completed",
                        parts -> parts.use(new Completing(parts))),
                PART.fault("B300", "JOB-01", "Writing to a job that has ended takes it back to streaming",
                        parts -> parts.use(new Reviving(parts))),
                PART.fault("B301", "JOB-01 JOB-03", "A completed job keeps what was streamed, not its final content",
                        parts -> parts.use(new WithoutFinal(parts))),
                PART.fault("B302", "JOB-01", "An aborted job goes on streaming",
                        parts -> parts.use(new StillStreaming(parts))),
                PART.fault("B303", "JOB-02", "Whoever knows its id sees a job", parts -> parts.use(new Open(parts))),
                PART.fault("B304", "JOB-02 JOB-01", "Whoever knows its id aborts a job",
                        parts -> parts.use(new Abortable(parts))),
                PART.fault("B305", "JOB-02", "Abort is true whenever the job is aborted",
                        parts -> parts.use(new AlwaysTrue(parts))),
                PART.fault("B306", "JOB-02", "A job shows its message in the place of its thread",
                        parts -> parts.use(new Swapped(parts))),
                PART.fault("B307", "JOB-03", RACING, "The content is read, extended and written back: chunks get lost",
                        parts -> parts.use(new ReadThenAppend(parts))),
                PART.fault("B308", "JOB-03", "The newest chunk goes first", parts -> parts.use(new Backwards(parts))),
                PART.fault("B309", "JOB-03", "A mere sign of activity takes the content away",
                        parts -> parts.use(new Emptied(parts))),
                PART.fault("B310", "JOB-04", RACING, "Jobs are counted in one step and made in another",
                        parts -> parts.use(new CountThenInsert(parts))),
                PART.fault("B311", "JOB-04", "A user may have one job more than the limit",
                        parts -> parts.use(new OneMore(parts))),
                PART.fault("B312", "JOB-04", "The limit of all jobs together is not looked at",
                        parts -> parts.use(new Boundless(parts))),
                PART.fault("B313", "JOB-04", "Aborted jobs count against the limit", parts -> parts.use(new NeverFree(parts))),
                PART.fault("B314", "JOB-04 JOB-01 JOB-02", Set.of(Need.INSTANCES), "Each instance has its own jobs",
                        parts -> parts.use(new OwnTable(parts))),
                PART.fault("B315", "JOB-05", TIMED, "A job times out by its start, although it is active",
                        parts -> parts.use(new ByStart(parts))),
                PART.fault("B316", "JOB-05", TIMED, "Stale jobs stream for ever",
                        parts -> parts.use(new NeverStale(parts))),
                PART.fault("B317", "JOB-05", TIMED, "Jobs that ended are kept for ever",
                        parts -> parts.use(new Kept(parts))),
                PART.fault("B318", "JOB-05", TIMED, "A cleanup forgets every job that ended",
                        parts -> parts.use(new Forgetful(parts))),
                PART.fault("B319", "JOB-05", TIMED, "Seconds are taken for milliseconds: nothing ever expires",
                        parts -> parts.use(new InSeconds(parts))),
                PART.fault("B320", "JOB-06 JOB-02", "The user of the input is believed, whoever calls",
                        parts -> parts.use(new Believing(parts))),
                PART.fault("B321", "JOB-06 JOB-04", "A job is made before its input is looked at",
                        parts -> parts.use(new MadeFirst(parts))));
    }

    private static final class ReadThenEnd extends BackgroundJobs {
        ReadThenEnd(Parts parts) {
            super(parts);
        }

        @Override
        Task change(String jobId, UnaryOperator<Task> change) {
            Task before = table().get(jobId);
            if (before == null) {
                throw ProviderException.notFound("there is no such job");
            }
            Task next = change.apply(before);
            return next.streams() ? super.change(jobId, change) : transact(() -> {
                table().put(jobId, next);
                return next;
            });
        }

        @Override
        boolean abort(JobOfUser input) {
            Task before = table().get(input.jobId());
            if (before == null || !mayUse(before, input.userId()) || !before.streams()) {
                return false;
            }
            return transact(() -> {
                table().put(before.id(), aborted(before));
                return true;
            });
        }
    }

    private static final class Completing extends BackgroundJobs {
        Completing(Parts parts) {
            super(parts);
        }

        @Override
        Task change(String jobId, UnaryOperator<Task> change) {
            return super.change(jobId, task -> {
                if (task.status() != JobStatus.ABORTED) {
                    return change.apply(task);
                }
                Task next = change.apply(new Task(task.id(), task.made(), JobStatus.STREAMING, task.content(), task.chunks(),
                        task.startedAt(), task.activeAt(), null, null));
                return next.status() == JobStatus.COMPLETE ? next : task;
            });
        }
    }

    private static final class Reviving extends BackgroundJobs {
        Reviving(Parts parts) {
            super(parts);
        }

        @Override
        Task late(Task task) {
            return new Task(task.id(), task.made(), JobStatus.STREAMING, task.content(), task.chunks(), task.startedAt(),
                    parts.clock.millis(), null, null);
        }
    }

    private static final class WithoutFinal extends BackgroundJobs {
        WithoutFinal(Parts parts) {
            super(parts);
        }

        @Override
        Task completed(Task task, String finalContent) {
            return super.completed(task, task.content());
        }
    }

    private static final class StillStreaming extends BackgroundJobs {
        StillStreaming(Parts parts) {
            super(parts);
        }

        @Override
        Task aborted(Task task) {
            return task;
        }
    }

    private static final class Open extends BackgroundJobs {
        Open(Parts parts) {
            super(parts);
        }

        @Override
        boolean mayUse(Task task, String userId) {
            return true;
        }

        @Override
        boolean abort(JobOfUser input) {
            Task task = table().get(input.jobId());
            return task != null && super.mayUse(task, input.userId()) && super.abort(input);
        }
    }

    private static final class Abortable extends BackgroundJobs {
        Abortable(Parts parts) {
            super(parts);
        }

        @Override
        boolean abort(JobOfUser input) {
            Task task = table().get(input.jobId());
            return task != null && super.abort(new JobOfUser(task.id(), task.made().userId()));
        }
    }

    private static final class AlwaysTrue extends BackgroundJobs {
        AlwaysTrue(Parts parts) {
            super(parts);
        }

        @Override
        boolean abort(JobOfUser input) {
            Task task = table().get(input.jobId());
            return super.abort(input)
                    || task != null && mayUse(task, input.userId()) && task.status() == JobStatus.ABORTED;
        }
    }

    private static final class Swapped extends BackgroundJobs {
        Swapped(Parts parts) {
            super(parts);
        }

        @Override
        Job shown(Task task) {
            Job job = super.shown(task);
            return new Job(job.id(), job.userId(), job.messageId(), job.messageId(), job.model(), job.kind(), job.status(),
                    job.content(), job.chunksReceived(), job.startedAt(), job.completedAt(), job.error());
        }
    }

    private static final class ReadThenAppend extends BackgroundJobs {
        ReadThenAppend(Parts parts) {
            super(parts);
        }

        @Override
        Task change(String jobId, UnaryOperator<Task> change) {
            Task before = table().get(jobId);
            if (before == null || !before.streams()) {
                return super.change(jobId, change);
            }
            Task next = change.apply(before);
            // Ends look at the job again.
            return super.change(jobId, now -> now.streams() && next.streams() ? next : change.apply(now));
        }
    }

    private static final class Backwards extends BackgroundJobs {
        Backwards(Parts parts) {
            super(parts);
        }

        @Override
        String joined(String content, String more) {
            return more + content;
        }
    }

    private static final class Emptied extends BackgroundJobs {
        Emptied(Parts parts) {
            super(parts);
        }

        @Override
        String joined(String content, String more) {
            return more.isEmpty() ? "" : super.joined(content, more);
        }
    }

    private static final class CountThenInsert extends BackgroundJobs {
        CountThenInsert(Parts parts) {
            super(parts);
        }

        @Override
        String create(NewJob input, long now) {
            checkRoom(input.userId());
            return transact(() -> insert(input, now));
        }
    }

    private static final class OneMore extends BackgroundJobs {
        OneMore(Parts parts) {
            super(parts);
        }

        @Override
        long active(String userId) {
            return super.active(userId) - (userId == null ? 0 : 1);
        }
    }

    private static final class Boundless extends BackgroundJobs {
        Boundless(Parts parts) {
            super(parts);
        }

        @Override
        void checkRoom(String userId) {
            if (active(userId) >= parts.settings.limits().jobsPerUser()) {
                super.checkRoom(userId);
            }
        }
    }

    private static final class NeverFree extends BackgroundJobs {
        NeverFree(Parts parts) {
            super(parts);
        }

        @Override
        boolean counts(Task task) {
            return task.streams() || task.status() == JobStatus.ABORTED;
        }
    }

    private static final class OwnTable extends BackgroundJobs {
        private final Map<String, Task> own = new ConcurrentHashMap<>();

        OwnTable(Parts parts) {
            super(parts);
        }

        @Override
        Map<String, Task> table() {
            return own;
        }
    }

    private static final class ByStart extends BackgroundJobs {
        ByStart(Parts parts) {
            super(parts);
        }

        @Override
        boolean isStale(Task task, long now) {
            return task.streams() && now - task.startedAt() >= LIFE;
        }
    }

    private static final class NeverStale extends BackgroundJobs {
        NeverStale(Parts parts) {
            super(parts);
        }

        @Override
        boolean isStale(Task task, long now) {
            return false;
        }
    }

    private static final class Kept extends BackgroundJobs {
        Kept(Parts parts) {
            super(parts);
        }

        @Override
        boolean isOver(Task task, long now) {
            return false;
        }
    }

    private static final class Forgetful extends BackgroundJobs {
        Forgetful(Parts parts) {
            super(parts);
        }

        @Override
        boolean isOver(Task task, long now) {
            return !task.streams();
        }
    }

    private static final class InSeconds extends BackgroundJobs {
        InSeconds(Parts parts) {
            super(parts);
        }

        @Override
        long cleanup(long now) {
            return super.cleanup(now / 1000);
        }
    }

    private static final class Believing extends BackgroundJobs {
        Believing(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Record input) {
            String named = input instanceof NewJob job ? job.userId() : input instanceof JobOfUser job ? job.userId() : null;
            super.admit(named == null ? caller : Caller.of(named, null), input);
        }
    }

    private static final class MadeFirst extends BackgroundJobs {
        MadeFirst(Parts parts) {
            super(parts);
        }

        @Override
        void admit(Caller caller, Record input) {
            if (input instanceof NewJob job && job.userId() != null && (job.model() == null || job.threadId() == null)) {
                transact(() -> insert(job, parts.clock.millis()));
            }
            super.admit(caller, input);
        }
    }
}
