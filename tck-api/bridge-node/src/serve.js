import { createServer } from 'node:http'
import { COMPONENTS, call, control, moveClock, offeredControls } from './dispatch.js'
import { Refusal, toProtocolError } from './errors.js'

const PROTOCOL = 1
const MAX_BODY_BYTES = 8 * 1024 * 1024
/** What is read of an oversized body, and thrown away, so that the refusal reaches a client that is still sending. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024
const CONTROL = /^\/tck\/v1\/control\/([A-Za-z]+)$/
/** Connections that idle stay open longer than the kit ever pauses, so that none closes under a request. */
const IDLE_MILLIS = 10 * 60 * 1000
const CLOSING_MILLIS = 5000

/**
 * Serves a provider over protocol version 1. Resolves once it listens; see index.d.ts for the options.
 */
export async function serve (options) {
  const { host = process.env.OR3_TCK_HOST || '127.0.0.1', log = console.log, signals = true } = options
  const port = options.port ?? portOf(process.env.PORT)
  check(options)
  await startClock(options)
  const server = createServer({ keepAliveTimeout: IDLE_MILLIS }, (req, res) => { answer(options, req, res) })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  let closing
  const close = () => {
    closing ??= end(server, options).finally(() => { SIGNALS.forEach(signal => process.off(signal, onSignal)) })
    return closing
  }
  const onSignal = () => {
    setTimeout(() => process.exit(1), CLOSING_MILLIS).unref()
    close().then(() => process.exit(0), error => {
      console.error(error)
      process.exit(1)
    })
  }
  if (signals) {
    SIGNALS.forEach(signal => process.on(signal, onSignal))
  }
  const address = server.address()
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  log?.(`or3-tck-bridge: serving ${options.manifest.provider.id} on ${url}`)
  return { url, port: address.port, close }
}

const SIGNALS = ['SIGTERM', 'SIGINT']

function portOf (text = '0') {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535) {
    throw new Error(`PORT is '${text}': set it to a port, 0 to 65535`)
  }
  return Number(text)
}

/** What is wrong with the options is told at the start, not in the middle of a certification. */
function check (options) {
  const { manifest, clock } = options
  if (typeof manifest?.provider?.id !== 'string' || typeof manifest.components !== 'object') {
    throw new TypeError('manifest needs provider: { id, name, version } and components')
  }
  for (const component of COMPONENTS) {
    if ((component in manifest.components) !== (options[component] !== undefined)) {
      throw new TypeError(`the manifest and what is served must agree about ${component}`)
    }
  }
  if (!(clock === undefined || clock === 'date' || typeof clock === 'function')) {
    throw new TypeError("clock must be 'date' or a function that takes the offset in seconds")
  }
}

/** A process that was started again is told at once what time it is. */
async function startClock ({ clock }) {
  const offset = process.env.OR3_TCK_CLOCK_OFFSET
  if (clock === undefined || offset === undefined) {
    return
  }
  if (!/^\d{1,12}$/.test(offset)) {
    throw new Error(`OR3_TCK_CLOCK_OFFSET is '${offset}': set it to seconds, 0 or more`)
  }
  await moveClock(clock, Number(offset))
}

/** Answers what is under way, then lets the provider close. */
async function end (server, options) {
  const closed = new Promise(resolve => server.close(resolve))
  server.closeIdleConnections()
  await closed
  if (options.clock === 'date') {
    await moveClock('date', 0)
  }
  await options.close?.()
}

async function answer (options, req, res) {
  try {
    await route(options, req, res)
  } catch (error) {
    // The connection is gone, or the author's manifest cannot be written: no answer is the only honest one.
    res.destroy(error)
  }
}

async function route (options, req, res) {
  const path = new URL(req.url, 'http://bridge').pathname
  const name = CONTROL.exec(path)?.[1]
  if (path === '/tck/v1/manifest') {
    allow(req, res, 'GET') && send(req, res, 200, JSON.stringify(manifestOf(options)))
  } else if (path === '/tck/v1/call') {
    allow(req, res, 'POST') && await reply(req, res, body => call(options, body, { req, res }))
  } else if (name !== undefined) {
    allow(req, res, 'POST') && await reply(req, res, body => control(options, name, body))
  } else {
    send(req, res, 404, JSON.stringify({ message: `nothing is at ${path}: see /tck/v1/manifest` }))
  }
}

function allow (req, res, method) {
  if (req.method === method) {
    return true
  }
  res.setHeader('allow', method)
  send(req, res, 405, JSON.stringify({ message: `use ${method}` }))
  return false
}

/** What follows from the options need not be declared by hand. */
function manifestOf (options) {
  return { protocol: PROTOCOL, controls: offeredControls(options), ...options.manifest }
}

/** Whatever the provider does is its own answer, with HTTP status 200. */
async function reply (req, res, act) {
  let text
  try {
    const result = await act(await readJson(req))
    text = JSON.stringify({ ok: true, result: result ?? null })
  } catch (thrown) {
    text = JSON.stringify({ ok: false, error: toProtocolError(thrown) })
  }
  send(req, res, 200, text)
}

function send (req, res, status, text) {
  const number = req.headers['x-or3-tck-call']
  if (number !== undefined) {
    res.setHeader('x-or3-tck-call', number)
  }
  if (!req.socket.server.listening) {
    res.setHeader('connection', 'close')
  }
  const bytes = Buffer.from(text)
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length })
  res.end(bytes)
}

async function readJson (req) {
  const text = await readText(req)
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'the body is not JSON')
  }
}

async function readText (req) {
  const chunks = []
  let size = 0
  for await (const chunk of req) {
    size += chunk.length
    if (size > MAX_DISCARDED_BYTES) {
      break
    }
    if (size > MAX_BODY_BYTES) {
      chunks.length = 0
    } else {
      chunks.push(chunk)
    }
  }
  if (size > MAX_BODY_BYTES) {
    throw new Refusal(413, `the body is larger than ${MAX_BODY_BYTES} bytes`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Refusal(400, 'the body is not UTF-8')
  }
}
