-- Workspaces: users by identity, workspaces (removed ones stay, so that ids are never reused), memberships.
CREATE TABLE users (
  user_id          TEXT    NOT NULL PRIMARY KEY,
  provider         TEXT    NOT NULL,
  provider_user_id TEXT    NOT NULL,
  email            TEXT,
  display_name     TEXT,
  active_ws        INTEGER,
  created_at       INTEGER NOT NULL,
  UNIQUE (provider, provider_user_id)
) WITHOUT ROWID;

CREATE TABLE workspaces (
  ws           INTEGER NOT NULL PRIMARY KEY,
  workspace_id TEXT    NOT NULL UNIQUE,
  name         TEXT    NOT NULL,
  description  TEXT,
  created_at   INTEGER NOT NULL,
  removed_at   INTEGER
);

CREATE TABLE memberships (
  user_id TEXT    NOT NULL,
  ws      INTEGER NOT NULL,
  role    TEXT    NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
  PRIMARY KEY (user_id, ws)
) WITHOUT ROWID;

CREATE INDEX memberships_by_workspace ON memberships (ws);
CREATE INDEX users_by_active_workspace ON users (active_ws) WHERE active_ws IS NOT NULL;

-- Sync: the counter of each workspace, which survives an empty log; everything up to floor was collected.
CREATE TABLE sync_heads (
  ws    INTEGER NOT NULL PRIMARY KEY,
  head  INTEGER NOT NULL,
  floor INTEGER NOT NULL
);

CREATE TABLE changes (
  ws             INTEGER NOT NULL,
  server_version INTEGER NOT NULL,
  table_name     TEXT    NOT NULL,
  pk             TEXT    NOT NULL,
  op             TEXT    NOT NULL,
  payload        TEXT,
  device_id      TEXT    NOT NULL,
  op_id          TEXT    NOT NULL,
  hlc            TEXT    NOT NULL,
  clock          INTEGER NOT NULL,
  stored_at      INTEGER NOT NULL,
  PRIMARY KEY (ws, server_version)
) WITHOUT ROWID;

-- Outlives the log, so that a late replay is still known. A lower-case UUID is kept as its 16 bytes.
CREATE TABLE operations (
  ws             INTEGER NOT NULL,
  op_id          BLOB    NOT NULL,
  server_version INTEGER NOT NULL,
  PRIMARY KEY (ws, op_id)
) WITHOUT ROWID;

-- The winner of each record; a delete is its tombstone. The payload moves here when the log entry is collected.
CREATE TABLE records (
  ws             INTEGER NOT NULL,
  table_name     TEXT    NOT NULL,
  pk             TEXT    NOT NULL,
  server_version INTEGER NOT NULL,
  deleted        INTEGER NOT NULL,
  clock          INTEGER NOT NULL,
  hlc            TEXT    NOT NULL,
  op_id          TEXT    NOT NULL,
  changed_at     INTEGER NOT NULL,
  payload        TEXT,
  PRIMARY KEY (ws, table_name, pk)
) WITHOUT ROWID;

CREATE INDEX records_tombstones ON records (ws, server_version) WHERE deleted = 1;

CREATE TABLE cursors (
  ws         INTEGER NOT NULL,
  device_id  TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (ws, device_id)
) WITHOUT ROWID;
