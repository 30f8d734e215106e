import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WorldEvent } from '../../../shared/exercises/course.ts'
import { containerDetails, containerSummary } from '../../../shared/exercises/docker-containers.ts'
import { engineEvents, eventJson } from '../../../shared/exercises/docker-events.ts'
import { containerStats } from '../../../shared/exercises/docker-stats.ts'
import { linesOf } from '../../../shared/exercises/log-lines.ts'
import { lookAt, type World } from '../../../shared/exercises/world.ts'
import { practice, start } from './practice.ts'

const names = practice.services.map((service) => service.name)
const events: fc.Arbitrary<WorldEvent[]> = fc.array(
  fc.record({
    kind: fc.constant('restart' as const),
    service: fc.constantFrom(...names),
    at: fc.integer({ min: start, max: start + 900_000 }),
  }),
  { maxLength: 12 },
)
const seconds = fc.oneof(fc.integer({ min: 0, max: 1_200 }), fc.integer({ min: 0, max: 100_000_000 }))

/** Everything that the engine could answer at a moment, but for the older part of the logs. */
function everything(world: World, now: number): string {
  const moment = lookAt(world, now)
  const answers = moment.services.map((one) => [
    containerSummary(moment, one),
    containerDetails(moment, one),
    containerStats(moment, one, now - 1_000),
    linesOf(moment, one, now - 60_000),
  ])
  return JSON.stringify([answers, engineEvents(moment, now - 600_000).map(eventJson)])
}

test('the same seed, start and events give the same answers, whatever the order of the events', () => {
  fc.assert(
    fc.property(events, seconds, (some, after) => {
      const now = start + after * 1000
      const world = { scenario: practice, startAt: start, events: some }
      expect(everything({ ...world, events: some.toReversed() }, now)).toBe(everything(structuredClone(world), now))
    }),
    { numRuns: 60 },
  )
})

test('time never goes wrong: lives follow each other, counters rise, restarts only fall by hand', () => {
  fc.assert(
    fc.property(events, seconds, fc.integer({ min: 0, max: 120_000 }), (some, after, stepMs) => {
      const world = { scenario: practice, startAt: start, events: some }
      const early = lookAt(world, start + after * 1000)
      const late = lookAt(world, start + after * 1000 + stepMs)
      for (const [index, before] of early.services.entries()) {
        const then = late.services[index]
        if (!then) throw new Error('A service vanished')
        expect(then.life.startedAt).toBeGreaterThanOrEqual(before.life.startedAt)
        for (const [nth, life] of then.course.lives.entries()) {
          expect(life.endedAt).toBeGreaterThanOrEqual(life.startedAt)
          expect(life.startedAt).toBeGreaterThanOrEqual(then.course.lives[nth - 1]?.endedAt ?? -Infinity)
        }
        const sameLife = then.life.startedAt === before.life.startedAt
        if (sameLife && before.usage && then.usage) {
          expect(then.usage.cpuNanoseconds).toBeGreaterThanOrEqual(before.usage.cpuNanoseconds)
          expect(then.usage.receivedBytes).toBeGreaterThanOrEqual(before.usage.receivedBytes)
        }
        const restarted = some.some(
          (event) => event.service === then.service.name && event.at > early.now && event.at <= late.now,
        )
        if (!restarted && before.course.waiting?.by !== 'hand') {
          expect(then.course.restarts).toBeGreaterThanOrEqual(before.course.restarts)
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('what was logged stays logged: a later look tells the same lines of an earlier stretch', () => {
  fc.assert(
    fc.property(
      events,
      fc.integer({ min: 0, max: 1_200_000 }),
      fc.integer({ min: 0, max: 300_000 }),
      (some, afterMs, stepMs) => {
        const world = { scenario: practice, startAt: start, events: some }
        const early = lookAt(world, start + afterMs)
        const late = lookAt(world, start + afterMs + stepMs)
        const from = early.now - 30_000
        for (const [index, one] of early.services.entries()) {
          const then = late.services[index]
          if (!then) throw new Error('A service vanished')
          const told = linesOf(early, one, from)
          expect(linesOf(late, then, from).filter((line) => line.at <= early.now)).toEqual(told)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('another seed gives another world of the same story', () => {
  const other = lookAt({ scenario: { ...practice, seed: 7 }, startAt: start, events: [] }, start)
  const own = lookAt({ scenario: practice, startAt: start, events: [] }, start)
  expect(other.services.map((one) => one.status)).toEqual(own.services.map((one) => one.status))
  const idOf = (moment: typeof own) => moment.services.map((one) => containerSummary(moment, one)['Id'])
  expect(idOf(other)).not.toEqual(idOf(own))
})
