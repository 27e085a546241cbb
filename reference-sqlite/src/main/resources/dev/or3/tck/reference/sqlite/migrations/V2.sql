-- Profile 1.1: private rows, cursors owned by users, content of collected operations, snapshots.
ALTER TABLE changes ADD COLUMN owner TEXT;
ALTER TABLE records ADD COLUMN owner TEXT;
UPDATE changes SET owner = json_extract(payload, '$.user_id') WHERE table_name = 'notifications' AND payload IS NOT NULL;
UPDATE records SET owner = COALESCE(json_extract(payload, '$.user_id'),
    (SELECT c.owner FROM changes c WHERE c.ws = records.ws AND c.server_version = records.server_version),
    (SELECT c.owner FROM changes c WHERE c.ws = records.ws AND c.table_name = records.table_name
        AND c.pk = records.pk AND c.owner IS NOT NULL ORDER BY c.server_version DESC LIMIT 1))
    WHERE table_name = 'notifications';
UPDATE changes SET owner = (SELECT r.owner FROM records r WHERE r.ws = changes.ws AND r.table_name = changes.table_name
    AND r.pk = changes.pk) WHERE table_name = 'notifications' AND owner IS NULL;

ALTER TABLE operations ADD COLUMN fingerprint BLOB;

-- Whose the older cursors were is not known: the empty user keeps them, and they hold back collection as before.
CREATE TABLE owned_cursors (
  ws         INTEGER NOT NULL,
  user_id    TEXT    NOT NULL,
  device_id  TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (ws, user_id, device_id)
) WITHOUT ROWID;
INSERT INTO owned_cursors SELECT ws, '', device_id, version, updated_at FROM cursors;
DROP TABLE cursors;
ALTER TABLE owned_cursors RENAME TO cursors;

CREATE TABLE snapshots (
  snapshot       INTEGER NOT NULL PRIMARY KEY,
  snapshot_id    TEXT    NOT NULL UNIQUE,
  ws             INTEGER NOT NULL,
  user_id        TEXT    NOT NULL,
  high_watermark INTEGER NOT NULL,
  expires_at     INTEGER NOT NULL,
  secret         BLOB    NOT NULL
);
CREATE INDEX snapshots_by_expiry ON snapshots (expires_at);
CREATE INDEX snapshots_by_reader ON snapshots (ws, user_id);

CREATE TABLE snapshot_items (
  snapshot   INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  table_name TEXT    NOT NULL,
  pk         TEXT    NOT NULL,
  deleted    INTEGER NOT NULL,
  payload    TEXT,
  clock      INTEGER NOT NULL,
  hlc        TEXT    NOT NULL,
  op_id      TEXT    NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (snapshot, position)
) WITHOUT ROWID;

CREATE VIEW current_records AS
  SELECT w.workspace_id, r.table_name, r.pk, r.server_version, r.deleted, r.clock, r.hlc, r.op_id, r.changed_at, r.owner,
         COALESCE(r.payload, c.payload) AS payload
  FROM records r JOIN workspaces w ON w.ws = r.ws
  LEFT JOIN changes c ON c.ws = r.ws AND c.server_version = r.server_version;
