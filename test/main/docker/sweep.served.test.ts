import { afterEach, expect, test } from 'vitest'
import { defaultDeadlines, type Deadlines } from '../../../main/docker/calls.ts'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import type { FaultsOf } from '../../../main/exercises/served-fault.ts'
import { snapshotEngine } from '../../../main/exercises/snapshot-engine.ts'
import type { EngineSnapshot } from '../../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import type { SweepProgress } from '../../../shared/findings/sweep.ts'
import { crowd } from '../../scenes/crowd.ts'
import { serve, type Served } from '../exercises/served.ts'
import { container, ended, snapshot } from '../../shared/findings/snapshots.ts'
import { wholeSweep } from './whole-sweep.ts'

const open: Served[] = []
afterEach(async () => {
  for (const served of open.splice(0)) await served.close()
})

async function sweepOf(
  of: EngineSnapshot,
  faults?: FaultsOf,
  deadlines: Partial<Deadlines> = {},
): Promise<SweepResult & { progress: readonly SweepProgress[] }> {
  const served = await serve(
    snapshotEngine(of, () => Date.parse(of.takenAt)),
    faults,
  )
  open.push(served)
  const progress: SweepProgress[] = []
  const swept = await sweepEngine({
    endpoint: { ...of.endpoint, host: `unix://${served.socket}` },
    now: () => Date.parse(of.takenAt),
    signal: AbortSignal.timeout(60_000),
    onProgress: (one) => progress.push(one),
    deadlines,
  })
  return { ...swept, progress }
}

/** Engine and sweep share one thread here. */
const patient = Object.fromEntries(Object.keys(defaultDeadlines).map((call) => [call, 60_000]))

test('a crowd of a thousand containers is swept whole, and judged as it is', async () => {
  const thousand = crowd(1_000, 7)
  const { summary, findings } = await wholeSweep(() => sweepOf(thousand, undefined, patient))
  // Their ports are published by no machine, and so not tried.
  expect([summary.containers, summary.couldNotRead.map(({ what }) => what)]).toEqual([1_000, ['The published ports']])
  const told = (all: typeof findings) => all.map(({ code, title }) => `${code} ${title}`)
  expect(findings.at(-1)?.code).toBe('X09')
  expect(told(findings.slice(0, -1))).toEqual(told(deriveFindings(thousand, Date.parse(thousand.takenAt))))
  expect(findings.length).toBeGreaterThan(20)
})

const shop = snapshot([container('web'), container('db', ended(1))])

test.each([
  ['/system/df', 'What lies on its disk', 'X08'],
  ['/images/json', 'The images', 'X06'],
])('an engine that takes long over %s delays no other finding', async (slow, dark, blind) => {
  const { summary, findings, progress, items } = await sweepOf(shop, (path) =>
    path === slow ? { ends: 'silence' } : null,
  )
  expect(findings.map(({ code }) => code)).toEqual(['D01', blind])
  expect(summary.couldNotRead).toEqual([
    { what: dark, why: 'No whole answer within 1 s after everything else was read.' },
  ])
  const told = progress.flatMap((one) => (one.step === 'findings' ? [one] : []))
  // Everything else was told before the last word, which waited.
  expect(told.slice(-2).map((one) => [one.final, one.findings.length])).toEqual([
    [false, 1],
    [true, 2],
  ])
  expect(items.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'answered')).toHaveLength(1)
})

test('one that answers a little later is waited for', async () => {
  const { summary } = await wholeSweep(() => sweepOf(shop, (path) => (path === '/system/df' ? { delayMs: 150 } : null)))
  expect(summary.couldNotRead).toEqual([])
})

test('an engine that is slow to tell its events delays no first findings', async () => {
  const slow: FaultsOf = (path) => (path === '/events' ? { ends: 'silence' } : null)
  const { summary, progress } = await sweepOf(shop, slow, { events: 1_500 })
  expect(summary.couldNotRead.map(({ what }) => what)).toEqual(['What happened lately'])
  const told = progress.flatMap((one) => (one.step === 'findings' ? [[one.final, one.findings.length]] : []))
  expect(told.length).toBeGreaterThan(2)
  // The blind spot is one.
  expect(told.slice(-2)).toEqual([
    [false, 2],
    [true, 2],
  ])
})

test('one container that does not answer holds up none of the others', async () => {
  const fifty = crowd(50, 3)
  const sick = fifty.containers.read ? fifty.containers.value[7]?.id : undefined
  const faults: FaultsOf = (path) => (path === `/containers/${sick}/json` ? { ends: 'silence' } : null)
  const { progress } = await sweepOf(fifty, faults, { inspect: 3_000 })
  const read = progress.flatMap((one) =>
    one.step === 'rows' ? [one.rows.filter(({ restarts }) => restarts !== null).length] : [],
  )
  expect(read).toContain(49)
  expect(read.at(-1)).toBe(49)
})
