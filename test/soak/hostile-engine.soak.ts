import { loadavg } from 'node:os'
import { HeapWatch } from '../../main/probes/heap-watch.ts'
import { everyCall, memory, tryFault, twelve } from '../main/docker/fault-trial.ts'
import { startHostileProcess } from '../main/docker/hostile-process.ts'

/**
 * The twelve faults of an engine in every call that a sweep makes, again and again, at deadlines of 50 to 400 ms. Fails where a
 * fault is not told, a wrong shape is passed on, a promise is rejected unheard, a socket or a timer stays, or memory grows by
 * 64 MiB, in one sweep or over all. How much longer than the deadline a call took is printed, with the machine's load.
 */
const trials = Number(process.env['SOAK_TRIALS'] ?? 1_716)
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
const mostGrowth = 64 * 2 ** 20

const unheard: unknown[] = []
process.on('unhandledRejection', (reason) => unheard.push(reason))

const cases = everyCall.flatMap((call) => twelve.map((fault) => ({ call, fault })))
const engines = startHostileProcess()
// As the thread does that sweeps in the app.
const heap = new HeapWatch()
heap.start()
const over: number[] = []
const wrong: string[] = []
let state = seed
const random = () => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return state / 2_147_483_648
}
// The first round loads all that the others use.
for (const { call, fault } of cases.slice(0, 24)) await tryFault(engines, call, fault, 50)
const rest = memory().now
let highest = { bytes: 0, where: '' }
for (let trial = 0; trial < trials; trial += 1) {
  const { call, fault } = cases[trial % cases.length] ?? { call: 'list', fault: 'silent' }
  const deadlineMs = Math.round(50 + 350 * random())
  const before = memory().now
  const tried = await tryFault(engines, call, fault, deadlineMs)
  over.push(tried.overMs)
  const bytes = memory().most - before
  if (bytes > highest.bytes) highest = { bytes, where: `${fault} in ${call}` }
  for (const what of tried.wrong) wrong.push(`${fault} in ${call} (deadline ${deadlineMs} ms): ${what}`)
}
await engines.stop()
heap.stop()

const late = over.toSorted((a, b) => b - a)
const left = memory().now - rest
const inMiB = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`
console.log(
  `${trials} sweeps, ${twelve.length} faults in ${everyCall.length} calls (seed ${seed}): ${wrong.length} wrong, ${unheard.length} unheard; ` +
    `past the deadline at most ${late[0]?.toFixed(0)} ms, one in a hundred ${late[Math.floor(late.length / 100)]?.toFixed(0)} ms or more; ` +
    `memory at most ${inMiB(highest.bytes)} more in a sweep (${highest.where}), ${inMiB(left)} more after all; load ${loadavg()[0]?.toFixed(1)}`,
)
for (const line of wrong.slice(0, 20)) console.log(line)
for (const reason of unheard.slice(0, 5)) console.log(reason)
if (wrong.length > 0 || unheard.length > 0 || highest.bytes > mostGrowth || left > mostGrowth) process.exitCode = 1
