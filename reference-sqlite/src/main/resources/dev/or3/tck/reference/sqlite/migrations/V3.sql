-- Rate limits: the requests that were let through, until their window is over.
CREATE TABLE requests (
  request    INTEGER NOT NULL PRIMARY KEY,
  key        TEXT    NOT NULL,
  at         INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX requests_by_key ON requests (key, at);
CREATE INDEX requests_by_expiry ON requests (expires_at);
