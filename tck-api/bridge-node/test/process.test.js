import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const SCRIPT = `
  import { serve } from ${JSON.stringify(new URL('../src/index.js', import.meta.url).href)}
  const slow = () => new Promise(resolve => setTimeout(resolve, 200, 'slow'))
  await serve({
    manifest: { provider: { id: 'p', name: 'p', version: '1' }, components: { sync: {} } },
    sync: { push: slow, pull: () => Date.now(), updateCursor: () => {} },
    clock: 'date', close: () => console.log('closed')
  })`

async function started (t, env = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    cwd: fileURLToPath(new URL('..', import.meta.url)), env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe']
  })
  t.after(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return { child, lines, exit: once(child, 'exit'), first: (await lines.next()).value }
}

async function call (url, method) {
  const body = JSON.stringify({ component: 'sync', method, as: null, input: {} })
  return (await (await fetch(`${url}/tck/v1/call`, { method: 'POST', body })).json()).result
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} ends the process cleanly, after the calls under way`, async t => {
    const { child, lines, exit, first } = await started(t)
    const url = first.match(/^or3-tck-bridge: serving p on (http:\S+)$/)[1]
    const number = await call(url, 'pull')
    assert.ok(Math.abs(number - Date.now()) < 60_000)
    const pushed = call(url, 'push')
    await new Promise(resolve => setTimeout(resolve, 50))
    child.kill(signal)
    assert.equal(await pushed, 'slow')
    assert.equal((await lines.next()).value, 'closed')
    assert.deepEqual(await exit, [0, null])
  })
}

test('OR3_TCK_HOST says whom to listen for', async t => {
  const { first } = await started(t, { PORT: '0', OR3_TCK_HOST: '127.0.0.2' })
  assert.match(first, /http:\/\/127\.0\.0\.2:\d+/)
})

test('PORT and OR3_TCK_CLOCK_OFFSET say where and when to be', async t => {
  const { first } = await started(t, { PORT: '0', OR3_TCK_CLOCK_OFFSET: '86400' })
  const moved = await call(first.split(' on ')[1], 'pull')
  assert.ok(Math.abs(moved - Date.now() - 86_400_000) < 60_000)
})

test('an offset that is none is told by its name', async t => {
  const { child, exit } = await started(t, { OR3_TCK_CLOCK_OFFSET: 'tomorrow' })
  let told = ''
  child.stderr.on('data', chunk => { told += chunk })
  assert.deepEqual(await exit, [1, null])
  await (child.stderr.closed || once(child.stderr, 'close'))
  assert.match(told, /OR3_TCK_CLOCK_OFFSET is 'tomorrow'/)
})
