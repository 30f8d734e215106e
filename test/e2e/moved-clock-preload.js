import { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import threads from 'node:worker_threads'

/*
 * Loaded into a process and its threads before anything else (see `moved-clock.ts`): its clocks are ahead by what the file that
 * this module's own address names says, read again and again: milliseconds of wall time, then of the monotonic clock.
 * Plain JavaScript, as a terminal's older Node reads it too.
 */

const LOOK_EVERY_MS = 20

const file = new URL(import.meta.url).searchParams.get('file') ?? ''
const RealDate = Date
const wallNow = RealDate.now.bind(RealDate)
const steadyNow = performance.now.bind(performance)

let lookedAt = Number.NEGATIVE_INFINITY
let ahead = { wall: 0, steady: 0 }

function moved() {
  const at = steadyNow()
  if (at - lookedAt < LOOK_EVERY_MS) return ahead
  lookedAt = at
  const [wall = 0, steady = 0] = readFileSync(file, 'utf8').trim().split(' ').map(Number)
  ahead = { wall, steady }
  return ahead
}

globalThis.Date = new Proxy(RealDate, {
  construct(target, given, self) {
    /** @type {object} */
    const made = Reflect.construct(target, given.length === 0 ? [wallNow() + moved().wall] : given, self)
    return made
  },
  apply: () => new RealDate(wallNow() + moved().wall).toString(),
  get(target, key, self) {
    /** @type {unknown} */
    const own = key === 'now' ? () => wallNow() + moved().wall : Reflect.get(target, key, self)
    return own
  },
})
performance.now = () => steadyNow() + moved().steady

// A thread that is given an empty environment would hear of no preload.
threads.Worker = class extends threads.Worker {
  /** @param {string | URL} file @param {import('node:worker_threads').WorkerOptions} [options] */
  constructor(file, options = {}) {
    super(file, { ...options, execArgv: [...(options.execArgv ?? []), `--import=${import.meta.url}`] })
  }
}
syncBuiltinESMExports()
