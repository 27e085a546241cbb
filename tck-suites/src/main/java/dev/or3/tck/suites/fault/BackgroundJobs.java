package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.shape.Shape;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Jobs in one table, which every change locks (JOB rules). A call on a job that has ended is refused. */
class BackgroundJobs implements Jobs {
    /** So long a job may stream without activity, and be shown after its end, in milliseconds. */
    static final long LIFE = 5 * 60_000;

    final Parts parts;

    BackgroundJobs(Parts parts) {
        this.parts = parts;
    }

    /**
     * A row of the table. All times are provider time in milliseconds.
     *
     * @param activeAt when it was last written to
     * @param endedAt  null while it streams
     */
    record Task(String id, NewJob made, JobStatus status, String content, long chunks, long startedAt, long activeAt,
            Long endedAt, String error) {

        boolean streams() {
            return status == JobStatus.STREAMING;
        }

        Task ended(JobStatus as, String with, String why, long now) {
            return new Task(id, made, as, with, chunks, startedAt, activeAt, now, why);
        }
    }

    @Override
    public final String createJob(Caller caller, NewJob input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return create(input, parts.clock.millis());
        });
    }

    @Override
    public final Job getJob(Caller caller, JobOfUser input) {
        return parts.life.live(() -> {
            admit(caller, input);
            Task task = table().get(input.jobId());
            return task == null || !mayUse(task, input.userId()) ? null : shown(task);
        });
    }

    @Override
    public final void updateJob(Caller caller, Chunk input) {
        change(caller, input, input.jobId(),
                task -> task.streams() ? appended(task, input, parts.clock.millis()) : late(task));
    }

    @Override
    public final void completeJob(Caller caller, Completion input) {
        change(caller, input, input.jobId(), task -> task.streams() ? completed(task, input.finalContent()) : late(task));
    }

    @Override
    public final void failJob(Caller caller, Failure input) {
        change(caller, input, input.jobId(), task -> task.streams()
                ? task.ended(JobStatus.ERROR, task.content(), input.error(), parts.clock.millis()) : late(task));
    }

    @Override
    public final boolean abortJob(Caller caller, JobOfUser input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return abort(input);
        });
    }

    @Override
    public final boolean checkJobAborted(Caller caller, JobRef input) {
        return parts.life.live(() -> {
            admit(caller, input);
            return found(input.jobId()).status() == JobStatus.ABORTED;
        });
    }

    @Override
    public final long cleanupExpired(Caller caller, Nothing input) {
        return parts.life.live(() -> transact(() -> cleanup(parts.clock.millis())));
    }

    @Override
    public final long getActiveJobCount(Caller caller, Nothing input) {
        return parts.life.live(() -> active(null));
    }

    private void change(Caller caller, Record input, String jobId, UnaryOperator<Task> change) {
        parts.life.live(() -> {
            admit(caller, input);
            return change(jobId, change);
        });
    }

    /** Refuses malformed input (JOB-06). */
    void admit(Caller caller, Record input) {
        Shape.check(caller, input);
    }

    Map<String, Task> table() {
        return parts.disk.jobs;
    }

    <T> T transact(Supplier<T> work) {
        synchronized (table()) {
            parts.life.step();
            return work.get();
        }
    }

    Task change(String jobId, UnaryOperator<Task> change) {
        return transact(() -> {
            Task next = change.apply(found(jobId));
            table().put(jobId, next);
            return next;
        });
    }

    private Task found(String jobId) {
        Task task = table().get(jobId);
        if (task == null) {
            throw ProviderException.notFound("there is no such job");
        }
        return task;
    }

    String create(NewJob input, long now) {
        return transact(() -> {
            checkRoom(input.userId());
            return insert(input, now);
        });
    }

    void checkRoom(String userId) {
        if (active(userId) >= parts.settings.limits().jobsPerUser() || active(null) >= parts.settings.limits().jobs()) {
            throw new ProviderException(429, "TOO_MANY_JOBS", "too many jobs stream at once");
        }
    }

    String insert(NewJob input, long now) {
        String id = UUID.randomUUID().toString();
        table().put(id, new Task(id, input, JobStatus.STREAMING, "", 0, now, now, null, null));
        return id;
    }

    /** How many jobs stream: of one user, or of all for null. */
    long active(String userId) {
        return table().values().stream().filter(this::counts)
                .filter(task -> userId == null || task.made().userId().equals(userId)).count();
    }

    boolean counts(Task task) {
        return task.streams();
    }

    boolean mayUse(Task task, String userId) {
        return task.made().userId().equals(userId);
    }

    /** A call on a job that has ended: what becomes of the job. */
    Task late(Task task) {
        throw ProviderException.conflict("this job has ended");
    }

    Task appended(Task task, Chunk chunk, long now) {
        String more = chunk.contentChunk() == null ? "" : chunk.contentChunk();
        long count = chunk.chunksReceived() == null ? task.chunks() + 1 : chunk.chunksReceived();
        return new Task(task.id(), task.made(), task.status(), joined(task.content(), more), count, task.startedAt(), now,
                task.endedAt(), task.error());
    }

    String joined(String content, String more) {
        return content + more;
    }

    Task completed(Task task, String finalContent) {
        return task.ended(JobStatus.COMPLETE, finalContent, null, parts.clock.millis());
    }

    boolean abort(JobOfUser input) {
        return transact(() -> {
            Task task = table().get(input.jobId());
            if (task == null || !mayUse(task, input.userId()) || !task.streams()) {
                return false;
            }
            table().put(task.id(), aborted(task));
            return true;
        });
    }

    Task aborted(Task task) {
        return task.ended(JobStatus.ABORTED, task.content(), null, parts.clock.millis());
    }

    long cleanup(long now) {
        long expired = 0;
        for (Task task : table().values()) {
            if (isStale(task, now)) {
                table().put(task.id(), task.ended(JobStatus.ERROR, task.content(), "timed out", now));
                expired++;
            } else if (isOver(task, now)) {
                table().remove(task.id());
                expired++;
            }
        }
        return expired;
    }

    boolean isStale(Task task, long now) {
        return task.streams() && now - task.activeAt() >= LIFE;
    }

    /** Whether it ended so long ago that it is forgotten. */
    boolean isOver(Task task, long now) {
        return !task.streams() && now - task.endedAt() >= LIFE;
    }

    Job shown(Task task) {
        NewJob made = task.made();
        return new Job(task.id(), made.userId(), made.threadId(), made.messageId(), made.model(), made.kind(), task.status(),
                task.content(), task.chunks(), task.startedAt(), task.endedAt(), task.error());
    }
}
