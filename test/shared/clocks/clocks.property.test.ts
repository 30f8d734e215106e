import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type ClockInput, clocksOf } from '../../../shared/clocks/clocks.ts'
import { smallPack } from '../packs/small-pack.ts'

const pack = smallPack()
const first = Date.parse('2026-01-01T00:00:00.000Z')
const time = fc.integer({ min: 0, max: 7 * 24 * 3_600_000 }).map((ms) => new Date(first + ms).toISOString())
const maybe = fc.option(time, { nil: null })

const input: fc.Arbitrary<ClockInput> = fc.record({
  declaredAt: time,
  detectedAt: time,
  severities: fc.array(fc.record({ at: time, severity: fc.constantFrom('sev1', 'sev2', 'sev3', 'gone') }), {
    maxLength: 6,
  }),
  respondedAt: maybe,
  resolvedAt: maybe,
  falseAlarm: fc.boolean(),
  postMortemAt: maybe,
  commander: fc.constantFrom('Ana', null),
})
const now = time.map((iso) => Date.parse(iso))

it('agrees with itself whatever happened in whatever order', () => {
  fc.assert(
    fc.property(input, now, (facts, nowMs) => {
      for (const clock of clocksOf(facts, pack, nowMs)) {
        const dueMs = Date.parse(clock.dueAt)
        const seenMs = clock.endedAt === null ? nowMs : Date.parse(clock.endedAt)
        expect(dueMs).toBeGreaterThan(Date.parse(clock.startedAt))
        expect(clock.msLeft).toBe(dueMs - seenMs)
        expect(clock.state === 'breached').toBe(clock.endedAt === null && clock.msLeft <= 0)
        expect(['met', 'stopped'].includes(clock.state)).toBe(clock.endedAt !== null)
        if (clock.state === 'met') expect(clock.msLeft).toBeGreaterThan(0)
      }
    }),
  )
})

it('lets no clock run backwards: later is never better', () => {
  const rank = { running: 0, soon: 1, breached: 2, met: 3, stopped: 3 }
  fc.assert(
    fc.property(input, now, fc.nat(86_400_000), (facts, nowMs, laterMs) => {
      const later = clocksOf(facts, pack, nowMs + laterMs)
      for (const clock of clocksOf(facts, pack, nowMs)) {
        const same = later.find(({ id }) => id === clock.id)
        expect(same?.dueAt).toBe(clock.dueAt)
        expect(rank[same?.state ?? 'running']).toBeGreaterThanOrEqual(rank[clock.state])
      }
    }),
  )
})

it('gives less time, never more, for setting a worse severity over a running clock', () => {
  fc.assert(
    fc.property(input, now, (facts, nowMs) => {
      const open = { ...facts, respondedAt: null, resolvedAt: null }
      const due = (severities: ClockInput['severities']) =>
        clocksOf({ ...open, severities }, pack, nowMs).find(({ id }) => id === 'response')
      const raised = due([...facts.severities, { at: new Date(nowMs).toISOString(), severity: 'sev1' }])
      expect(raised).toBeDefined()
      expect(Date.parse(raised?.dueAt ?? '')).toBeLessThanOrEqual(
        Math.max(nowMs, Date.parse(raised?.startedAt ?? '')) + 10 * 60_000,
      )
    }),
  )
})

it('sorts overdue first, ended last, and by due time within each', () => {
  fc.assert(
    fc.property(input, now, (facts, nowMs) => {
      const keys = clocksOf(facts, pack, nowMs).map(({ state, endedAt, dueAt }): [number, string] => [
        endedAt !== null ? 2 : state === 'breached' ? 0 : 1,
        dueAt,
      ])
      expect(keys).toEqual(keys.toSorted(([a, x], [b, y]) => a - b || (x < y ? -1 : 1)))
    }),
  )
})
