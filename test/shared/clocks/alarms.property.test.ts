import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RingFacts, ringsAmong } from '../../../shared/clocks/alarms.ts'
import type { Clock } from '../../../shared/clocks/clock.ts'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import { alarmKey, type GivenAlarm } from '../../../shared/clocks/entries.ts'
import { type ClockInput, emptyClockInput } from '../../../shared/clocks/input.ts'
import { anyInput, firstMs, isoAt, richPack } from './rich-pack.ts'

const pack = richPack({ callouts: { answerWithinMinutes: 5, tries: 2, againAfterMinutes: 60 } })
const clockIds = ['response', 'acknowledge', 'update', 'update:hourly', 'notification:soon', 'regulatory:early']

/** The moments at which a runner looks, in ms: each second or after a long sleep, in order. */
const anyMoments = fc
  .array(fc.oneof(fc.nat(60_000), fc.nat(3_600_000), fc.nat(90_000_000)), { minLength: 1, maxLength: 12 })
  .map((steps) => {
    let atMs = firstMs
    return steps.map((step) => {
      atMs += step
      return atMs
    })
  })

const anySnoozes = fc
  .array(
    fc.record({
      clock: fc.constantFrom(...clockIds),
      at: fc.nat(7_200_000),
      minutes: fc.constantFrom(5, 10, 20, 60),
    }),
    { maxLength: 4 },
  )
  .map((said) => {
    const sorted = said.toSorted((a, b) => a.at - b.at)
    return (nowMs: number): RingFacts['snoozes'] =>
      Object.fromEntries(
        clockIds.map((id) => [
          id,
          sorted
            .filter(({ clock, at }) => clock === id && firstMs + at <= nowMs)
            .map(({ at, minutes }) => ({
              at: isoAt(firstMs + at),
              until: isoAt(firstMs + at + minutes * 60_000),
              reason: 'x',
              by: 'x',
              entry: 'x',
            })),
        ]),
      )
  })

interface Story {
  readonly facts: ClockInput
  readonly snoozesAt: (nowMs: number) => RingFacts['snoozes']
}

const anyStory = fc.record({ facts: anyInput, snoozesAt: anySnoozes })

/** What a runner gives at a moment, and what then has been given. */
function ring({ facts, snoozesAt }: Story, alarms: readonly GivenAlarm[], nowMs: number): GivenAlarm[] {
  const known = { alarms, snoozes: snoozesAt(nowMs), declaredAt: facts.declaredAt }
  const rings = ringsAmong(clocksOf(facts, pack, nowMs), known, nowMs)
  return rings.map(({ clock, at, dueAt }) => ({ clock: clock.id, at, dueAt, givenAt: isoAt(nowMs), entry: 'x' }))
}

const keyOf = ({ clock, dueAt, at }: GivenAlarm) => alarmKey(clock, dueAt, at)
const isOverdue = ({ state, quiet }: Clock) => state === 'breached' && !quiet

it('rings nothing twice: not in the next second, not after a restart, not in another process', () => {
  fc.assert(
    fc.property(anyStory, anyMoments, (story, moments) => {
      let given: GivenAlarm[] = []
      for (const nowMs of moments) {
        given = [...given, ...ring(story, given, nowMs)]
        const restarted = JSON.parse(JSON.stringify(given)) as GivenAlarm[]
        expect(ring(story, restarted, nowMs)).toEqual([])
      }
      const keys = given.map(keyOf)
      expect(keys).toEqual([...new Set(keys)])
    }),
  )
})

it('forgets nothing: whatever is overdue and not wanted quiet has rung, however long the machine slept', () => {
  fc.assert(
    fc.property(anyStory, anyMoments, (story, moments) => {
      let given: GivenAlarm[] = []
      for (const nowMs of moments) {
        given = [...given, ...ring(story, given, nowMs)]
        const snoozes = story.snoozesAt(nowMs)
        for (const clock of clocksOf(story.facts, pack, nowMs).filter(isOverdue)) {
          const isQuiet = (snoozes[clock.id] ?? []).some(({ until }) => Date.parse(until) > nowMs)
          const rung = given.some(
            ({ clock: id, at, dueAt }) => id === clock.id && at !== 'soon' && dueAt >= clock.dueAt,
          )
          if (!isQuiet) expect(rung, `${clock.id} due ${clock.dueAt}`).toBe(true)
        }
      }
    }),
  )
})

it('after a merge of desks that rang apart nothing rings again', () => {
  fc.assert(
    fc.property(anyStory, anyMoments, anyMoments, (story, here, there) => {
      const rungAt = (moments: readonly number[]) =>
        moments.reduce<GivenAlarm[]>((given, nowMs) => [...given, ...ring(story, given, nowMs)], [])
      const merged = [...rungAt(here), ...rungAt(there)]
      const nowMs = Math.max(...here, ...there)
      expect(ring(story, merged, nowMs)).toEqual([])
    }),
  )
})

