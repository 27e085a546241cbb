/** What a caller is told of something that was thrown, in the protocol's words. */

const CODES = {
  400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 405: 'METHOD_NOT_ALLOWED', 409: 'CONFLICT',
  410: 'GONE', 413: 'OVERSIZED', 422: 'VALIDATION_ERROR', 429: 'RATE_LIMITED', 500: 'SERVER_ERROR', 501: 'NOT_IMPLEMENTED',
  503: 'UNAVAILABLE'
}

/** An answer of the bridge itself. */
export class Refusal extends Error {
  constructor (statusCode, message) {
    super(message)
    this.statusCode = statusCode
  }
}

/** A status of 400 to 599 is taken from `statusCode` (h3 1) or `status` (h3 2); all else is 500. Never a stack trace. */
export function toProtocolError (thrown) {
  if (thrown === null || typeof thrown !== 'object') {
    return { status: 500, code: CODES[500], message: String(thrown) }
  }
  const status = [thrown.statusCode, thrown.status].find(isErrorStatus) ?? 500
  return { status, code: codeOf(thrown) ?? CODES[status] ?? `HTTP_${status}`, message: messageOf(thrown) }
}

function isErrorStatus (status) {
  return Number.isInteger(status) && status >= 400 && status <= 599
}

/** Not a number, nor a sentence. */
function codeOf (thrown) {
  return [thrown.data?.code, thrown.code].find(code => typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code))
}

function messageOf (thrown) {
  return [thrown.message, thrown.statusMessage, thrown.statusText]
    .find(message => typeof message === 'string' && message !== '') ?? 'no message'
}
