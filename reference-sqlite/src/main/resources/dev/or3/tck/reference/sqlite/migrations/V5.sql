-- Storage: files by workspace and hash; their bytes lie beside the database, one object each. What is uploaded or deleted
-- goes when it is collected.
CREATE TABLE files (
  ws         INTEGER NOT NULL,
  hash       TEXT    NOT NULL,
  object     TEXT    NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL,
  mime_type  TEXT    NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('uploaded', 'committed', 'deleted')),
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (ws, hash)
) WITHOUT ROWID;

-- Uploads to come, which hold their room until they end.
CREATE TABLE upload_intents (
  intent_id  TEXT    NOT NULL PRIMARY KEY,
  ws         INTEGER NOT NULL,
  hash       TEXT    NOT NULL,
  size_bytes INTEGER NOT NULL,
  mime_type  TEXT    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX upload_intents_by_workspace ON upload_intents (ws, expires_at);

-- Signs the URLs of files, for all instances.
CREATE TABLE url_keys (secret BLOB NOT NULL);
INSERT INTO url_keys (secret) VALUES (randomblob(32));
