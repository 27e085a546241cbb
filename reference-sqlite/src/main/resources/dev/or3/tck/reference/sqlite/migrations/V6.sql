-- Admin: settings of workspaces, who is an admin, members found by their email.
CREATE TABLE workspace_settings (
  ws    INTEGER NOT NULL,
  key   TEXT    NOT NULL,
  value TEXT    NOT NULL,
  PRIMARY KEY (ws, key)
) WITHOUT ROWID;

CREATE TABLE admins (
  user_id    TEXT    NOT NULL PRIMARY KEY,
  granted_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX users_by_email ON users (email) WHERE email IS NOT NULL;
CREATE INDEX users_by_provider_user_id ON users (provider_user_id);

-- Tokens: the keys that sign them, as private JSON Web Keys; the newest signs.
CREATE TABLE token_keys (
  kid        TEXT    NOT NULL PRIMARY KEY,
  jwk        TEXT    NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;