it('rings no guide, nothing that stands still, and nothing that is wanted quiet', () => {
  fc.assert(
    fc.property(anyStory, anyMoments, (story, moments) => {
      const nowMs = moments.at(-1) ?? firstMs
      const clocks = clocksOf(story.facts, pack, nowMs)
      const known = { alarms: [], snoozes: story.snoozesAt(nowMs), declaredAt: story.facts.declaredAt }
      for (const { clock } of ringsAmong(clocks, known, nowMs)) {
        expect([clock.quiet, clock.state === 'paused', clock.endedAt]).toEqual([false, false, null])
        const last = known.snoozes[clock.id]?.findLast(({ at }) => at >= clock.startedAt)
        if (last !== undefined) expect(Date.parse(last.until)).toBeLessThanOrEqual(nowMs)
      }
    }),
  )
})

it('warns before, and at most once for one due time; never for what begins only then', () => {
  fc.assert(
    fc.property(anyStory, anyMoments, (story, moments) => {
      let given: GivenAlarm[] = []
      for (const nowMs of moments) {
        const rung = ring(story, given, nowMs)
        for (const { at, dueAt } of rung) expect(Date.parse(dueAt) > nowMs).toBe(at === 'soon')
        given = [...given, ...rung]
      }
      const warned = given.filter(({ at }) => at === 'soon')
      expect(warned.filter(({ clock }) => /^(escalation|answer|recall|check-back)/.test(clock))).toEqual([])
      expect(new Set(warned.map(({ clock, dueAt }) => `${clock} ${dueAt}`)).size).toBe(warned.length)
    }),
  )
})

describe('the first response within ten minutes', () => {
  const minute = (minutes: number) => firstMs + minutes * 60_000
  const plain: ClockInput = {
    ...emptyClockInput,
    declaredAt: isoAt(firstMs),
    detectedAt: isoAt(firstMs),
    severities: [{ at: isoAt(firstMs), severity: 'sev1', entry: null }],
  }
  const of = (story: Story, moments: readonly number[]) => {
    let given: GivenAlarm[] = []
    for (const at of moments) given = [...given, ...ring(story, given, minute(at))]
    return given
      .filter(({ clock }) => clock === 'response')
      .map(({ at, givenAt }) => `${at} ${(Date.parse(givenAt) - firstMs) / 60_000}`)
  }
  const none = () => ({})
  const snoozed = (from: number, to: number) => (nowMs: number) =>
    nowMs < minute(from)
      ? {}
      : { response: [{ at: isoAt(minute(from)), until: isoAt(minute(to)), reason: 'x', by: 'x', entry: 'x' }] }

  it('warns after eight and rings after ten', () => {
    expect(of({ facts: plain, snoozesAt: none }, [1, 7, 8, 9, 10, 11, 30])).toEqual(['soon 8', 'due 10'])
  })

  it('rings once when both fell due in sleep', () => {
    expect(of({ facts: plain, snoozesAt: none }, [1, 25, 26])).toEqual(['due 25'])
  })

  it('does not warn in the last half minute', () => {
    expect(of({ facts: plain, snoozesAt: none }, [1, 9.6, 10])).toEqual(['due 10'])
  })

  it('does not warn of what was that late when it was declared', () => {
    const late = { ...plain, declaredAt: isoAt(minute(9)) }
    expect(of({ facts: late, snoozesAt: none }, [9, 9.2, 10])).toEqual(['due 10'])
  })

  it('snoozed after the breach it rings again at the end, once', () => {
    expect(of({ facts: plain, snoozesAt: snoozed(11, 21) }, [8, 10, 11, 15, 20, 21, 22, 50])).toEqual([
      'soon 8',
      'due 10',
      'snoozed 21',
    ])
  })

  it('snoozed before, neither warning nor breach is heard until then', () => {
    expect(of({ facts: plain, snoozesAt: snoozed(7, 17) }, [7, 8, 9, 10, 16, 17, 18])).toEqual(['snoozed 17'])
  })

  it('snoozed for less than what is left it rings as ever', () => {
    expect(of({ facts: plain, snoozesAt: snoozed(2, 7) }, [3, 7, 8, 10])).toEqual(['soon 8', 'due 10'])
  })

  it('a quiet that was wanted of the limit before does not hold for the next one', () => {
    const raised = {
      ...plain,
      severities: [...plain.severities, { at: isoAt(minute(12)), severity: 'sev1', entry: null }],
    }
    const milder = {
      ...raised,
      severities: [{ at: isoAt(firstMs), severity: 'sev2', entry: null }, ...raised.severities.slice(1)],
    }
    expect(of({ facts: milder, snoozesAt: snoozed(5, 65) }, [6, 12, 20, 22])).toEqual(['soon 20', 'due 22'])
  })
})
