import { refusal } from './database.js'

export const LIMITS = {
  maxOpsPerPush: 100, maxPullLimit: 500, maxPayloadBytes: 65536, minRetentionSeconds: 3600, maxRetentionSeconds: 315_360_000
}

/** The synced tables with their keys. Version 2 of the schema brought notifications. */
const KEYS = {
  threads: 'id', messages: 'id', projects: 'id', posts: 'id', kv: 'id', file_meta: 'hash',
  ...(process.env.OR3_EXAMPLE_SCHEMA === '1' ? {} : { notifications: 'id' })
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const MEMBER = `SELECT w.ws, w.head FROM workspaces w JOIN memberships m ON m.ws = w.ws AND m.user_id = ?
  WHERE w.workspace_id = ? AND NOT w.removed`
const CHANGE = `INSERT INTO changes (ws, version, table_name, pk, op, payload, device_id, op_id, hlc, clock, stored_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const RECORD = `INSERT OR REPLACE INTO records (ws, version, table_name, pk, deleted, payload, hlc, clock, op_id, stored_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const CURSOR = `INSERT INTO cursors (ws, device_id, version) VALUES (?, ?, ?)
  ON CONFLICT (ws, device_id) DO UPDATE SET version = MAX(version, excluded.version)`
const SLOWEST = 'SELECT MIN(version) AS version FROM cursors WHERE ws = ?'

/** The sync gateway adapter: every method takes the event of an h3 host, whose session says who calls. */
export class SyncAdapter {
  id = 'example'
  #store

  constructor (store) {
    this.#store = store
  }

  push (event, { scope, ops }) {
    const session = sessionOf(event, scope)
    if (!Array.isArray(ops)) {
      throw refusal(400, 'ops must be a list')
    }
    if (ops.length > LIMITS.maxOpsPerPush) {
      throw refusal(413, `more than ${LIMITS.maxOpsPerPush} operations in one push`)
    }
    if (!ops.every(op => typeof op?.stamp?.opId === 'string' && UUID.test(op.stamp.opId))) {
      throw refusal(400, 'every operation needs a UUID as stamp.opId')
    }
    const entries = ops.map(op => admit(op, session.workspaceId))
    return this.#store.change(() => this.#decide(session, entries), batch => this.#write(batch))
  }

  /** What becomes of each operation, from what is stored now. */
  #decide (session, entries) {
    const { ws, head } = this.#member(session)
    const batch = { ws, head, now: Date.now(), results: [], changes: [], winners: new Map() }
    const versions = new Map()
    for (const entry of entries) {
      if (entry.error !== undefined) {
        batch.results.push({ opId: entry.opId, success: false, ...entry.error })
        continue
      }
      let version = versions.get(entry.opId) ??
        this.#store.get('SELECT version FROM operations WHERE ws = ? AND op_id = ?', ws, entry.opId)?.version
      if (version === undefined) {
        version = ++batch.head
        const change = { ...entry, version }
        batch.changes.push(change)
        const key = JSON.stringify([entry.table, entry.pk])
        const winner = batch.winners.get(key) ?? this.#store.get(
          'SELECT clock, hlc FROM records WHERE ws = ? AND table_name = ? AND pk = ?', ws, entry.table, entry.pk)
        if (winner === undefined || wins(entry, winner)) {
          batch.winners.set(key, change)
        }
      }
      versions.set(entry.opId, version)
      batch.results.push({ opId: entry.opId, success: true, serverVersion: version })
    }
    return batch
  }

  #write ({ ws, head, now, results, changes, winners }) {
    for (const { version, table, pk, op, payload, deviceId, opId, hlc, clock } of changes) {
      this.#store.run('INSERT INTO operations (ws, op_id, version) VALUES (?, ?, ?)', ws, opId, version)
      this.#store.run(CHANGE, ws, version, table, pk, op, payload, deviceId, opId, hlc, clock, now)
    }
    for (const { version, table, pk, op, payload, opId, hlc, clock } of winners.values()) {
      const deleted = op === 'delete'
      this.#store.run(RECORD, ws, version, table, pk, deleted ? 1 : 0, deleted ? null : payload, hlc, clock, opId, now)
    }
    if (changes.length > 0) {
      this.#store.run('UPDATE workspaces SET head = ? WHERE ws = ?', head, ws)
    }
    return { results, serverVersion: head }
  }

  pull (event, { scope, cursor, limit, tables }) {
    const session = sessionOf(event, scope)
    whole(cursor, 'cursor', 0)
    whole(limit, 'limit', 1)
    if (tables != null && !(Array.isArray(tables) && tables.every(table => Object.hasOwn(KEYS, table)))) {
      throw refusal(400, 'tables must be a list of synced tables')
    }
    const most = Math.min(limit, LIMITS.maxPullLimit)
    const wanted = tables?.length > 0 ? tables : Object.keys(KEYS)
    return this.#store.read(() => {
      const { ws, head } = this.#member(session)
      const rows = this.#store.all(`SELECT * FROM changes WHERE ws = ? AND version > ?
        AND table_name IN (${wanted.map(() => '?')}) ORDER BY version LIMIT ?`, ws, cursor, ...wanted, most + 1)
      const hasMore = rows.length > most
      const page = hasMore ? rows.slice(0, most) : rows
      return { changes: page.map(toChange), hasMore, nextCursor: hasMore ? page.at(-1).version : Math.max(cursor, head) }
    })
  }

  updateCursor (event, { scope, deviceId, version }) {
    const session = sessionOf(event, scope)
    text(deviceId, 'deviceId')
    whole(version, 'version', 0)
    this.#store.change(() => this.#member(session), ({ ws, head }) => {
      if (version > head) {
        throw refusal(409, 'version lies beyond the head')
      }
      this.#store.run(CURSOR, ws, deviceId, version)
    })
  }

  gcTombstones (event, input) {
    this.#collect(event, input, 'DELETE FROM records WHERE ws = ? AND deleted AND version <= ? AND stored_at < ?')
  }

  gcChangeLog (event, input) {
    this.#collect(event, input, 'DELETE FROM changes WHERE ws = ? AND version <= ? AND stored_at < ?')
  }

  /** Collects what every device has passed and is older than the retention; nothing while no device is known. */
  #collect (event, { scope, retentionSeconds }, sql) {
    const session = sessionOf(event, scope)
    whole(retentionSeconds, 'retentionSeconds', LIMITS.minRetentionSeconds, LIMITS.maxRetentionSeconds)
    this.#store.change(() => this.#member(session), ({ ws }) => {
      const slowest = this.#store.get(SLOWEST, ws).version ?? 0
      this.#store.run(sql, ws, slowest, Date.now() - retentionSeconds * 1000)
    })
  }

  inspect ({ workspaceId, tableName, pk }) {
    const row = this.#store.get(`SELECT r.* FROM workspaces w JOIN records r ON r.ws = w.ws
      WHERE w.workspace_id = ? AND r.table_name = ? AND r.pk = ?`, workspaceId, tableName, pk)
    if (row === undefined) {
      return { record: null, tombstones: [] }
    }
    const { clock, hlc, op_id: opId, version } = row
    return row.deleted
      ? { record: null, tombstones: [{ clock, hlc, opId, serverVersion: version }] }
      : { record: { payload: JSON.parse(row.payload), deleted: false, clock, hlc, opId }, tombstones: [] }
  }

  #member ({ userId, workspaceId }) {
    const found = this.#store.get(MEMBER, userId, workspaceId)
    if (found === undefined) {
      throw refusal(403, 'this is not a workspace of the caller')
    }
    return found
  }
}

function sessionOf ({ context: { session } }, scope) {
  if (!session.authenticated) {
    throw refusal(401, 'nobody is signed in')
  }
  text(scope?.workspaceId, 'scope.workspaceId')
  if (scope.workspaceId !== session.workspace?.id) {
    throw refusal(403, 'the scope is not the workspace of the session')
  }
  return { userId: session.user.id, workspaceId: session.workspace.id }
}

/** An operation as it is stored, or why it is not. */
function admit (op, workspaceId) {
  const { tableName: table, operation, pk, stamp: { deviceId, opId, hlc, clock } } = op
  const refuse = (error, errorCode = 'VALIDATION_ERROR') => ({ opId, error: { error, errorCode } })
  if (typeof table !== 'string' || !Object.hasOwn(KEYS, table)) {
    return refuse(`no synced table is named '${table}'`)
  }
  if (operation !== 'put' && operation !== 'delete') {
    return refuse('operation is neither put nor delete')
  }
  if (![pk, deviceId, hlc].every(value => typeof value === 'string' && value !== '')) {
    return refuse('pk, stamp.deviceId and stamp.hlc must be texts, and not empty')
  }
  if (!Number.isSafeInteger(clock) || clock < 0) {
    return refuse('stamp.clock must be a whole number, 0 or more')
  }
  let payload = op.payload ?? null
  if (typeof payload !== 'object' || Array.isArray(payload) || (payload === null && operation === 'put')) {
    return refuse('the payload must be an object')
  }
  const identity = { [KEYS[table]]: pk, clock, workspace_id: workspaceId }
  if (operation === 'put' && Object.entries(identity).some(([name, value]) =>
    Object.hasOwn(payload, name) && payload[name] !== value)) {
    return refuse('the payload contradicts pk, stamp or scope')
  }
  if (payload !== null && table === 'file_meta') {
    const { ref_count: derived, ...rest } = payload
    payload = rest
  }
  const json = payload === null ? null : JSON.stringify(payload)
  if (json !== null && Buffer.byteLength(json) > LIMITS.maxPayloadBytes) {
    return refuse(`the payload is larger than ${LIMITS.maxPayloadBytes} bytes`, 'OVERSIZED')
  }
  return { table, op: operation, pk, payload: json, deviceId, opId, hlc, clock }
}

/** Last writer wins: by clock, then by hlc, whose code units are compared. */
function wins (entry, winner) {
  return entry.clock === winner.clock ? entry.hlc > winner.hlc : entry.clock > winner.clock
}

function toChange ({ version, table_name: tableName, pk, op, payload, device_id: deviceId, op_id: opId, hlc, clock }) {
  const change = { serverVersion: version, tableName, pk, op, stamp: { deviceId, opId, hlc, clock } }
  return payload === null ? change : { ...change, payload: JSON.parse(payload) }
}

function whole (value, name, least, most = Number.MAX_SAFE_INTEGER) {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw refusal(400, `${name} must be a whole number from ${least} to ${most}`)
  }
}

function text (value, name) {
  if (typeof value !== 'string' || value.trim() === '') {
    throw refusal(400, `${name} must be a text, and not empty`)
  }
}
