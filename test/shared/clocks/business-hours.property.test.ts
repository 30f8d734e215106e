import fc from 'fast-check'
import { expect, it } from 'vitest'
import { businessStretches, isInHours, opensAt } from '../../../shared/clocks/business-hours.ts'
import { type Counting, countedBetween, dueAfter } from '../../../shared/clocks/counted-time.ts'
import type { BusinessHours } from '../../../shared/packs/time-shape.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)

const hours: fc.Arbitrary<BusinessHours> = fc.record({
  // North and south, half-hour shifts, half-hour changes (Lord Howe), none at all.
  timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  from: clock,
  to: clock,
})

/** Days around changes of the clocks in 2026: Berlin 29 March and 25 October, New York 8 March, Lord Howe 5 April. */
const begin = fc
  .tuple(
    fc.constantFrom('2026-03-28', '2026-10-24', '2026-03-07', '2026-04-04', '2026-11-20'),
    fc.integer({ min: 0, max: 1_439 }),
  )
  .map(([day, minute]) => Date.parse(`${day}T00:00:00.000Z`) + minute * MINUTE)

const walls = new Map<string, Intl.DateTimeFormat>()

function wallOf(timeZone: string): Intl.DateTimeFormat {
  const made =
    walls.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  walls.set(timeZone, made)
  return made
}

/** What the clock on the wall says at a moment, by a way of its own: text, not arithmetic. */
function isOpenByTheWall({ timeZone, days, from, to }: BusinessHours, ms: number): boolean {
  const [day = '', now = ''] = wallOf(timeZone).format(ms).split(' ')
  const weekday = (ahead: number) => new Date(Date.parse(`${day}T00:00:00.000Z`) + ahead * DAY).getUTCDay() || 7
  if (from < to) return days.includes(weekday(0)) && now >= from && now < to
  return (days.includes(weekday(0)) && now >= from) || (days.includes(weekday(-1)) && now < to)
}

it('counts every minute that the clock on the wall calls a working one, also where the clocks are changed', () => {
  fc.assert(
    fc.property(hours, begin, fc.integer({ min: 1, max: 2 * 24 * 60 }), (open, fromMs, minutes) => {
      let walked = 0
      for (let at = 0; at < minutes; at += 1) if (isOpenByTheWall(open, fromMs + at * MINUTE)) walked += 1
      expect(countedBetween(fromMs, fromMs + minutes * MINUTE, { pauses: [], hours: open }) / MINUTE).toBe(walked)
    }),
    { numRuns: 50 },
  )
})

it('gives stretches in order that neither touch a closed minute nor leave one out', () => {
  fc.assert(
    fc.property(hours, begin, (open, fromMs) => {
      let last = fromMs
      let seen = 0
      for (const [from, to] of businessStretches(open, fromMs)) {
        expect(from).toBeGreaterThanOrEqual(last)
        expect(to).toBeGreaterThan(from)
        expect(isOpenByTheWall(open, from)).toBe(true)
        expect(isOpenByTheWall(open, to - 1)).toBe(true)
        last = to
        seen += 1
        if (seen === 6) break
      }
    }),
    { numRuns: 100 },
  )
})

it('says of a moment what the wall says, and when it opens', () => {
  fc.assert(
    fc.property(hours, begin, (open, ms) => {
      expect(isInHours(open, ms)).toBe(isOpenByTheWall(open, ms))
      const opens = opensAt(open, ms)
      expect(opens !== null && opens >= ms && isOpenByTheWall(open, opens)).toBe(true)
    }),
    { numRuns: 100 },
  )
})

const stretch = fc.tuple(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 1, max: 600 }))
const counting: fc.Arbitrary<Counting> = fc.record({
  pauses: fc.array(stretch, { maxLength: 4 }).map((all) =>
    all.map(([at, long]) => ({
      fromMs: Date.parse('2026-03-28T00:00:00.000Z') + at * MINUTE,
      toMs: Date.parse('2026-03-28T00:00:00.000Z') + (at + long) * MINUTE,
    })),
  ),
  hours: fc.option(hours, { nil: null }),
})

it('is due when just as much time has counted as was given', () => {
  fc.assert(
    fc.property(counting, begin, fc.integer({ min: 1, max: 2_000 }), (how, startMs, minutes) => {
      const due = dueAfter(startMs, minutes * MINUTE, how, startMs)
      expect(
        countedBetween(startMs, due, { ...how, pauses: how.pauses.filter(({ fromMs }) => fromMs <= startMs) }),
      ).toBe(minutes * MINUTE)
    }),
    { numRuns: 100 },
  )
})

it('follows no hours of a zone that is not known: what is due is due earlier, never later', () => {
  const open: BusinessHours = { timeZone: 'Mars/Olympus', days: [1], from: '09:00', to: '17:00' }
  expect(dueAfter(0, 60 * MINUTE, { pauses: [], hours: open }, 0)).toBe(60 * MINUTE)
  expect(isInHours(open, 0)).toBe(false)
})
