import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CallName, Deadlines } from '../../../main/docker/calls.ts'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { bestOf } from '../../best-of.ts'
import { blind, dark, everyCall } from './fault-trial.ts'
import { type Fault, faults, harmlessForLogs, startHostileEngine } from './hostile-engine.ts'

const deadlineMs = 200
/** None within a test. */
const everyMinute = Object.fromEntries(everyCall.map((call) => [call, 60_000])) as Deadlines
const everyDeadline = Object.fromEntries(everyCall.map((call) => [call, deadlineMs])) as Deadlines
/** Calls are given up at their deadline plus 250 ms, which the soak measures. Here it must only not be their usual one, however busy the machine. */
const muchLaterMs = 2_500

let swallowed: unknown[] = []
const onUnhandled = (reason: unknown) => swallowed.push(reason)

beforeAll(() => {
  swallowed = []
  process.on('unhandledRejection', onUnhandled)
  process.on('uncaughtException', onUnhandled)
})

afterAll(() => {
  process.off('unhandledRejection', onUnhandled)
  process.off('uncaughtException', onUnhandled)
})

/** Sweeps again where it took too long, five times at most: others work on the machine too. */
async function sweepInTime(at: CallName | 'all', fault: Fault): Promise<SweepResult> {
  const swept: SweepResult[] = []
  const sweepOnce = async (): Promise<number> => {
    const one = await sweepOf(at, fault)
    swept.push(one.swept)
    return one.tookMs
  }
  expect(await bestOf(muchLaterMs, sweepOnce)).toBeLessThan(muchLaterMs)
  return swept.at(-1) ?? expect.fail()
}

async function sweepOf(
  at: CallName | 'all',
  fault: Fault,
  options: { signal?: AbortSignal; deadlines?: Partial<Deadlines> } = {},
): Promise<{ swept: SweepResult; tookMs: number }> {
  const engine = await startHostileEngine(at, fault)
  try {
    const start = performance.now()
    const swept = await sweepEngine({
      endpoint: { id: 'x', mode: 'live', source: 'given', name: 'x', host: engine.host, current: false },
      now: Date.now,
      signal: options.signal ?? new AbortController().signal,
      onProgress: () => undefined,
      deadlines: options.deadlines ?? (at === 'all' ? everyDeadline : { [at]: deadlineMs }),
    })
    return { swept, tookMs: performance.now() - start }
  } finally {
    await engine.stop()
  }
}

describe.each(everyCall)('a fault in %s', (call) => {
  const isLog = call === 'stdout' || call === 'stderr'
  const endlessLogs = ['endless log', 'endless line']
  const named = Object.keys(faults) as Fault[]
  // An empty answer to `events` says that nothing happened; a log may end early, and is cut then.
  const harmless = [
    ...(isLog ? [...harmlessForLogs, ...endlessLogs] : []),
    ...(call === 'events' ? ['an empty body'] : []),
  ]

  test.each(named.filter((fault) => !harmless.includes(fault)))(
    '%s: is told, in time, and hides nothing else',
    async (fault) => {
      const swept = await sweepInTime(call, fault)
      expect(swept.summary.couldNotRead.map(({ what }) => what)).toEqual([dark[call]])
      expect(swept.summary.calls.failed).toBe(1)
      expect(swept.findings.map(({ code }) => code)).toEqual(call === 'list' ? ['D18'] : ['D01', blind[call]])
      const failed = swept.items.filter(({ outcome }) => outcome.startsWith('failed: '))
      expect(failed).toHaveLength(1)
      expect(failed[0]?.bytes.length).toBeLessThanOrEqual(2 ** 20)
    },
  )
})

describe.each(['stdout', 'stderr'] as const)('%s without end', (call) => {
  test.each(['endless log', 'endless line'] as const)('%s: is cut, in time and in little memory', async (fault) => {
    const before = process.memoryUsage().rss
    const swept = await sweepInTime(call, fault)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20)
    const item = swept.items.find(({ name }) => name === `containers/well-1/${call}.log`)
    expect(item?.truncated).toEqual({ bytes: -1 })
    expect(item?.bytes.length).toBeLessThanOrEqual(2 ** 21)
  })
})

test.each(Object.keys(faults) as Fault[])('%s in every call: one finding about the engine', async (fault) => {
  const swept = await sweepInTime('all', fault)
  const [first, ...others] = swept.findings.map(({ code }) => code)
  expect(first).toBe('D18')
  // A call that was given up for another reason than the list's is told beside it.
  expect(others.filter((code) => !code.startsWith('X'))).toEqual([])
})

test('no fault of an answer grows the memory without bound', async () => {
  const before = process.memoryUsage().rss
  for (const fault of ['endless body', 'status 500 without end', 'endless headers'] as const)
    await sweepOf('all', fault)
  expect(process.memoryUsage().rss - before).toBeLessThan(128 * 2 ** 20)
})

test('one call that hangs does not hold up rows or findings of the rest', async () => {
  const lastOfBoth = async (): Promise<number> => {
    const seen = new Map<string, number>()
    const engine = await startHostileEngine('inspect', 'silent')
    const start = performance.now()
    try {
      await sweepEngine({
        endpoint: { id: 'x', mode: 'live', source: 'given', name: 'x', host: engine.host, current: false },
        now: Date.now,
        signal: new AbortController().signal,
        onProgress: ({ step }) => seen.has(step) || seen.set(step, performance.now() - start),
        deadlines: { inspect: 1_500 },
      })
    } finally {
      await engine.stop()
    }
    return Math.max(seen.get('rows') ?? Number.POSITIVE_INFINITY, seen.get('findings') ?? Number.POSITIVE_INFINITY)
  }
  expect(await bestOf(1_400, lastOfBoth)).toBeLessThan(1_400)
})

describe('cancelling', () => {
  test.each(['list', 'inspect', 'stats', 'all'] as const)('during a silent %s ends the sweep at once', async (at) => {
    const abort = new AbortController()
    const start = performance.now()
    setTimeout(() => abort.abort(), 50)
    const refused = await sweepOf(at, 'silent', {
      signal: abort.signal,
      deadlines: everyMinute,
    }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(RefusalError)
    expect((refused as RefusalError).refusal.code).toBe('cancelled')
    // Well before any of the deadlines.
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  test('before the start asks nothing', async () => {
    const swept = sweepOf('all', 'silent', { signal: AbortSignal.abort() })
    await expect(swept).rejects.toThrow('cancelled')
  })
})

test.each([
  ['a socket that is not there', 'unix:///nowhere/docker.sock', 'unreachable'],
  ['a port that is closed', 'tcp://127.0.0.1:1', 'unreachable'],
])('%s is a finding', async (_name, host, code) => {
  const swept = await sweepEngine({
    endpoint: { id: 'x', mode: 'live', source: 'given', name: 'x', host, current: false },
    now: Date.now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  expect(swept.findings.map((finding) => finding.code)).toEqual(['D18'])
  expect(swept.snapshot.containers).toMatchObject({ read: false, code })
})

test('nothing was thrown unheard', () => {
  expect(swallowed).toEqual([])
})
