package dev.or3.tck.reference.sqlite;

import dev.or3.tck.api.Caller;
import dev.or3.tck.api.Limits;
import dev.or3.tck.api.ProviderException;
import dev.or3.tck.api.jobs.Jobs;
import dev.or3.tck.api.shape.Shape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The jobs component. Every change is one transaction that looks at the status it changes, so that a job ends once and the
 * limits hold across threads and processes, and over restarts (JOB-01, -03, -04). A call on a job that has ended is refused
 * with 409.
 */
final class SqliteJobs implements Jobs {
    static final String ACTIVE = "SELECT COUNT(*) FROM jobs WHERE status = 'streaming'";
    static final String ACTIVE_OF_USER = ACTIVE + " AND user_id = ?";
    static final String CREATE = "INSERT INTO jobs (job_id, user_id, thread_id, message_id, model, kind, status, chunks,"
            + " started_at, active_at) VALUES (?, ?, ?, ?, ?, ?, 'streaming', 0, ?, ?)";
    static final String FIND = "SELECT user_id, thread_id, message_id, model, kind, status, content, chunks, started_at,"
            + " ended_at, error FROM jobs WHERE job_id = ? AND user_id = ?";
    static final String STATUS = "SELECT status FROM jobs WHERE job_id = ?";
    static final String CHUNKS = "SELECT text FROM job_chunks WHERE job_id = ? ORDER BY chunk";
    static final String TOUCH = "UPDATE jobs SET active_at = ?, chunks = COALESCE(?, chunks + 1)"
            + " WHERE job_id = ? AND status = 'streaming'";
    static final String APPEND = "INSERT INTO job_chunks (job_id, text) VALUES (?, ?)";
    static final String COMPLETE = "UPDATE jobs SET status = 'complete', content = ?, ended_at = ?"
            + " WHERE job_id = ? AND status = 'streaming'";
    static final String FAIL = "UPDATE jobs SET status = 'error', error = ?, ended_at = ?"
            + " WHERE job_id = ? AND status = 'streaming'";
    static final String ABORT = "UPDATE jobs SET status = 'aborted', ended_at = ?"
            + " WHERE job_id = ? AND user_id = ? AND status = 'streaming'";
    static final String FORGET_CHUNKS = "DELETE FROM job_chunks WHERE job_id IN"
            + " (SELECT job_id FROM jobs WHERE ended_at IS NOT NULL AND ended_at <= ?)";
    static final String FORGET = "DELETE FROM jobs WHERE ended_at IS NOT NULL AND ended_at <= ?";
    static final String EXPIRE = "UPDATE jobs SET status = 'error', error = 'timed out', ended_at = ?"
            + " WHERE status = 'streaming' AND active_at <= ?";

    /** So long a job may stream without activity, and be shown after its end, in milliseconds. */
    private static final long LIFE = 5 * 60_000;

    private final Store store;
    private final Limits limits;
    private final ProviderTime time;

    SqliteJobs(Store store, Limits limits, ProviderTime time) {
        this.store = store;
        this.limits = limits;
        this.time = time;
    }

    @Override
    public String createJob(Caller caller, NewJob input) {
        Shape.check(caller, input);
        String id = UUID.randomUUID().toString();
        String user = CodeUnits.encode(input.userId());
        return store.write(session -> {
            if (number(session, ACTIVE_OF_USER, user) >= limits.jobsPerUser() || number(session, ACTIVE) >= limits.jobs()) {
                throw new ProviderException(429, "TOO_MANY_JOBS", "too many jobs stream at once");
            }
            long now = time.millis();
            session.update(CREATE, id, user, CodeUnits.encode(input.threadId()), CodeUnits.encode(input.messageId()),
                    CodeUnits.encode(input.model()), encoded(input.kind()), now, now);
            return id;
        });
    }

