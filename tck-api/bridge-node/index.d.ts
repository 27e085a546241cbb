import type { IncomingMessage, ServerResponse } from 'node:http'

/** The signed-in caller as the kit names it. */
export interface Caller {
  userId: string
  workspaceId: string | null
}

/** What a call came with. */
export interface Exchange {
  req: IncomingMessage
  res: ServerResponse
}

/** Where a call goes. */
export interface Call extends Exchange {
  component: string
  method: string
}

export interface Scope { workspaceId: string }

export interface Stamp { deviceId: string, opId: string, hlc: string, clock: number }

export interface Operation {
  id?: string | null
  tableName: string
  operation: 'put' | 'delete'
  pk: string
  payload?: unknown
  stamp: Stamp
  createdAt?: number
  attempts?: number
  status?: string | null
}

export interface PushRequest { scope: Scope, ops: Operation[] }

export interface OperationResult {
  opId: string
  success: boolean
  serverVersion?: number | null
  applied?: boolean | null
  payload?: unknown
  error?: string | null
  errorCode?: 'VALIDATION_ERROR' | 'UNAUTHORIZED' | 'CONFLICT' | 'NOT_FOUND' | 'RATE_LIMITED' | 'OVERSIZED' |
    'NETWORK_ERROR' | 'SERVER_ERROR' | 'UNKNOWN' | null
}

export interface PushResponse { results: OperationResult[], serverVersion?: number | null }

export interface PullRequest { scope: Scope, cursor: number, limit: number, tables?: string[] | null }

export interface Change {
  serverVersion: number
  tableName: string
  pk: string
  op: 'put' | 'delete'
  payload?: unknown
  stamp: Stamp
}

export interface PullResponse {
  changes: Change[]
  nextCursor: number
  hasMore: boolean
  oldestRetainedVersion?: number | null
  requiresSnapshot?: boolean | null
}

export interface CursorUpdate { scope: Scope, deviceId: string, version: number }

export interface CollectRequest { scope: Scope, retentionSeconds: number }

export interface SnapshotRequest { scope: Scope, pageSize: number, pageToken?: string | null, tables?: string[] | null }

export interface SnapshotPage {
  workspaceId: string
  snapshotId: string
  highWatermark: number
  items: Array<{
    kind: 'row' | 'tombstone'
    tableName: string
    pk: string
    payload?: unknown
    revision: { clock: number, hlc: string, opId: string }
    serverDeletedAt?: number | null
  }>
  nextPageToken?: string | null
}

type Eventually<T> = T | Promise<T>

/** The sync component. The first argument is what your `caller` makes of the kit's caller: an h3 event, say. */
export interface SyncAdapter<Context = any> {
  push (context: Context, input: PushRequest): Eventually<PushResponse>
  pull (context: Context, input: PullRequest): Eventually<PullResponse>
  updateCursor (context: Context, input: CursorUpdate): Eventually<unknown>
  gcTombstones? (context: Context, input: CollectRequest): Eventually<unknown>
  gcChangeLog? (context: Context, input: CollectRequest): Eventually<unknown>
  snapshot? (context: Context, input: SnapshotRequest): Eventually<SnapshotPage>
}

export type Role = 'owner' | 'editor' | 'viewer'

export interface Membership { userId: string, workspaceId: string }

/** The workspaces component. An input that is one id arrives as that id; the context comes last, for those who want it. */
export interface WorkspaceStore<Context = any> {
  getUser? (input: { provider: string, providerUserId: string }, context: Context):
    Eventually<{ userId: string, email?: string | null, displayName?: string | null } | null>
  getOrCreateUser (
    input: { provider: string, providerUserId: string, email?: string | null, displayName?: string | null },
    context: Context): Eventually<{ userId: string }>
  getOrCreateDefaultWorkspace (userId: string, context: Context):
    Eventually<{ workspaceId: string, workspaceName: string, created?: boolean | null }>
  getWorkspaceRole (input: Membership, context: Context): Eventually<Role | null>
  listUserWorkspaces (userId: string, context: Context): Eventually<Array<{
    id: string, name: string, description?: string | null, role: Role, createdAt?: number | null, isActive?: boolean | null
  }>>
  createWorkspace (input: { userId: string, name: string, description?: string | null }, context: Context):
    Eventually<{ workspaceId: string }>
  updateWorkspace (
    input: { userId: string, workspaceId: string, name: string, description?: string | null },
    context: Context): Eventually<unknown>
  removeWorkspace (input: Membership, context: Context): Eventually<unknown>
  setActiveWorkspace (input: Membership, context: Context): Eventually<unknown>
}

