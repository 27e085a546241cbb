package dev.or3.tck.reference.convex;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.shape.Shape;

/** The jobs component, by the functions {@code jobs:…}. */
final class ConvexJobs implements Jobs {
    private final Calls calls;

    ConvexJobs(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String createJob(Caller caller, NewJob input) {
        Shape.check(caller, input);
        return calls.mutation(caller, "jobs:createJob", Calls.args(input), String.class);
    }

    @Override
    public Job getJob(Caller caller, JobOfUser input) {
        Shape.check(caller, input);
        return calls.query(caller, "jobs:getJob", Calls.args(input), Job.class);
    }

    @Override
    public void updateJob(Caller caller, Chunk input) {
        Shape.check(caller, input);
        calls.mutation(caller, "jobs:updateJob", Calls.args(input), Void.class);
    }

    @Override
    public void completeJob(Caller caller, Completion input) {
        Shape.check(caller, input);
        calls.mutation(caller, "jobs:completeJob", Calls.args(input), Void.class);
    }

    @Override
    public void failJob(Caller caller, Failure input) {
        Shape.check(caller, input);
        calls.mutation(caller, "jobs:failJob", Calls.args(input), Void.class);
    }

    @Override
    public boolean abortJob(Caller caller, JobOfUser input) {
        Shape.check(caller, input);
        return calls.mutation(caller, "jobs:abortJob", Calls.args(input), Boolean.class);
    }

    @Override
    public boolean checkJobAborted(Caller caller, JobRef input) {
        Shape.check(caller, input);
        return calls.query(caller, "jobs:checkJobAborted", Calls.args(input), Boolean.class);
    }

    @Override
    public long cleanupExpired(Caller caller, Nothing input) {
        return calls.mutation(caller, "jobs:cleanupExpired", Calls.args(input), Long.class);
    }

    @Override
    public long getActiveJobCount(Caller caller, Nothing input) {
        return calls.query(caller, "jobs:getActiveJobCount", Calls.args(input), Long.class);
    }
}
