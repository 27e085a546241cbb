/** The process's idea of time: all of `Date` that reads the present, moved ahead by an offset. */

const RealDate = globalThis.Date
let offsetMillis = 0

const MovedDate = new Proxy(RealDate, {
  construct (target, args, newTarget) {
    return Reflect.construct(target, args.length === 0 ? [movedNow()] : args, newTarget === MovedDate ? target : newTarget)
  },
  apply (target) {
    return new target(movedNow()).toString()
  },
  get (target, key) {
    return key === 'now' ? movedNow : target[key]
  }
})

function movedNow () {
  return RealDate.now() + offsetMillis
}

/** Sets how far `Date` is ahead of real time; 0 leaves it to itself again. */
export function moveDate (offsetSeconds) {
  offsetMillis = offsetSeconds * 1000
  const wanted = offsetMillis === 0 ? RealDate : MovedDate
  globalThis.Date = wanted
  RealDate.prototype.constructor = wanted
}

/** Real time in epoch seconds, wherever `Date` is. */
export function realSeconds () {
  return Math.floor(RealDate.now() / 1000)
}