    @Override
    public Job getJob(Caller caller, JobOfUser input) {
        Shape.check(caller, input);
        return store.read(session -> {
            try (ResultSet row = session.query(FIND, input.jobId(), CodeUnits.encode(input.userId()))) {
                return row.next() ? job(session, input.jobId(), row) : null;
            }
        });
    }

    private static Job job(Session session, String id, ResultSet row) throws SQLException {
        String content = decoded(row, 7);
        long ended = row.getLong(10);
        boolean streams = row.wasNull();
        return new Job(id, Session.key(row, 1), Session.key(row, 2), Session.key(row, 3), Session.key(row, 4), decoded(row, 5),
                JobStatus.of(Session.text(row, 6)), content == null ? streamed(session, id) : content, row.getLong(8),
                row.getLong(9), streams ? null : ended, decoded(row, 11));
    }

    private static String streamed(Session session, String id) throws SQLException {
        StringBuilder content = new StringBuilder();
        try (ResultSet chunks = session.query(CHUNKS, id)) {
            while (chunks.next()) {
                content.append(Session.key(chunks, 1));
            }
        }
        return content.toString();
    }

    @Override
    public void updateJob(Caller caller, Chunk input) {
        Shape.check(caller, input);
        change(input.jobId(), session -> {
            boolean streams = session.update(TOUCH, time.millis(), input.chunksReceived(), input.jobId()) == 1;
            if (streams && input.contentChunk() != null) {
                session.update(APPEND, input.jobId(), CodeUnits.encode(input.contentChunk()));
            }
            return streams;
        });
    }

    @Override
    public void completeJob(Caller caller, Completion input) {
        Shape.check(caller, input);
        change(input.jobId(), session -> session.update(COMPLETE, CodeUnits.encode(input.finalContent()), time.millis(),
                input.jobId()) == 1);
    }

    @Override
    public void failJob(Caller caller, Failure input) {
        Shape.check(caller, input);
        change(input.jobId(),
                session -> session.update(FAIL, CodeUnits.encode(input.error()), time.millis(), input.jobId()) == 1);
    }

    /**
     * @param change whether it found the job streaming
     */
    private void change(String jobId, Work<Boolean> change) {
        store.write(session -> {
            if (!change.run(session)) {
                status(session, jobId);
                throw ProviderException.conflict("this job has ended");
            }
            return null;
        });
    }

    /**
     * @throws ProviderException 404 if there is no such job
     */
    private static String status(Session session, String jobId) throws SQLException {
        try (ResultSet row = session.query(STATUS, jobId)) {
            if (!row.next()) {
                throw ProviderException.notFound("there is no such job");
            }
            return Session.text(row, 1);
        }
    }

    @Override
    public boolean abortJob(Caller caller, JobOfUser input) {
        Shape.check(caller, input);
        return store.write(session -> session.update(ABORT, time.millis(), input.jobId(),
                CodeUnits.encode(input.userId())) == 1);
    }

    @Override
    public boolean checkJobAborted(Caller caller, JobRef input) {
        Shape.check(caller, input);
        return store.read(session -> status(session, input.jobId()).equals(JobStatus.ABORTED.wireName()));
    }

    @Override
    public long cleanupExpired(Caller caller, Nothing input) {
        return store.write(session -> {
            long now = time.millis();
            session.update(FORGET_CHUNKS, now - LIFE);
            return (long) session.update(FORGET, now - LIFE) + session.update(EXPIRE, now, now - LIFE);
        });
    }

    @Override
    public long getActiveJobCount(Caller caller, Nothing input) {
        return store.read(session -> number(session, ACTIVE));
    }

    private static long number(Session session, String sql, Object... parameters) throws SQLException {
        try (ResultSet row = session.query(sql, parameters)) {
            return row.getLong(1);
        }
    }

    private static String encoded(String text) {
        return text == null ? null : CodeUnits.encode(text);
    }

    private static String decoded(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? null : Session.key(row, column);
    }
}
