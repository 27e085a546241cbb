import Database from 'better-sqlite3'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** What keeps a log without gaps and repeats even if the code errs. The racy twin does without. */
const GUARDS = `
  CREATE UNIQUE INDEX IF NOT EXISTS changes_by_version ON changes (ws, version);
  CREATE UNIQUE INDEX IF NOT EXISTS operations_by_id ON operations (ws, op_id);
  CREATE UNIQUE INDEX IF NOT EXISTS users_by_identity ON users (provider, provider_user_id);`

const INDEXES = GUARDS.replaceAll('UNIQUE ', '')

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS users (
    user_id TEXT PRIMARY KEY, provider TEXT NOT NULL, provider_user_id TEXT NOT NULL, email TEXT, display_name TEXT,
    active_ws INTEGER);
  CREATE TABLE IF NOT EXISTS workspaces (
    ws INTEGER PRIMARY KEY, workspace_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT,
    created_at INTEGER NOT NULL, removed INTEGER NOT NULL DEFAULT 0, head INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS memberships (
    user_id TEXT NOT NULL, ws INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (user_id, ws)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS users_by_active ON users (active_ws);
  -- The log. Collected entries are gone; the ids of their operations stay, so that a late replay is still known.
  CREATE TABLE IF NOT EXISTS changes (
    ws INTEGER NOT NULL, version INTEGER NOT NULL, table_name TEXT NOT NULL, pk TEXT NOT NULL, op TEXT NOT NULL,
    payload TEXT, device_id TEXT NOT NULL, op_id TEXT NOT NULL, hlc TEXT NOT NULL, clock INTEGER NOT NULL,
    stored_at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS operations (ws INTEGER NOT NULL, op_id TEXT NOT NULL, version INTEGER NOT NULL);
  -- The state: the winner of each record. A delete is its tombstone.
  CREATE TABLE IF NOT EXISTS records (
    ws INTEGER NOT NULL, table_name TEXT NOT NULL, pk TEXT NOT NULL, payload TEXT, deleted INTEGER NOT NULL,
    version INTEGER NOT NULL, hlc TEXT NOT NULL, clock INTEGER NOT NULL, op_id TEXT NOT NULL, stored_at INTEGER NOT NULL,
    PRIMARY KEY (ws, table_name, pk)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS cursors (
    ws INTEGER NOT NULL, device_id TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (ws, device_id)) WITHOUT ROWID;`

/** Where the database file is: a wrong place must not go unnoticed, for a new file there would be an empty database. */
export function databasePath ({ OR3_EXAMPLE_DB_PATH: path, OR3_EXAMPLE_STRICT: strict, OR3_TCK_DATA: data = 'data' }) {
  if (path) {
    return path
  }
  if (strict === 'true') {
    throw new Error('OR3_EXAMPLE_DB_PATH is not set, and OR3_EXAMPLE_STRICT forbids a default: name the database file')
  }
  mkdirSync(data, { recursive: true })
  return join(data, 'example.sqlite')
}

/** The database file, with statements that are prepared once and transactions that hold the write lock from the start. */
export class Store {
  #path
  #racy
  #db
  #statements = new Map()

  /** @param racy whether to look before the lock is taken, and to trust what was seen: the bug of the twin */
  constructor (path, racy) {
    this.#path = path
    this.#racy = racy
    this.open()
  }

  open () {
    try {
      this.#db = new Database(this.#path, { timeout: 10_000 })
      this.#db.pragma('journal_mode = WAL')
      this.#db.pragma('synchronous = NORMAL')
      this.#db.transaction(() => this.#db.exec(SCHEMA + (this.#racy ? INDEXES : GUARDS))).immediate()
    } catch (error) {
      throw new Error(`OR3_EXAMPLE_DB_PATH (${this.#path}) cannot be used: ${error.message}`, { cause: error })
    }
  }

  close () {
    this.#statements.clear()
    this.#db.close()
  }

  all (sql, ...parameters) {
    return this.#statement(sql).all(...parameters)
  }

  get (sql, ...parameters) {
    return this.#statement(sql).get(...parameters)
  }

  run (sql, ...parameters) {
    return this.#statement(sql).run(...parameters)
  }

  /** Reads within one state of the database, whatever other processes write meanwhile. */
  read (work) {
    return this.#db.transaction(work).deferred()
  }

  /** Looks, then writes what follows from it, with nobody in between; the racy twin lets other processes in between. */
  change (look, write) {
    if (this.#racy) {
      const seen = look()
      return this.#db.transaction(() => write(seen)).immediate()
    }
    return this.#db.transaction(() => write(look())).immediate()
  }

  #statement (sql) {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.#db.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** An error as an h3 host throws it. */
export function refusal (statusCode, message) {
  return Object.assign(new Error(message), { statusCode })
}
