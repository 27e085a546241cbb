package dev.or3.tck.api.jobs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.or3.tck.api.Caller;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.shape.Acting;
import dev.or3.tck.api.shape.LongText;
import dev.or3.tck.api.shape.OrNull;
import java.util.Locale;

/**
 * The jobs component (JOB rules). Called by several threads at once. Refusals throw {@link ProviderException}: 429 beyond
 * the limits of running jobs, 404 for a job that is not there.
 *
 * <p>A job streams until it is completed, fails or is aborted; each of these is final (JOB-01). Five minutes without
 * activity, or five minutes after its end, it expires at the next {@link #cleanupExpired} (JOB-05).
 */
public interface Jobs {

    /** Begins a job; its id (JOB-04). */
    String createJob(Caller caller, NewJob input);

    /** A job as its owner sees it; null for everyone else, and if there is none (JOB-02). */
    Job getJob(Caller caller, JobOfUser input);

    /** Appends a chunk while the job streams; refused or ignored afterwards (JOB-01, -03). */
    void updateJob(Caller caller, Chunk input);

    void completeJob(Caller caller, Completion input);

    void failJob(Caller caller, Failure input);

    /** Aborts a streaming job of that user; true once (JOB-02). */
    boolean abortJob(Caller caller, JobOfUser input);

    /** Whether the job was aborted, asked by whoever streams into it. */
    boolean checkJobAborted(Caller caller, JobRef input);

    /** Ends jobs without activity, forgets jobs that ended long ago; how many (JOB-05). */
    long cleanupExpired(Caller caller, Nothing input);

    /** How many jobs stream now, of all users. */
    long getActiveJobCount(Caller caller, Nothing input);

    /** Where a job stands. */
    enum JobStatus {
        STREAMING, COMPLETE, ERROR, ABORTED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws IllegalArgumentException if there is no such status
         */
        @JsonCreator
        public static JobStatus of(String wireName) {
            for (JobStatus status : values()) {
                if (status.wireName().equals(wireName)) {
                    return status;
                }
            }
            throw new IllegalArgumentException(
                    "unknown job status '" + wireName + "': known are streaming, complete, error, aborted");
        }
    }

    /**
     * @param kind what sort of job, or null
     */
    record NewJob(@Acting String userId, String threadId, String messageId, String model, @OrNull String kind) {
    }

    record JobOfUser(String jobId, @Acting String userId) {
    }

    record JobRef(String jobId) {
    }

    /**
     * @param contentChunk   appended to the content; null for a mere sign of activity
     * @param chunksReceived the writer's count; null if not told
     */
    record Chunk(String jobId, @OrNull @LongText String contentChunk, @OrNull Long chunksReceived) {
    }

    record Completion(String jobId, @LongText String finalContent) {
    }

    record Failure(String jobId, @LongText String error) {
    }

    record Nothing() {
    }

    /**
     * @param startedAt   epoch seconds or milliseconds
     * @param completedAt of a job that has ended; null if not told
     * @param error       of a job that failed
     */
    record Job(String id, String userId, String threadId, String messageId, String model, String kind, JobStatus status,
            String content, Long chunksReceived, Long startedAt, Long completedAt, String error) {
    }
}
