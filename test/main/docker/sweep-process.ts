import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Deadlines } from '../../../main/docker/calls.ts'
import { createProbes } from '../../../main/probes/probes.ts'
import type { SweepSummary } from '../../../shared/findings/sweep.ts'
import { memory } from './fault-trial.ts'
import { startHostileEngine } from './hostile-engine.ts'

export interface Order {
  readonly host: string
  readonly deadlines?: Partial<Deadlines>
  /** The user that sweeps; without it the test's own. */
  readonly user?: number
}

export interface Told {
  readonly summary: SweepSummary
  readonly codes: readonly string[]
  /** Why the containers could not be listed; null where they were. */
  readonly unread: { readonly code: string; readonly why: string } | null
  /** How much more memory than at rest was taken at most, in bytes. */
  readonly grownBytes: number
  readonly tookMs: number
  /** What was rejected or thrown unheard. */
  readonly unheard: readonly string[]
}

/** A sweep in a process of its own that has swept before, so that its memory is the sweep's alone. */
export interface Apart {
  /** Resolves with the first rows. */
  readonly begun: Promise<void>
  readonly told: Promise<Told>
}

export function sweepApart(order: Order): Apart {
  const child = fork(import.meta.filename, [JSON.stringify(order)], { execArgv: [] })
  const [begun, told] = [Promise.withResolvers<void>(), Promise.withResolvers<Told>()]
  child.on('message', (message: { rows: true } | { told: Told }) => {
    if ('rows' in message) begun.resolve()
    else {
      told.resolve(message.told)
      child.disconnect()
    }
  })
  child.once('exit', (code) => told.reject(new Error(`The process that sweeps ended with ${code}.`)))
  return { begun: begun.promise, told: told.promise }
}

async function sweep({ host, deadlines, user }: Order): Promise<Told> {
  const unheard: string[] = []
  process.on('unhandledRejection', (reason) => unheard.push(String(reason)))
  const probes = createProbes()
  const at = (place: string) => ({
    endpoint: { id: 'x', mode: 'live' as const, source: 'given' as const, name: 'x', host: place, current: false },
    ...(deadlines === undefined ? {} : { deadlines }),
  })
  const well = await startHostileEngine('none', 'silent')
  for (let round = 0; round < 3; round += 1) await probes.sweep(at(well.host), () => undefined).result
  await well.stop()
  const rest = memory().now
  if (user !== undefined) process.seteuid?.(user)
  const begun = performance.now()
  const { summary, findings, snapshot } = await probes.sweep(at(host), ({ step }) => {
    if (step === 'rows') process.send?.({ rows: true })
  }).result
  const tookMs = performance.now() - begun
  const { containers } = snapshot
  if (user !== undefined) process.seteuid?.(0)
  const grownBytes = memory().most - rest
  await probes.close()
  const unread = containers.read ? null : { code: containers.code, why: containers.why }
  return { summary, codes: findings.map(({ code }) => code), unread, grownBytes, tookMs, unheard }
}

if (process.argv[1] === import.meta.filename) {
  const told = await sweep(JSON.parse(process.argv[2] ?? '') as Order)
  process.send?.({ told })
  await once(process, 'disconnect')
}