export interface RateLimit { key: string, config: { windowMs: number, maxRequests: number } }

export interface RateLimitProvider<Context> {
  checkAndRecord (input: RateLimit, context: Context):
    Eventually<{ allowed: boolean, remaining: number, retryAfterMs?: number | null }>
  getStats (input: RateLimit, context: Context):
    Eventually<{ limit: number, remaining: number, resetMs?: number | null } | null>
}

export interface Job {
  id: string
  userId: string
  threadId: string
  messageId: string
  model: string
  kind?: string | null
  status: 'streaming' | 'complete' | 'error' | 'aborted'
  content: string
  chunksReceived?: number | null
  startedAt?: number | null
  completedAt?: number | null
  error?: string | null
}

/** The jobs component. All but streaming is final; beyond the limits a job is refused with 429. */
export interface BackgroundJobProvider<Context = any> {
  createJob (
    input: { userId: string, threadId: string, messageId: string, model: string, kind?: string | null },
    context: Context): Eventually<string>
  getJob (input: { jobId: string, userId: string }, context: Context): Eventually<Job | null>
  updateJob (
    input: { jobId: string, contentChunk?: string | null, chunksReceived?: number | null },
    context: Context): Eventually<unknown>
  completeJob (input: { jobId: string, finalContent: string }, context: Context): Eventually<unknown>
  failJob (input: { jobId: string, error: string }, context: Context): Eventually<unknown>
  abortJob (input: { jobId: string, userId: string }, context: Context): Eventually<boolean>
  checkJobAborted (input: { jobId: string }, context: Context): Eventually<boolean>
  cleanupExpired (input: {}, context: Context): Eventually<number>
  getActiveJobCount (input: {}, context: Context): Eventually<number>
}

export interface JobNotice { workspaceId: string, userId: string, threadId: string, jobId: string }

/** The notifications component: the id of a row that its user can pull, or null if none was written. */
export interface NotificationEmitter<Context = any> {
  emitBackgroundJobComplete (input: JobNotice, context: Context): Eventually<string | null>
  emitBackgroundJobError (input: JobNotice & { error: string }, context: Context): Eventually<string | null>
}

/** The tokens component. Null for nobody; a token never goes to another caller than its own. */
export interface TokenBroker<Context = any> {
  getProviderToken (context: Context, input: { providerId: string, template?: string | null }): Eventually<string | null>
}

/** A URL by which bytes travel, with what belongs to the request. Times are epoch seconds or milliseconds. */
export interface FileUrl {
  url: string
  expiresAt?: number | null
  headers?: Record<string, string> | null
  method?: string | null
  storageId?: string | null
  intentId?: string | null
}

export interface FileRef { workspaceId: string, hash: string, storageId?: string | null }

/** The storage component. Files are named by their bytes: `sha256:` and 64 hex digits. */
export interface StorageAdapter<Context = any> {
  presignUpload (
    context: Context,
    input: { workspaceId: string, hash: string, mimeType: string, sizeBytes: number, expiresInMs?: number | null }
  ): Eventually<FileUrl>
  presignDownload (context: Context, input: FileRef & { expiresInMs?: number | null }): Eventually<FileUrl>
  /** With the capability `commit`. */
  commit? (context: Context, input: {
    workspace_id: string
    hash: string
    storage_id?: string | null
    storage_provider_id?: string | null
    mime_type?: string | null
    size_bytes: number
    name?: string | null
    kind?: string | null
    intent_id?: string | null
  }): Eventually<unknown>
  /** With the capability `delete`. */
  deleteObject? (context: Context, input: FileRef): Eventually<unknown>
  /** With the capability `gc`. */
  gc? (context: Context, input: { workspace_id: string, retention_seconds: number, limit?: number | null }):
    Eventually<{ deleted_count: number }>
}

export interface WorkspaceSummary {
  id: string
  name: string
  description?: string | null
  createdAt?: number | null
  deleted: boolean
  deletedAt?: number | null
  ownerUserId?: string | null
  memberCount: number
}

export interface UserSummary { userId: string, email?: string | null, displayName?: string | null }

