-- Configuration: the backends of organizations. Of a configuration all but its type is encrypted.
CREATE TABLE backend_configs (
  config     INTEGER NOT NULL PRIMARY KEY,
  config_id  TEXT    NOT NULL UNIQUE,
  ws         INTEGER NOT NULL,
  type       TEXT    NOT NULL,
  key_id     TEXT    NOT NULL,
  iv         BLOB    NOT NULL,
  ciphertext BLOB    NOT NULL,
  created_by TEXT    NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX backend_configs_by_key ON backend_configs (key_id);

-- One an organization, by its key. When its health was last checked on schedule stands here, so that of several
-- processes one checks.
CREATE TABLE active_backends (
  ws         INTEGER NOT NULL PRIMARY KEY,
  config_id  TEXT    NOT NULL,
  previous   TEXT,
  checked_at INTEGER NOT NULL
);
CREATE INDEX active_backends_by_check ON active_backends (checked_at);

CREATE TABLE config_events (
  event      INTEGER NOT NULL PRIMARY KEY,
  ws         INTEGER NOT NULL,
  type       TEXT    NOT NULL,
  actor_id   TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  metadata   TEXT    NOT NULL,
  expires_at INTEGER
);
CREATE INDEX config_events_by_workspace ON config_events (ws, event);
CREATE INDEX config_events_by_expiry ON config_events (expires_at) WHERE expires_at IS NOT NULL;

-- How long operations took, in microseconds: exactly in sum, and as a histogram.
CREATE TABLE backend_usage (
  ws         INTEGER NOT NULL,
  hour       INTEGER NOT NULL,
  operations INTEGER NOT NULL,
  micros     INTEGER NOT NULL,
  histogram  BLOB    NOT NULL,
  PRIMARY KEY (ws, hour)
) WITHOUT ROWID;
