import { Refusal } from './errors.js'
import { moveDate, realSeconds } from './time.js'

/**
 * How each method's arguments are laid out: those of sync, storage and tokens after the host's event, those of other
 * components by themselves.
 */
const onEvent = (input, context) => [context, input]
const onInput = (input, context) => [input, context]
const onUserId = (input, context) => [input.userId, context]

const METHODS = {
  sync: {
    push: onEvent, pull: onEvent, updateCursor: onEvent, gcTombstones: onEvent, gcChangeLog: onEvent, snapshot: onEvent
  },
  workspaces: {
    getUser: onInput, getOrCreateUser: onInput, getOrCreateDefaultWorkspace: onUserId, getWorkspaceRole: onInput,
    listUserWorkspaces: onUserId, createWorkspace: onInput, updateWorkspace: onInput, removeWorkspace: onInput,
    setActiveWorkspace: onInput
  },
  rateLimits: { checkAndRecord: onInput, getStats: onInput },
  jobs: {
    createJob: onInput, getJob: onInput, updateJob: onInput, completeJob: onInput, failJob: onInput, abortJob: onInput,
    checkJobAborted: onInput, cleanupExpired: onInput, getActiveJobCount: onInput
  },
  notifications: { emitBackgroundJobComplete: onInput, emitBackgroundJobError: onInput },
  tokens: { getProviderToken: onEvent },
  storage: { presignUpload: onEvent, presignDownload: onEvent, commit: onEvent, deleteObject: onEvent, gc: onEvent },
  admin: {
    getStatus: onInput, runAction: onInput, listMembers: onInput, upsertMember: onInput, setMemberRole: onInput,
    removeMember: onInput, listWorkspaces: onInput, getWorkspace: onInput, createWorkspace: onInput,
    softDeleteWorkspace: onInput, restoreWorkspace: onInput, searchUsers: onInput, getSetting: onInput, setSetting: onInput,
    listAdmins: onInput, grantAdmin: onInput, revokeAdmin: onInput, isAdmin: onInput
  },
  config: {
    listTypes: onInput, validate: onInput, saveConfig: onInput, activeConfig: onInput, testConnection: onInput,
    switchProvider: onInput, rollbackProvider: onInput, query: onInput, health: onInput, events: onInput, usage: onInput
  }
}

/** The components that can be served. */
export const COMPONENTS = Object.keys(METHODS)

const CONTROLS = {
  provision: input => [input.members],
  inspect: input => [input],
  restart: () => []
}

/** The controls that are there, whether or not a manifest says so. */
export function offeredControls (options) {
  const given = Object.keys(CONTROLS).filter(name => typeof options.controls?.[name] === 'function')
  return options.clock === undefined ? given : ['clock', ...given]
}

export async function call (options, body, exchange) {
  const { component, method, as = null, input } = requireObject(body, 'the body')
  const name = `${component}.${method}`
  const layOut = own(own(METHODS, component), method)
  const target = options[component]
  if (layOut === undefined || typeof target?.[method] !== 'function') {
    throw new Refusal(501, `this provider has no ${name}`)
  }
  requireObject(input, `${name}: the input`)
  const context = await (options.caller ?? (caller => caller))(callerOf(as), { ...exchange, component, method })
  return await target[method](...layOut(input, context))
}

export async function control (options, name, body) {
  const input = requireObject(body, 'the body')
  if (name === 'clock' && options.clock !== undefined) {
    return { now: await moveClock(options.clock, input.offsetSeconds) }
  }
  const layOut = own(CONTROLS, name)
  if (layOut === undefined || typeof options.controls?.[name] !== 'function') {
    throw new Refusal(501, `this provider has no control ${name}`)
  }
  return await options.controls[name](...layOut(input))
}

/** Sets the provider's time, and says what it is then, in epoch seconds. */
export async function moveClock (clock, offsetSeconds) {
  if (!Number.isSafeInteger(offsetSeconds) || offsetSeconds < 0) {
    throw new Refusal(400, 'offsetSeconds must be a whole number, 0 or more')
  }
  if (clock === 'date') {
    moveDate(offsetSeconds)
    return Math.floor(Date.now() / 1000)
  }
  return await clock(offsetSeconds) ?? realSeconds() + offsetSeconds
}

function callerOf (as) {
  if (as === null) {
    return null
  }
  const { userId, workspaceId = null } = requireObject(as, 'as')
  if (typeof userId !== 'string' || !(workspaceId === null || typeof workspaceId === 'string')) {
    throw new Refusal(400, 'as needs a userId, and a workspaceId if any, as text')
  }
  return { userId, workspaceId }
}

function requireObject (value, what) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Refusal(400, `${what} must be a JSON object`)
  }
  return value
}

/** What the table itself holds: not `constructor` and the like. */
function own (table, key) {
  return table !== undefined && typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined
}
