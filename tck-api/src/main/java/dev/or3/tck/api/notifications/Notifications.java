package dev.or3.tck.api.notifications;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.shape.Acting;
import dev.or3.tck.api.shape.LongText;

/**
 * The notifications component (NOTE rules). Called by several threads at once. What is emitted becomes a row of the table
 * {@code notifications}, private to its user, in the workspace's log like any other change (NOTE-01).
 */
public interface Notifications {

    /** Tells a user that a job is done; the id of the row, or null if none was written. */
    String emitBackgroundJobComplete(Caller caller, JobDone input);

    /** Tells a user that a job failed; the id of the row, or null if none was written. */
    String emitBackgroundJobError(Caller caller, JobFailed input);

    record JobDone(String workspaceId, @Acting String userId, String threadId, String jobId) {
    }

    record JobFailed(String workspaceId, @Acting String userId, String threadId, String jobId, @LongText String error) {
    }
}
