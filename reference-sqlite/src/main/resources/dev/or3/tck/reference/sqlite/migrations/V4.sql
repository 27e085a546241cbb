-- Background jobs. What is streamed into one comes in parts, so that appending costs the same however much there is.
CREATE TABLE jobs (
  job_id     TEXT    NOT NULL PRIMARY KEY,
  user_id    TEXT    NOT NULL,
  thread_id  TEXT    NOT NULL,
  message_id TEXT    NOT NULL,
  model      TEXT    NOT NULL,
  kind       TEXT,
  status     TEXT    NOT NULL CHECK (status IN ('streaming', 'complete', 'error', 'aborted')),
  content    TEXT,
  chunks     INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  active_at  INTEGER NOT NULL,
  ended_at   INTEGER,
  error      TEXT
) WITHOUT ROWID;
CREATE INDEX jobs_streaming ON jobs (user_id, active_at) WHERE status = 'streaming';
CREATE INDEX jobs_by_end ON jobs (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE job_chunks (
  chunk  INTEGER NOT NULL PRIMARY KEY,
  job_id TEXT    NOT NULL,
  text   TEXT    NOT NULL
);
CREATE INDEX job_chunks_by_job ON job_chunks (job_id, chunk);
