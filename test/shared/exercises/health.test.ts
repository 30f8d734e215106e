import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Life } from '../../../shared/exercises/course.ts'
import { healthOf, type HealthStatus } from '../../../shared/exercises/health.ts'
import type { Service } from '../../../shared/exercises/scenario.ts'
import { covers, type Span } from '../../../shared/exercises/spans.ts'
import { practice } from './practice.ts'

const life: Life = {
  startedAt: 0,
  readyAt: 0,
  stopsAt: Infinity,
  endedAt: Infinity,
  endedBy: null,
  exitCode: 0,
  outOfMemory: false,
}
const rule = {
  test: ['CMD', 'true'],
  interval: 10,
  timeout: 1,
  startPeriod: 25,
  retries: 3,
  passes: 'ok\n',
  fails: 'no\n',
}
const [model] = practice.services
if (!model) throw new Error('The practice has no services')
const service: Service = { ...model, health: rule }

function look(now: number, passing: Span[], one: Partial<Life> = {}) {
  const health = healthOf(service, { ...life, ...one }, { now, passing, seed: 1 })
  if (!health) throw new Error('A rule gives a health')
  return health
}

test('the first check comes one interval after the start, and one pass makes healthy', () => {
  expect(look(9_999, [{ from: 0, to: Infinity }])).toMatchObject({ status: 'starting', log: [] })
  expect(look(10_001, [{ from: 0, to: Infinity }])).toMatchObject({
    status: 'healthy',
    changes: [{ at: 10_000, status: 'healthy' }],
  })
})

test('failures in the start period do not count, three after it make unhealthy', () => {
  expect(look(29_000, [])).toMatchObject({ status: 'starting', failingStreak: 0 })
  expect(look(49_000, [])).toMatchObject({ status: 'starting', failingStreak: 2 })
  expect(look(51_000, [])).toMatchObject({
    status: 'unhealthy',
    failingStreak: 3,
    changes: [{ at: 50_000, status: 'unhealthy' }],
  })
})

test('two failures and a pass leave it healthy', () => {
  const blink = [
    { from: 0, to: 95_000 },
    { from: 115_000, to: Infinity },
  ]
  expect(look(119_000, blink)).toMatchObject({ status: 'healthy', failingStreak: 2 })
  expect(look(121_000, blink)).toMatchObject({ status: 'healthy', failingStreak: 0 })
})

test('an ended container reads unhealthy with its last checks as they were, as a real dockerd says', () => {
  const health = look(60_000, [{ from: 0, to: 35_000 }], { stopsAt: 35_000, endedAt: 35_000 })
  expect(health).toMatchObject({ status: 'unhealthy', failingStreak: 0 })
  expect(health.log.map((check) => [check.endedAt, check.exitCode, check.output])).toEqual(
    [10_000, 20_000, 30_000].map((at) => [at, 0, 'ok\n']),
  )
})

test('the log holds five checks, and a service without a check has no health', () => {
  expect(look(1_000_000, []).log.map((check) => check.endedAt)).toEqual([950_000, 960_000, 970_000, 980_000, 990_000])
  expect(healthOf({ ...service, health: null }, life, { now: 1, passing: [], seed: 1 })).toBeNull()
})

/** The rules checked one by one, as a real monitor runs them. */
function stepped(now: number, passing: Span[]): { status: HealthStatus; failingStreak: number } {
  let status: HealthStatus = 'starting'
  let failingStreak = 0
  for (let at = 10_000; at < now; at += 10_000) {
    if (covers(passing, at)) {
      status = 'healthy'
      failingStreak = 0
    } else if (status !== 'starting' || at >= 25_000) {
      failingStreak += 1
      if (failingStreak >= 3) status = 'unhealthy'
    }
  }
  return { status, failingStreak }
}

test('counting in stretches comes to the same as running every check', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 400_000 }), { maxLength: 8 })
  fc.assert(
    fc.property(cuts, fc.integer({ min: 0, max: 400_000 }), (some, now) => {
      const sorted = some.toSorted((a, b) => a - b)
      const passing = sorted.flatMap((from, nth) => (nth % 2 === 0 ? [{ from, to: sorted[nth + 1] ?? Infinity }] : []))
      expect(look(now, passing)).toMatchObject(stepped(now, passing))
    }),
    { numRuns: 500 },
  )
})
