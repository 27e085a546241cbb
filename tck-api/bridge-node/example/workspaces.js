import { randomUUID } from 'node:crypto'
import { refusal } from './database.js'

const FIRST = `SELECT w.ws, w.workspace_id, w.name FROM memberships m JOIN workspaces w ON w.ws = m.ws
  WHERE m.user_id = ? AND NOT w.removed ORDER BY w.ws LIMIT 1`
const ACTIVE = `SELECT w.ws, w.workspace_id, w.name FROM users u JOIN workspaces w ON w.ws = u.active_ws
  JOIN memberships m ON m.user_id = u.user_id AND m.ws = w.ws WHERE u.user_id = ? AND NOT w.removed`
const LIST = `SELECT w.workspace_id AS id, w.name, w.description, m.role, w.created_at AS createdAt,
  w.ws = u.active_ws AS isActive FROM users u JOIN memberships m ON m.user_id = u.user_id JOIN workspaces w ON w.ws = m.ws
  WHERE u.user_id = ? AND NOT w.removed ORDER BY w.ws`
const STANDING = `SELECT w.ws, m.role FROM workspaces w LEFT JOIN memberships m ON m.ws = w.ws AND m.user_id = ?
  WHERE w.workspace_id = ? AND NOT w.removed`
const REHOME = `UPDATE users SET active_ws = (SELECT w.ws FROM memberships m JOIN workspaces w ON w.ws = m.ws
  WHERE m.user_id = users.user_id AND NOT w.removed ORDER BY w.ws LIMIT 1) WHERE active_ws = ?`

/** The workspace store: users by identity, their workspaces, and the one that is active. */
export class WorkspaceStore {
  #store

  constructor (store) {
    this.#store = store
  }

  getUser (input) {
    const row = this.#byIdentity(identityOf(input))
    return row === undefined ? null : { userId: row.user_id, email: row.email, displayName: row.display_name }
  }

  getOrCreateUser (input) {
    const identity = identityOf(input)
    return this.#store.change(() => this.#byIdentity(identity), known => ({
      userId: known?.user_id ?? this.#addUser(identity, input.email, input.displayName)
    }))
  }

  getOrCreateDefaultWorkspace (userId) {
    const look = () => {
      this.#requireUser(userId)
      return { active: this.#store.get(ACTIVE, userId), first: this.#store.get(FIRST, userId) }
    }
    return this.#store.change(look, ({ active, first }) => {
      const found = active ?? first
      const { ws, workspace_id: workspaceId, name } = found ?? this.#addWorkspace(userId, 'My workspace')
      if (active === undefined) {
        this.#store.run('UPDATE users SET active_ws = ? WHERE user_id = ?', ws, userId)
      }
      return { workspaceId, workspaceName: name, created: found === undefined }
    })
  }

  getWorkspaceRole ({ userId, workspaceId }) {
    return this.#store.get(STANDING, textOf(userId, 'userId'), textOf(workspaceId, 'workspaceId'))?.role ?? null
  }

  listUserWorkspaces (userId) {
    return this.#store.read(() => {
      this.#requireUser(userId)
      return this.#store.all(LIST, userId).map(row => ({ ...row, isActive: row.isActive === 1 }))
    })
  }

  createWorkspace ({ userId, name, description }) {
    const [trimmed, described] = [nameOf(name), descriptionOf(description)]
    return this.#store.change(() => this.#requireUser(userId), () => ({
      workspaceId: this.#addWorkspace(userId, trimmed, described).workspace_id
    }))
  }

  updateWorkspace ({ userId, workspaceId, name, description }) {
    const [trimmed, described] = [nameOf(name), descriptionOf(description)]
    this.#store.change(() => this.#require(userId, workspaceId, 'owner'), ({ ws }) => {
      this.#store.run('UPDATE workspaces SET name = ?, description = coalesce(?, description) WHERE ws = ?',
        trimmed, described, ws)
    })
  }

  removeWorkspace ({ userId, workspaceId }) {
    this.#store.change(() => this.#require(userId, workspaceId, 'owner'), ({ ws }) => {
      this.#store.run('UPDATE workspaces SET removed = 1 WHERE ws = ?', ws)
      this.#store.run(REHOME, ws)
    })
  }

  setActiveWorkspace ({ userId, workspaceId }) {
    this.#store.change(() => this.#require(userId, workspaceId), ({ ws }) => {
      this.#store.run('UPDATE users SET active_ws = ? WHERE user_id = ?', ws, userId)
    })
  }

  /** For tests: a fresh workspace with fresh members of those roles. */
  provision (roles) {
    return this.#store.change(() => {}, () => {
      const { ws, workspace_id: workspaceId } = this.#addWorkspace(null, 'Provisioned')
      const userIds = roles.map(role => {
        const userId = this.#addUser({ provider: 'provisioned', providerUserId: randomUUID() })
        this.#addMember(userId, ws, role)
        return userId
      })
      return { workspaceId, userIds }
    })
  }

  #byIdentity ({ provider, providerUserId }) {
    return this.#store.get('SELECT * FROM users WHERE provider = ? AND provider_user_id = ?', provider, providerUserId)
  }

  #addUser ({ provider, providerUserId }, email = null, displayName = null) {
    const userId = randomUUID()
    this.#store.run('INSERT INTO users (user_id, provider, provider_user_id, email, display_name) VALUES (?, ?, ?, ?, ?)',
      userId, provider, providerUserId, email, displayName)
    return userId
  }

  #addWorkspace (ownerId, name, description = null) {
    const workspaceId = randomUUID()
    const { lastInsertRowid: ws } = this.#store.run(
      'INSERT INTO workspaces (workspace_id, name, description, created_at) VALUES (?, ?, ?, ?)',
      workspaceId, name, description, Math.floor(Date.now() / 1000))
    if (ownerId !== null) {
      this.#addMember(ownerId, ws, 'owner')
    }
    return { ws, workspace_id: workspaceId, name }
  }

  #addMember (userId, ws, role) {
    this.#store.run('INSERT INTO memberships (user_id, ws, role) VALUES (?, ?, ?)', userId, ws, role)
  }

  #requireUser (userId) {
    if (this.#store.get('SELECT 1 FROM users WHERE user_id = ?', textOf(userId, 'userId')) === undefined) {
      throw refusal(404, 'there is no such user')
    }
  }

  /** The workspace, of which the user is a member, in that role if one is named. */
  #require (userId, workspaceId, role) {
    this.#requireUser(userId)
    const standing = this.#store.get(STANDING, userId, textOf(workspaceId, 'workspaceId'))
    if (standing === undefined) {
      throw refusal(404, 'there is no such workspace')
    }
    if (standing.role === null || (role !== undefined && standing.role !== role)) {
      throw refusal(403, role === undefined ? 'the user is no member of the workspace' : `only an ${role} may do this`)
    }
    return standing
  }
}

function identityOf ({ provider, providerUserId }) {
  return { provider: textOf(provider, 'provider'), providerUserId: textOf(providerUserId, 'providerUserId') }
}

function textOf (value, name) {
  if (typeof value !== 'string' || value.trim() === '') {
    throw refusal(400, `${name} must be a text, and not blank`)
  }
  return value
}

function nameOf (name) {
  const trimmed = textOf(name, 'name').trim()
  if ([...trimmed].length > 100) {
    throw refusal(400, 'name is longer than 100 characters')
  }
  return trimmed
}

function descriptionOf (description) {
  if (description == null) {
    return null
  }
  if (typeof description !== 'string' || [...description].length > 1000) {
    throw refusal(400, 'description must be a text of up to 1000 characters')
  }
  return description
}
