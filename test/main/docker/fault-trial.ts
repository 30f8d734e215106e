import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CallName } from '../../../main/docker/calls.ts'
import { sweepEngine } from '../../../main/docker/sweep.ts'
import { engineSnapshotSchema } from '../../../shared/docker/snapshot.ts'
import type { Fault } from './hostile-engine.ts'
import type { HostileProcess } from './hostile-process.ts'

/** Every call that a sweep makes, and what it says of one that failed. */
export const dark: Record<CallName, string> = {
  version: 'The version of the engine',
  info: 'What the engine tells of its machine',
  list: 'The containers',
  events: 'What happened lately',
  images: 'The images',
  networks: 'The networks',
  disk: 'What lies on its disk',
  inspect: 'The state of well',
  stdout: 'The log (stdout) of well',
  stderr: 'The log (stderr) of well',
  stats: 'CPU and memory of well',
}
/** The finding that says so; of containers that cannot be listed it is D18. */
export const blind: Record<CallName, string> = {
  version: 'X01',
  info: 'X11',
  list: 'D18',
  inspect: 'X02',
  stdout: 'X03',
  stderr: 'X03',
  stats: 'X04',
  events: 'X05',
  images: 'X06',
  networks: 'X07',
  disk: 'X08',
}
export const everyCall = Object.keys(dark) as CallName[]

/** The twelve on which a bare client hangs, or takes for an answer what is none. */
export const twelve = [
  'silent',
  'half a header',
  'stalled body',
  'drip feed',
  'endless body',
  'body cut short',
  'closed at once',
  'invalid JSON',
  'HTML',
  'null',
  'status 500',
  'endless headers',
] as const satisfies Fault[]

export interface Trial {
  /** Empty where all is as promised. */
  readonly wrong: readonly string[]
  /** How much longer than its deadline the failed call took, by the app's own clock. Negative where it ended before. */
  readonly overMs: number
}

/** One sweep of an engine that goes wrong in one call. */
export async function tryFault(
  process_: HostileProcess,
  call: CallName,
  fault: Fault,
  deadlineMs: number,
): Promise<Trial> {
  const engine = await process_.engine(call, fault)
  const before = open()
  const wrong: string[] = []
  try {
    const { snapshot, summary, findings, items } = await sweepEngine({
      endpoint: { id: 'x', mode: 'live', source: 'given', name: 'x', host: engine.host, current: false },
      now: Date.now,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      deadlines: { [call]: deadlineMs },
    })
    const shape = engineSnapshotSchema.safeParse(snapshot)
    if (!shape.success) wrong.push(`a wrong shape was passed on: ${shape.error.message}`)
    // On a busy machine the same call about the other container may not keep so short a deadline either.
    const other = dark[call].replace(/well$/, 'bad')
    const unread = summary.couldNotRead.map(({ what }) => what).filter((what) => what === dark[call] || what !== other)
    if (unread.length !== 1 || unread[0] !== dark[call])
      wrong.push(`it says that it could not read ${unread.join(', ')}`)
    const expected = call === 'list' ? 'D18' : `D01 ${blind[call]}`
    const found = findings.map(({ code }) => code).join(' ')
    if (found !== expected && summary.couldNotRead.length === 1) wrong.push(`it found ${found} for ${expected}`)
    const failed = items.filter(({ outcome }) => outcome.startsWith('failed: '))
    if (failed.length !== summary.couldNotRead.length) wrong.push(`${failed.length} calls failed`)
    return { wrong: [...wrong, ...(await leftOpen(before))], overMs: (failed[0]?.tookMs ?? 0) - deadlineMs }
  } finally {
    await engine.stop()
  }
}

/** Sockets and timers that are open in this process. */
function open(): number {
  return process.getActiveResourcesInfo().filter((kind) => /Pipe|TCP|Timeout|Immediate/.test(kind)).length
}

async function leftOpen(before: number): Promise<string[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (open() <= before) return []
    await sleep(20)
  }
  return [`${open() - before} sockets or timers stay open`]
}

/** Bytes of this process in memory now; and the most since this was called last (Linux). */
export function memory(): { readonly now: number; readonly most: number } {
  const status = readFileSync('/proc/self/status', 'utf8')
  const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1_024
  const told = { now: bytes('VmRSS'), most: bytes('VmHWM') }
  writeFileSync('/proc/self/clear_refs', '5')
  return told
}
