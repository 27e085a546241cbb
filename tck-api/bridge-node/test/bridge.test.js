import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { h3Event, serve } from '../src/index.js'

const MANIFEST = {
  provider: { id: 'test', name: 'test-provider', version: '1.0.0' },
  components: { sync: { capabilities: [] }, workspaces: {} }
}

/** Answers what it was called with. */
const echo = name => (...args) => ({ name, args })
const SYNC = { push: echo('push'), pull: echo('pull'), updateCursor: () => undefined }
const WORKSPACES = { getOrCreateDefaultWorkspace: echo('home'), getWorkspaceRole: echo('role') }

async function started (t, options = {}) {
  const usual = { manifest: MANIFEST, sync: SYNC, workspaces: WORKSPACES, log: null, signals: false, port: 0 }
  const bridge = await serve(Object.defineProperties(usual, Object.getOwnPropertyDescriptors(options)))
  t.after(() => bridge.close())
  return bridge
}

async function post (bridge, path, body, headers = {}) {
  const response = await fetch(`${bridge.url}/tck/v1/${path}`, {
    method: 'POST', body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body), headers
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const call = (bridge, component, method, input = {}, as = { userId: 'u', workspaceId: 'w' }) =>
  post(bridge, 'call', { component, method, as, input }).then(answer => answer.body)

async function failure (t, thrown) {
  const bridge = await started(t, { sync: { ...SYNC, push: () => { throw thrown } } })
  const answer = await post(bridge, 'call', { component: 'sync', method: 'push', as: null, input: {} })
  assert.equal(answer.status, 200)
  assert.equal(answer.body.ok, false)
  return answer.body.error
}

describe('the manifest', () => {
  test('gains the protocol and the controls that are really there', async t => {
    const bridge = await started(t, { clock: 'date', controls: { inspect: echo('inspect') } })
    const answer = await fetch(`${bridge.url}/tck/v1/manifest`)
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8')
    assert.deepEqual(await answer.json(), { protocol: 1, controls: ['clock', 'inspect'], ...MANIFEST })
  })

  test('must agree with what is served', async () => {
    await assert.rejects(serve({ manifest: MANIFEST, sync: SYNC, log: null }), /agree about workspaces/)
    await assert.rejects(serve({ manifest: { ...MANIFEST, components: {} }, sync: SYNC, log: null }), /agree about sync/)
    await assert.rejects(serve({ sync: SYNC, log: null }), /manifest needs/)
  })
})

describe('a call', () => {
  test('reaches every method that the protocol describes', async t => {
    const described = readFileSync(new URL('../../protocol/openapi.yaml', import.meta.url), 'utf8')
      .matchAll(/component: \{const: (\w+)\}\s+method: \{const: (\w+)\}/g)
    const components = {}
    const calls = [...described].map(([, component, method]) => ({ component, method }))
    assert.ok(calls.length > 30)
    calls.forEach(({ component, method }) => { (components[component] ??= {})[method] = () => method })
    const declared = Object.fromEntries(Object.keys(components).map(component => [component, {}]))
    const bridge = await started(t, { manifest: { ...MANIFEST, components: declared }, ...components })
    for (const { component, method } of calls) {
      assert.deepEqual(await call(bridge, component, method), { ok: true, result: method })
    }
  })

  test('reaches a sync method after its context', async t => {
    const bridge = await started(t)
    assert.deepEqual(await call(bridge, 'sync', 'push', { ops: [] }),
      { ok: true, result: { name: 'push', args: [{ userId: 'u', workspaceId: 'w' }, { ops: [] }] } })
  })

  test('reaches the broker of tokens after its context', async t => {
    const tokens = { getProviderToken: (as, { providerId }) => as && `token of ${as.userId} for ${providerId}` }
    const bridge = await started(t, { manifest: { ...MANIFEST, components: { tokens: {} } },
      sync: undefined, workspaces: undefined, tokens })
    assert.deepEqual(await call(bridge, 'tokens', 'getProviderToken', { providerId: 'convex' }),
      { ok: true, result: 'token of u for convex' })
  })

  test('reaches a store method before its context, one id by itself', async t => {
    const bridge = await started(t)
    const caller = { userId: 'u', workspaceId: null }
    assert.deepEqual((await call(bridge, 'workspaces', 'getWorkspaceRole', { userId: 'u' }, { userId: 'u' })).result.args,
      [{ userId: 'u' }, caller])
    assert.deepEqual((await call(bridge, 'workspaces', 'getOrCreateDefaultWorkspace', { userId: 'u' }, { userId: 'u' }))
      .result.args, ['u', caller])
  })

  test('of nobody has no caller', async t => {
    const bridge = await started(t)
    assert.deepEqual((await call(bridge, 'sync', 'pull', {}, null)).result.args, [null, {}])
  })

  test('that answers nothing answers null', async t => {
    const bridge = await started(t)
    assert.deepEqual(await call(bridge, 'sync', 'updateCursor'), { ok: true, result: null })
  })

  test('finds the components of now, not those of the start', async t => {
    let current = { ...SYNC, push: () => 1 }
    const bridge = await started(t, { get sync () { return current } })
    current = { ...SYNC, push: () => 2 }
    assert.equal((await call(bridge, 'sync', 'push')).result, 2)
  })

  test('carries its number back', async t => {
    const bridge = await started(t)
    const answer = await post(bridge, 'call', {}, { 'x-or3-tck-call': '4711' })
    assert.equal(answer.headers.get('x-or3-tck-call'), '4711')
  })

  test('does not wait for another', async t => {
    let release
    const first = new Promise(resolve => { release = resolve })
    const pull = () => {
      release('pushed')
      return 'pulled'
    }
    const bridge = await started(t, { sync: { ...SYNC, push: () => first, pull } })
    const pushed = call(bridge, 'sync', 'push')
    assert.equal((await call(bridge, 'sync', 'pull')).result, 'pulled')
    assert.equal((await pushed).result, 'pushed')
  })

  test('returns texts and numbers as they came', async t => {
    const payload = { 'a\u0000b': '\ud83d\ude00\ud800', n: [9007199254740991, 0.1, 1e300], ['__proto__']: null, x: [[]] }
    const bridge = await started(t)
    const text = JSON.stringify(payload)
    const answer = await call(bridge, 'sync', 'push', JSON.parse(text))
    assert.equal(JSON.stringify(answer.result.args[1]), text)
  })

  for (const [component, method] of [['sync', 'snapshot'], ['sync', 'nope'], ['storage', 'commit'], ['sync', 'constructor'],
    ['__proto__', 'toString'], ['constructor', 'name'], [1, 2], [undefined, undefined]]) {
    test(`of ${component}.${method}, which is not there, answers 501`, async t => {
      const bridge = await started(t)
      const { ok, error } = await call(bridge, component, method)
      assert.equal(ok, false)
      assert.equal(error.status, 501)
      assert.equal(error.code, 'NOT_IMPLEMENTED')
    })
  }

  for (const [what, body] of Object.entries({
    'no JSON': '{"component":', 'an array': '[]', text: '"push"', null: 'null', nothing: '',
    'no input': '{"component":"sync","method":"push"}',
    'a text as input': '{"component":"sync","method":"push","input":"x"}',
    'a caller without an id': '{"component":"sync","method":"push","input":{},"as":{}}',
    'a number as caller': '{"component":"sync","method":"push","input":{},"as":7}',
    'bytes that are no UTF-8': Uint8Array.of(0x22, 0xc3, 0x28, 0x22)
  })) {
    test(`with ${what} for a body is a bad request`, async t => {
      const bridge = await started(t)
      const answer = await post(bridge, 'call', body)
      assert.equal(answer.status, 200)
      assert.equal(answer.body.ok, false)
      assert.equal(answer.body.error.status, 400)
    })
  }
})

describe('the caller', () => {
  test('becomes what the author makes of it', async t => {
    const bridge = await started(t, { caller: async (as, { component, method }) => `${as.userId} ${component}.${method}` })
    assert.equal((await call(bridge, 'sync', 'push')).result.args[0], 'u sync.push')
  })

  test('that the author refuses is refused', async t => {
    const bridge = await started(t, { caller: () => { throw Object.assign(new Error('who?'), { statusCode: 401 }) } })
    assert.deepEqual((await call(bridge, 'sync', 'push')).error, { status: 401, code: 'UNAUTHORIZED', message: 'who?' })
  })

  test('becomes an h3 event with a session', async t => {
    let event
    const bridge = await started(t, { caller: h3Event(), sync: { ...SYNC, push: given => { event = given } } })
    await call(bridge, 'sync', 'push')
    assert.deepEqual(event.context.session, {
      authenticated: true, provider: 'or3-tck', providerUserId: 'u', user: { id: 'u' }, workspace: { id: 'w' }
    })
    assert.equal(event.method, 'POST')
    assert.equal(event.path, '/tck/v1/call')
    assert.equal(event.headers.get('host'), new URL(bridge.url).host)
    assert.equal(event.node.req.url, '/tck/v1/call')
    await call(bridge, 'sync', 'push', {}, null)
    assert.deepEqual(event.context.session, { authenticated: false })
  })

  test('becomes an h3 event with a session of the author’s shape', async t => {
    const bridge = await started(t, {
      caller: h3Event(as => ({ who: as.userId })), sync: { ...SYNC, push: event => event.context }
    })
    assert.deepEqual((await call(bridge, 'sync', 'push')).result, { session: { who: 'u' } })
  })
})

describe('what a provider throws', () => {
  test('of h3 1 keeps its status', async t => {
    const thrown = Object.assign(new Error('not yours'), { statusCode: 403, statusMessage: 'Forbidden' })
    assert.deepEqual(await failure(t, thrown), { status: 403, code: 'FORBIDDEN', message: 'not yours' })
  })

  test('of h3 1 without a message tells its status message', async t => {
    assert.deepEqual(await failure(t, Object.assign(new Error(''), { statusCode: 409, statusMessage: 'Cursor regressed' })),
      { status: 409, code: 'CONFLICT', message: 'Cursor regressed' })
  })

  test('of h3 2 keeps its status', async t => {
    const thrown = Object.assign(new Error('slow down'), { status: 429, statusText: 'Too Many Requests' })
    assert.deepEqual(await failure(t, thrown), { status: 429, code: 'RATE_LIMITED', message: 'slow down' })
  })

  test('keeps a code of its own', async t => {
    const thrown = Object.assign(new Error('x'), { statusCode: 400, data: { code: 'BAD_HLC' } })
    assert.equal((await failure(t, thrown)).code, 'BAD_HLC')
    assert.equal((await failure(t, Object.assign(new Error('x'), { code: 'SQLITE_BUSY' }))).code, 'SQLITE_BUSY')
  })

  test('without a status is a 500, without its stack', async t => {
    const error = await failure(t, new TypeError('undefined is no function'))
    assert.deepEqual(error, { status: 500, code: 'SERVER_ERROR', message: 'undefined is no function' })
  })

  test('with a status that is none is a 500', async t => {
    for (const statusCode of [200, 302, 999, '403', NaN]) {
      assert.equal((await failure(t, Object.assign(new Error('odd'), { statusCode }))).status, 500)
    }
  })

  for (const thrown of ['text', 7, null, undefined, {}, Object.create(null)]) {
    test(`may be no error at all: ${typeof thrown === 'object' ? JSON.stringify(thrown) : thrown}`, async t => {
      const error = await failure(t, thrown)
      assert.equal(error.status, 500)
      assert.equal(typeof error.message, 'string')
    })
  }

  test('and what cannot be written as JSON are failures', async t => {
    const bridge = await started(t, { sync: { ...SYNC, push: () => ({ serverVersion: 1n }) } })
    const { ok, error } = await call(bridge, 'sync', 'push')
    assert.equal(ok, false)
    assert.equal(error.status, 500)
  })
})

describe('a control', () => {
  test('that is given works', async t => {
    const bridge = await started(t, {
      controls: { provision: roles => roles.length, inspect: key => key.pk, restart: () => undefined }
    })
    const members = ['owner', 'editor']
    assert.deepEqual((await post(bridge, 'control/provision', { members })).body, { ok: true, result: 2 })
    assert.deepEqual((await post(bridge, 'control/inspect', { pk: 'p' })).body, { ok: true, result: 'p' })
    assert.deepEqual((await post(bridge, 'control/restart', {})).body, { ok: true, result: null })
  })

  test('that is not given answers 501', async t => {
    const bridge = await started(t)
    for (const name of ['clock', 'inspect', 'restart', 'provision', 'constructor']) {
      const answer = await post(bridge, `control/${name}`, {})
      assert.equal(answer.status, 200)
      assert.equal(answer.body.error.status, 501)
    }
  })
})

describe('the clock', () => {

  test('moves Date, absolutely, and only when asked', async t => {
    let read
    const bridge = await started(t, { clock: 'date', sync: { ...SYNC, push: () => read() } })
    read = () => [Date.now(), new Date().getTime(), Date.parse(new Date().toISOString()), new Date(Date()).getTime()]
    const before = Date.now()
    for (let round = 0; round < 2; round++) {
      const { result } = (await post(bridge, 'control/clock', { offsetSeconds: 7200 })).body
      assert.ok(Math.abs(result.now - before / 1000 - 7200) < 60)
    }
    for (const millis of (await call(bridge, 'sync', 'push')).result) {
      assert.ok(Math.abs(millis - before - 7200_000) < 60_000, `${millis} - ${before}`)
    }
  })

  test('leaves all else of Date as it is', async t => {
    const bridge = await started(t, { clock: 'date' })
    await post(bridge, 'control/clock', { offsetSeconds: 60 })
    class Day extends Date {}
    assert.ok(new Date() instanceof Date && new Day() instanceof Day && new Day() instanceof Date)
    assert.equal(new Date(2020, 1, 3).getMonth(), 1)
    assert.equal(new Date(0).toISOString(), '1970-01-01T00:00:00.000Z')
    assert.equal(new Date().constructor, Date)
    assert.equal(Date.UTC(2020, 0), 1577836800000)
    assert.equal(Date.name, 'Date')
  })

  test('is left alone by a bridge that has closed', async t => {
    const real = globalThis.Date
    const bridge = await started(t, { clock: 'date' })
    await post(bridge, 'control/clock', { offsetSeconds: 60 })
    assert.notEqual(globalThis.Date, real)
    await bridge.close()
    assert.equal(globalThis.Date, real)
  })

  test('may be the author’s own', async t => {
    const offsets = []
    const bridge = await started(t, { clock: offset => { offsets.push(offset) } })
    const { result } = (await post(bridge, 'control/clock', { offsetSeconds: 10 })).body
    assert.deepEqual(offsets, [10])
    assert.ok(Math.abs(result.now - Date.now() / 1000 - 10) < 60)
    const told = await started(t, { clock: () => 4711 })
    assert.deepEqual((await post(told, 'control/clock', { offsetSeconds: 1 })).body.result, { now: 4711 })
  })

  test('refuses what is no offset', async t => {
    const bridge = await started(t, { clock: 'date' })
    for (const offsetSeconds of [-1, 0.5, '60', null, 1e300]) {
      assert.equal((await post(bridge, 'control/clock', { offsetSeconds })).body.error.status, 400)
    }
  })
})

describe('the server', () => {
  test('listens on loopback unless told otherwise', async t => {
    assert.match((await started(t)).url, /^http:\/\/127\.0\.0\.1:\d+$/)
  })

  test('knows its paths and methods only', async t => {
    const bridge = await started(t)
    assert.equal((await fetch(`${bridge.url}/`)).status, 404)
    assert.equal((await fetch(`${bridge.url}/tck/v1/call`)).status, 405)
    assert.equal((await fetch(`${bridge.url}/tck/v1/manifest`, { method: 'POST' })).status, 405)
  })

  test('takes a body of 8 MiB', async t => {
    const bridge = await started(t, { sync: { ...SYNC, push: (context, input) => input.text.length } })
    const frame = JSON.stringify({ component: 'sync', method: 'push', as: null, input: { text: '' } })
    const length = 8 * 1024 * 1024 - frame.length
    assert.equal((await post(bridge, 'call', frame.replace('""', `"${'x'.repeat(length)}"`))).body.result, length)
  })

  test('refuses a larger body, and goes on', async t => {
    const bridge = await started(t)
    const answer = await post(bridge, 'call', ' '.repeat(8 * 1024 * 1024 + 1))
    assert.equal(answer.status, 200)
    assert.equal(answer.body.error.status, 413)
    assert.equal((await call(bridge, 'sync', 'push')).ok, true)
  })

  test('survives a client that goes away in the middle', async t => {
    const bridge = await started(t)
    const socket = connect(bridge.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('POST /tck/v1/call HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"comp')
    socket.destroy()
    await once(socket, 'close')
    assert.equal((await call(bridge, 'sync', 'push')).ok, true)
  })

  test('keeps connections open', async t => {
    const bridge = await started(t)
    const req = request(`${bridge.url}/tck/v1/manifest`)
    req.end()
    const [res] = await once(req, 'response')
    res.resume()
    assert.match(res.headers['keep-alive'], /timeout=600/)
    assert.equal(res.headers.connection, 'keep-alive')
  })

  test('answers what is under way before it closes, and closes the provider last', async t => {
    const order = []
    let release
    let arrived
    const inside = new Promise(resolve => { arrived = resolve })
    const bridge = await started(t, {
      sync: {
        ...SYNC,
        push: async () => {
          const released = new Promise(resolve => { release = resolve })
          arrived()
          const result = await released
          order.push('pushed')
          return result
        }
      },
      close: () => { order.push('closed') }
    })
    const pushed = call(bridge, 'sync', 'push')
    await inside
    const closed = bridge.close()
    release(7)
    assert.equal((await pushed).result, 7)
    await closed
    assert.deepEqual(order, ['pushed', 'closed'])
    assert.equal(bridge.close(), bridge.close())
    await assert.rejects(fetch(bridge.url))
  })

  test('says that a port is taken', async t => {
    const bridge = await started(t)
    await assert.rejects(started(t, { port: bridge.port }), { code: 'EADDRINUSE' })
  })
})

describe('the environment', () => {
  before(() => { delete process.env.PORT })
  after(() => { delete process.env.PORT })

  test('names the port', async t => {
    for (const text of ['', 'x', '-1', '65536', '80 80']) {
      process.env.PORT = text
      await assert.rejects(serve({ manifest: MANIFEST, sync: SYNC, workspaces: WORKSPACES }), /PORT is/)
    }
    const free = (await started(t)).port
    assert.ok(free > 0)
  })
})
