package dev.or3.tck.suites.fault;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Provider;
import dev.or3.tck.api.jobs.Jobs.Chunk;
import dev.or3.tck.api.jobs.Jobs.Completion;
import dev.or3.tck.api.jobs.Jobs.Job;
import dev.or3.tck.api.jobs.Jobs.JobOfUser;
import dev.or3.tck.api.jobs.Jobs.NewJob;
import dev.or3.tck.api.jobs.Jobs.Nothing;
import dev.or3.tck.api.notifications.Notifications.JobFailed;
import dev.or3.tck.api.sync.Change;
import java.util.Arrays;

/** The part of the tour that is about jobs and notifications. It moves provider time by minutes, from an offset on. */
record JobTour(Notes notes, Provider provider, Device device, long offset) {
    private static final long MILLISECONDS = 100_000_000_000L;
    private static final long STALE = 400;

    void walk() {
        Caller caller = Caller.of(device.userId(), device.workspaceId());
        provider.controls().clock(offset);
        String done = provider.jobs().createJob(caller, job());
        String idle = provider.jobs().createJob(caller, job());
        write(caller, done);
        look(caller, done);
        notes.note("complete", () -> {
            provider.jobs().completeJob(caller, new Completion(done, "whole"));
            return "";
        });
        write(caller, done);
        look(caller, done);
        provider.controls().clock(offset + STALE);
        notes.note("active", () -> provider.jobs().getActiveJobCount(caller, new Nothing()));
        notes.note("cleanup", () -> provider.jobs().cleanupExpired(caller, new Nothing()));
        look(caller, done);
        look(caller, idle);
        notes.note("told of an error", () -> provider.notifications().emitBackgroundJobError(caller,
                new JobFailed(device.workspaceId(), device.userId(), "t", idle, "why")));
        notes.note("log of notifications", () -> device.drain(0, 7).stream().map(Change::pk).toList());
    }

    private NewJob job() {
        return new NewJob(device.userId(), "thread", "message", "model", null);
    }

    private void write(Caller caller, String job) {
        notes.note("write", () -> {
            provider.jobs().updateJob(caller, new Chunk(job, "chunk", null));
            return "";
        });
    }

    private void look(Caller caller, String id) {
        notes.note("job", () -> {
            Job job = provider.jobs().getJob(caller, new JobOfUser(id, device.userId()));
            return job == null ? "none" : Arrays.asList(job.status(), job.content(), job.chunksReceived(), job.error(),
                    job.startedAt() > MILLISECONDS);
        });
    }
}