/** The admin component. What leaves a workspace without an owner is refused. */
export interface AdminAdapter<Context = any> {
  getStatus (input: {}, context: Context): Eventually<{
    details?: unknown
    warnings: Array<{ level: 'info' | 'warning' | 'error', message: string }>
    actions: Array<{ id: string, label: string, description?: string | null, danger?: boolean | null }>
  }>
  runAction (input: { actionId: string, payload?: unknown }, context: Context): Eventually<unknown>
  listMembers (input: { workspaceId: string }, context: Context):
    Eventually<Array<{ userId: string, email?: string | null, role: Role }>>
  upsertMember (
    input: { workspaceId: string, emailOrProviderId: string, role: Role, provider?: string | null },
    context: Context): Eventually<unknown>
  setMemberRole (input: Membership & { role: Role }, context: Context): Eventually<unknown>
  removeMember (input: Membership, context: Context): Eventually<unknown>
  listWorkspaces (
    input: { search?: string | null, includeDeleted?: boolean | null, page?: number | null, perPage?: number | null },
    context: Context): Eventually<{ items: WorkspaceSummary[], total: number }>
  getWorkspace (input: { workspaceId: string }, context: Context): Eventually<WorkspaceSummary | null>
  createWorkspace (input: { name: string, description?: string | null, ownerUserId: string }, context: Context):
    Eventually<{ workspaceId: string }>
  softDeleteWorkspace (input: { workspaceId: string, deletedAt?: number | null }, context: Context): Eventually<unknown>
  restoreWorkspace (input: { workspaceId: string }, context: Context): Eventually<unknown>
  searchUsers (input: { query: string, limit?: number | null }, context: Context): Eventually<UserSummary[]>
  getSetting (input: { workspaceId: string, key: string }, context: Context): Eventually<string | null>
  setSetting (input: { workspaceId: string, key: string, value: string }, context: Context): Eventually<unknown>
  listAdmins (input: {}, context: Context): Eventually<UserSummary[]>
  grantAdmin (input: { userId: string }, context: Context): Eventually<unknown>
  revokeAdmin (input: { userId: string }, context: Context): Eventually<unknown>
  isAdmin (input: { userId: string }, context: Context): Eventually<boolean>
}

/** What the provider is and can do. `protocol` and `controls` are filled in from the other options. */
/** A configuration of a backend with its type; the fields are those of the type's schema. */
export interface BackendConfig { type: string, [field: string]: unknown }

export interface ConfigChanged {
  configId: string | null
  durationMillis: number
  steps: Array<{ name: string, millis: number }>
}

export type Reachability = 'online' | 'degraded' | 'offline'

/**
 * The config component. An organization is a workspace. The kit plays the backends, and tells a provider that it starts, in its
 * environment, which is the default one and what to encrypt with: `BACKEND_PROVIDER`, `CONVEX_…`, `ENCRYPTION_KEY`.
 */
export interface ConfigProvider<Context = any> {
  listTypes (input: {}, context: Context): Eventually<Array<{ type: string, capabilities: string[], schema: object }>>
  validate (input: { type: string, config: unknown }, context: Context):
    Eventually<{ ok: boolean, errors: Array<{ field: string, message: string }> }>
  saveConfig (input: { orgId: string, actorId: string, config: BackendConfig }, context: Context): Eventually<ConfigChanged>
  activeConfig (input: { orgId: string, actorId: string }, context: Context):
    Eventually<{ configId: string | null, type: string, config?: object | null, previous?: string | null }>
  testConnection (input: { config: BackendConfig }, context: Context):
    Eventually<{ status: Reachability, responseMillis?: number | null, httpStatus?: number | null }>
  switchProvider (input: { orgId: string, actorId: string, config: BackendConfig }, context: Context): Eventually<ConfigChanged>
  rollbackProvider (input: { orgId: string, actorId: string }, context: Context): Eventually<ConfigChanged>
  query (input: { orgId: string }, context: Context): Eventually<{ type: string, result: unknown }>
  health (input: { orgId?: string | null }, context: Context): Eventually<Array<{
    orgId: string
    configId?: string | null
    type: string
    status: Reachability
    responseMillis?: number | null
    checkedAt: number
  }>>
  events (input: { orgId: string }, context: Context):
    Eventually<Array<{ type: string, actorId?: string | null, orgId: string, at: number, metadata: object }>>
  usage (input: { orgId: string, days: number }, context: Context): Eventually<{
    operations: number
    meanMillis?: number | null
    p50?: number | null
    p95?: number | null
    p99?: number | null
  }>
}

