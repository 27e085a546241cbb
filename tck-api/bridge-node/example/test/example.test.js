import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const BRIDGE = fileURLToPath(new URL('../bridge.mjs', import.meta.url))

function directory (t) {
  const made = mkdtempSync(join(tmpdir(), 'or3-example-'))
  t.after(() => rmSync(made, { recursive: true }))
  return made
}

/** Another process on the same file. */
async function started (t, data) {
  const env = { ...process.env, PORT: '0', OR3_TCK_DATA: data }
  const child = spawn(process.execPath, [BRIDGE], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  t.after(async () => {
    child.kill('SIGKILL')
    await exit
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const url = line.split(' on ')[1]
  const post = async (path, body) => {
    const response = await fetch(`${url}/tck/v1/${path}`, { method: 'POST', body: JSON.stringify(body) })
    return await response.json()
  }
  return {
    call: (component, method, as, input) => post('call', { component, method, as, input }),
    control: (name, input) => post(`control/${name}`, input)
  }
}

function put (scope, n, opId = randomUUID()) {
  const payload = { id: 'k', name: `n${n}`, created_at: 1, updated_at: 1, clock: n }
  const stamp = { deviceId: 'd', opId, hlc: `00000000${n % 10}:000:device01`, clock: n }
  return { scope, ops: [{ tableName: 'kv', operation: 'put', pk: 'k', payload, stamp }] }
}

for (const [trouble, place] of [['no path', () => ''], ['a folder', made => made],
  ['a place below a file', made => join(made, 'notes', 'example.sqlite')], ['notes', made => join(made, 'notes')]]) {
  test(`${trouble} is an error that names the variable`, async t => {
    const made = directory(t)
    writeFileSync(join(made, 'notes'), 'no database, but notes\n'.repeat(200))
    const env = { ...process.env, PORT: '0', OR3_TCK_DATA: made, OR3_EXAMPLE_STRICT: 'true', OR3_EXAMPLE_DB_PATH: place(made) }
    const child = spawn(process.execPath, [BRIDGE], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    const exit = once(child, 'exit')
    let told = ''
    child.stderr.on('data', chunk => { told += chunk })
    await once(child.stderr, 'close')
    assert.notEqual((await exit)[0], 0)
    assert.match(told, /Error: OR3_EXAMPLE_DB_PATH/)
  })
}

test('the bridge takes at most 30 lines', () => {
  assert.ok(readFileSync(BRIDGE, 'utf8').split('\n').length <= 30)
})

test('two processes on one file share one log, one winner and one user', async t => {
  const data = directory(t)
  const both = [await started(t, data), await started(t, data)]
  const { workspaceId, userIds: [userId] } = (await both[0].control('provision', { members: ['owner'] })).result
  const as = { userId, workspaceId }
  const scope = { workspaceId }
  const same = randomUUID()
  const pushes = [...Array(100).keys()].map(n =>
    both[n % 2].call('sync', 'push', as, n < 80 ? put(scope, n) : put(scope, 7, same)))
  const answers = (await Promise.all(pushes)).map(answer => answer.result.results[0])
  assert.ok(answers.every(result => result.success))
  assert.equal(new Set(answers.slice(80).map(result => result.serverVersion)).size, 1)
  const { result: { changes } } = await both[1].call('sync', 'pull', as, { scope, cursor: 0, limit: 500 })
  assert.deepEqual(changes.map(change => change.serverVersion), [...Array(81).keys()].map(n => n + 1))
  const { result: { record } } = await both[0].control('inspect', { workspaceId, tableName: 'kv', pk: 'k' })
  assert.equal(record.payload.name, 'n79')
  const logins = [...Array(20).keys()].map(n => both[n % 2].call('workspaces', 'getOrCreateUser', null,
    { provider: 'github', providerUserId: 'octocat' }))
  assert.equal(new Set((await Promise.all(logins)).map(answer => answer.result.userId)).size, 1)
})

test('another process finds what was acknowledged, and goes on counting', async t => {
  const data = directory(t)
  const first = await started(t, data)
  const { workspaceId, userIds: [userId] } = (await first.control('provision', { members: ['owner'] })).result
  const as = { userId, workspaceId }
  await first.call('sync', 'push', as, put({ workspaceId }, 1))
  const second = await started(t, data)
  const { result } = await second.call('sync', 'pull', as, { scope: { workspaceId }, cursor: 0, limit: 10 })
  assert.equal(result.changes.length, 1)
  assert.equal((await second.control('restart', {})).ok, true)
  assert.equal((await second.call('sync', 'push', as, put({ workspaceId }, 2))).result.serverVersion, 2)
})

test('callers see and change only what is theirs', async t => {
  const bridge = await started(t, directory(t))
  const provisioned = await bridge.control('provision', { members: ['owner', 'viewer'] })
  const { workspaceId, userIds: [owner, viewer] } = provisioned.result
  const scope = { workspaceId }
  const pull = as => bridge.call('sync', 'pull', as, { scope, cursor: 0, limit: 10 })
  assert.equal((await pull(null)).error.status, 401)
  assert.equal((await pull({ userId: owner, workspaceId: 'other' })).error.status, 403)
  assert.equal((await pull({ userId: 'stranger', workspaceId })).error.status, 403)
  const remove = userId => bridge.call('workspaces', 'removeWorkspace', { userId }, { userId, workspaceId })
  assert.equal((await remove(viewer)).error.status, 403)
  assert.equal((await remove(owner)).ok, true)
  assert.equal((await pull({ userId: owner, workspaceId })).error.status, 403)
})