export interface Manifest {
  provider: { id: string, name: string, version: string }
  profile?: 'or3-sync/1.0' | 'or3-sync/1.1'
  components: Record<string, { capabilities?: string[], scope?: 'process', jwks?: { keys: object[] } }>
  limits?: {
    maxOpsPerPush?: number
    maxPullLimit?: number
    maxPayloadBytes?: number
    minRetentionSeconds?: number
    maxRetentionSeconds?: number
    snapshotSeconds?: number
    maxUrlSeconds?: number
    storageQuotaBytes?: number
  }
  normalizes?: Array<'file_meta.ref_count' | 'nulls'>
  strictSchema?: boolean
  /**
   * The environment variables that your process heeds when it starts: `path` names the database file, `strict` demands a
   * usable one when set to `true`, `schema` takes the version of the wire schema to serve.
   */
  starts?: { path?: string, strict?: string, schema?: string }
  protocol?: number
  controls?: string[]
}

/** Test controls. Those that are given are declared and served. */
export interface Controls {
  /** A fresh workspace with members of these roles; the ids come in their order. */
  provision? (roles: Role[]): Eventually<{ workspaceId: string, userIds: string[] }>
  /** What is materialized for one record. */
  inspect? (key: { workspaceId: string, tableName: string, pk: string }): Eventually<{
    record: { payload?: unknown, deleted: boolean, clock: number, hlc: string, opId?: string | null } | null
    tombstones: Array<{ clock: number, hlc: string, opId?: string | null, serverVersion?: number | null }>
  }>
  /** Closes and reopens the storage. Components that are then others can be given by getters: they are read at each call. */
  restart? (): Eventually<unknown>
}

export interface Options<Context = any> {
  manifest: Manifest
  /** Given exactly if the manifest declares it. */
  sync?: SyncAdapter<Context>
  /** Given exactly if the manifest declares it. */
  workspaces?: WorkspaceStore<Context>
  /** Given exactly if the manifest declares it. */
  rateLimits?: RateLimitProvider<Context>
  /** Given exactly if the manifest declares it. */
  jobs?: BackgroundJobProvider<Context>
  /** Given exactly if the manifest declares it. */
  notifications?: NotificationEmitter<Context>
  /** Given exactly if the manifest declares it. */
  storage?: StorageAdapter<Context>
  /** Given exactly if the manifest declares it. */
  tokens?: TokenBroker<Context>
  /** Given exactly if the manifest declares it. */
  admin?: AdminAdapter<Context>
  /** Given exactly if the manifest declares it. */
  config?: ConfigProvider<Context>
  /** What your methods take for the caller; null is nobody. Without it they get the `Caller` itself. See `h3Event`. */
  caller? (as: Caller | null, call: Call): Eventually<Context>
  /**
   * Lets the kit move the provider's idea of time: `'date'` moves `Date` in this process; a function is given how many
   * seconds ahead of real time to be, absolutely, and may answer the time it then is, in epoch seconds.
   */
  clock?: 'date' | ((offsetSeconds: number) => Eventually<number | void>)
  controls?: Controls
  /** Called once no call is under way any more. */
  close? (): Eventually<unknown>
  /** Default: the environment variable OR3_TCK_HOST, which the kit sets in containers, else 127.0.0.1, loopback only. */
  host?: string
  /** Default: the environment variable PORT, else any free one. */
  port?: number
  /** Hears where the provider is served; null for silence. Default: console.log. */
  log?: ((line: string) => void) | null
  /** Whether SIGTERM and SIGINT close the bridge and end the process. Default: true. */
  signals?: boolean
}

export interface Bridge {
  url: string
  port: number
  /** Answers what is under way, then closes the provider. */
  close (): Promise<void>
}

/** Serves a provider over protocol version 1. Resolves once it listens. */
export function serve<Context = any> (options: Options<Context>): Promise<Bridge>

/** An event as an h3 host hands it to a sync adapter, as far as adapters look at it. */
export interface H3LikeEvent<Session> {
  __is_event__: true
  method: string
  path: string
  headers: Headers
  node: Exchange
  context: { session: Session }
}

export interface UsualSession {
  authenticated: boolean
  provider?: string
  providerUserId?: string
  user?: { id: string }
  workspace?: { id: string }
}

/** A `caller` that makes h3 events with a session: the usual one, or what your function makes of the caller. */
export function h3Event<Session = UsualSession> (makeSession?: (as: Caller | null) => Session):
  (as: Caller | null, call: Call) => H3LikeEvent<Session>
