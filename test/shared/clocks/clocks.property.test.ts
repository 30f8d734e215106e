import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Clock } from '../../../shared/clocks/clock.ts'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import type { ClockInput } from '../../../shared/clocks/input.ts'
import { anyInput, anyTime, firstMs, isoAt, richPack } from './rich-pack.ts'

const pack = richPack()
const tight = richPack({ callouts: { answerWithinMinutes: 5, tries: 2, againAfterMinutes: 60 } })
const anyPack = fc.constantFrom(pack, tight)
const now = anyTime.map((iso) => Date.parse(iso))
const keyOf = ({ id, dueAt }: Clock) => `${id} @ ${dueAt}`

it('agrees with itself whatever happened in whatever order', () => {
  fc.assert(
    fc.property(anyInput, anyPack, now, (facts, rules, nowMs) => {
      for (const clock of clocksOf(facts, rules, nowMs)) {
        const dueMs = Date.parse(clock.dueAt)
        const seenMs = clock.endedAt === null ? nowMs : Date.parse(clock.endedAt)
        expect(dueMs).toBeGreaterThanOrEqual(Date.parse(clock.startedAt))
        expect(clock.msLeft).toBe(dueMs - seenMs)
        expect(clock.state === 'breached').toBe(clock.endedAt === null && clock.msLeft <= 0)
        expect(['met', 'stopped'].includes(clock.state)).toBe(clock.endedAt !== null)
        expect(clock.state === 'paused').toBe(clock.paused !== null)
        if (clock.state === 'met') expect(clock.msLeft).toBeGreaterThan(0)
        expect([clock.title, clock.rule, clock.stoppedBy].join()).not.toMatch(/undefined|null|NaN/)
      }
    }),
  )
})

it('gives each clock one name: no two with the same id and due time', () => {
  fc.assert(
    fc.property(anyInput, anyPack, now, (facts, rules, nowMs) => {
      const keys = clocksOf(facts, rules, nowMs)
        .filter(({ endedAt }) => endedAt === null)
        .map(keyOf)
      expect(keys).toEqual([...new Set(keys)])
    }),
  )
})

it('loses no clock by a restart: the same facts, sent and read again, give the same clocks', () => {
  fc.assert(
    fc.property(anyInput, anyPack, now, (facts, rules, nowMs) => {
      const again = JSON.parse(JSON.stringify(facts)) as ClockInput
      expect(clocksOf(again, rules, nowMs)).toEqual(clocksOf(facts, rules, nowMs))
    }),
  )
})

it('lets no clock run backwards: later is never better, and no clock goes away by itself', () => {
  const rank = { running: 0, soon: 1, paused: 0, breached: 2, met: 3, stopped: 3 }
  fc.assert(
    fc.property(anyInput, anyPack, now, fc.nat(86_400_000), (facts, rules, nowMs, laterMs) => {
      const later = new Map(clocksOf(facts, rules, nowMs + laterMs).map((clock) => [keyOf(clock), clock]))
      for (const clock of clocksOf(facts, rules, nowMs)) {
        // A guide follows the time; one that stands still is due later the longer it does.
        if (clock.quiet || clock.state === 'paused') continue
        const same = later.get(keyOf(clock))
        const stands = (facts.pauses[clock.id] ?? []).some(
          ({ to, from }) => to === null || Date.parse(from) > nowMs || Date.parse(to) > nowMs,
        )
        if (stands && same === undefined) continue
        expect(same?.dueAt).toBe(clock.dueAt)
        expect(rank[same?.state ?? 'running']).toBeGreaterThanOrEqual(rank[clock.state])
      }
    }),
  )
})

it('gives less time, never more, for setting a worse severity over a running clock', () => {
  fc.assert(
    fc.property(anyInput, now, (facts, nowMs) => {
      const open = { ...facts, respondedAt: null, resolvedAt: null, pauses: {} }
      const due = (severities: ClockInput['severities']) =>
        clocksOf({ ...open, severities }, pack, nowMs).find(({ id, endedAt }) => id === 'response' && endedAt === null)
      const raised = due([...facts.severities, { at: isoAt(nowMs), severity: 'sev1', entry: null }])
      expect(raised).toBeDefined()
      expect(Date.parse(raised?.dueAt ?? '')).toBeLessThanOrEqual(
        Math.max(nowMs, Date.parse(raised?.startedAt ?? '')) + 10 * 60_000,
      )
    }),
  )
})

it('never shortens by a pause', () => {
  fc.assert(
    fc.property(anyInput, now, (facts, nowMs) => {
      const without = clocksOf({ ...facts, pauses: {} }, pack, nowMs)
      // Of one edge there may be several from one start: whoever cannot be had makes one by a rule of its own.
      const of = (clocks: readonly Clock[], { id, startedAt, rule }: Clock) =>
        clocks
          .filter((clock) => clock.id === id && clock.startedAt === startedAt && clock.rule === rule)
          .map(({ dueAt }) => Date.parse(dueAt))
          .toSorted((a, b) => a - b)
      for (const clock of clocksOf(facts, pack, nowMs)) {
        const [before] = of(without, clock)
        if (before !== undefined) expect(Date.parse(clock.dueAt)).toBeGreaterThanOrEqual(before)
      }
    }),
  )
})

/** Whatever may be logged next, now: nothing is dated back. */
function anythingNow(facts: ClockInput, nowMs: number): fc.Arbitrary<ClockInput> {
  const at = isoAt(nowMs)
  const call = { entry: 'x', at, role: 'lead', person: null, means: 'phone' as const, edge: null }
  const pause = { from: at, to: null, reason: 'x', by: 'x', entry: 'x' }
  return fc.constantFrom<ClockInput>(
    { ...facts, severities: [...facts.severities, { at, severity: 'sev1', entry: 'x' }] },
    { ...facts, severities: [...facts.severities, { at, severity: 'sev3', entry: 'x' }] },
    { ...facts, types: [...facts.types, { at, types: ['breach'], entry: 'x' }] },
    { ...facts, types: [...facts.types, { at, types: [], entry: 'x' }] },
    { ...facts, updates: [...facts.updates, { at, nextAt: null, entry: 'x' }] },
    { ...facts, updates: [...facts.updates, { at, nextAt: isoAt(nowMs + 1_200_000), entry: 'x' }] },
    { ...facts, calls: [...facts.calls, { ...call, result: 'reached' }] },
    { ...facts, calls: [...facts.calls, { ...call, role: 'senior', result: 'refused' }] },
    { ...facts, notices: [...facts.notices, { entry: 'x', at, notification: 'soon', result: 'told' }] },
    { ...facts, respondedAt: facts.respondedAt ?? at },
    { ...facts, resolvedAt: facts.resolvedAt ?? at },
    { ...facts, pauses: { ...facts.pauses, response: [...(facts.pauses['response'] ?? []), pause] } },
    {
      ...facts,
      duties: {
        ...facts.duties,
        early: [...(facts.duties['early'] ?? []), { holds: false, since: at, at, reason: 'x', by: 'x', entry: 'x' }],
      },
    },
  )
}

/** Facts of which none lies after a moment, as entries give them. */
function upTo(facts: ClockInput, nowMs: number): ClockInput {
  const at = isoAt(nowMs)
  const cut = (time: string | null) => (time !== null && time > at ? null : time)
  const past = <T extends { readonly at: string }>(all: readonly T[]) =>
    all.filter((one) => one.at <= at).toSorted((a, b) => (a.at < b.at ? -1 : 1))
  return {
    ...facts,
    declaredAt: isoAt(firstMs),
    detectedAt: isoAt(firstMs),
    severities: past(facts.severities),
    types: past(facts.types),
    updates: past(facts.updates),
    calls: past(facts.calls),
    notices: past(facts.notices),
    commandedAt: cut(facts.commandedAt),
    respondedAt: cut(facts.respondedAt),
    resolvedAt: null,
    postMortemAt: cut(facts.postMortemAt),
    workedAt: cut(facts.workedAt),
    pauses: {},
    met: {},
    duties: Object.fromEntries(Object.entries(facts.duties).map(([id, answers]) => [id, past(answers)])),
  }
}

it('never takes back that a limit was missed, whatever is logged afterwards', () => {
  const later = fc
    .tuple(anyInput, now)
    .map(([facts, nowMs]) => ({ facts: upTo(facts, nowMs), nowMs }))
    .chain(({ facts, nowMs }) => anythingNow(facts, nowMs).map((next) => ({ facts, nowMs, next })))
  fc.assert(
    fc.property(later, fc.nat(3_600_000), ({ facts, nowMs, next }, laterMs) => {
      const after = clocksOf(next, pack, nowMs + laterMs)
      for (const missed of clocksOf(facts, pack, nowMs)) {
        if (missed.state !== 'breached' || missed.quiet) continue
        // A first severity holds from detection, so that it may turn out to have been due even earlier.
        const same = after.filter(({ id, dueAt }) => id === missed.id && dueAt <= missed.dueAt)
        expect(same.length, `${keyOf(missed)} is gone`).toBeGreaterThan(0)
        for (const clock of same) if (keyOf(clock) === keyOf(missed)) expect(clock.msLeft).toBeLessThanOrEqual(0)
      }
    }),
    { numRuns: 500 },
  )
})

it('sorts overdue first, then what runs, what stands still, guides and what ended, by due time within each', () => {
  fc.assert(
    fc.property(anyInput, anyPack, now, (facts, rules, nowMs) => {
      const keys = clocksOf(facts, rules, nowMs).map(({ state, endedAt, quiet, dueAt }): [number, string] => [
        endedAt !== null ? 4 : quiet ? 3 : state === 'breached' ? 0 : state === 'paused' ? 2 : 1,
        dueAt,
      ])
      expect(keys).toEqual(keys.toSorted(([a, x], [b, y]) => a - b || (x < y ? -1 : x > y ? 1 : 0)))
    }),
  )
})

it('makes a clock of every family', () => {
  const kinds = new Set<string>()
  const samples = fc.sample(fc.tuple(anyInput, anyPack), { numRuns: 400, seed: 7 })
  for (const [facts, rules] of samples) {
    for (const { kind } of clocksOf(facts, rules, firstMs + 3 * 86_400_000)) kinds.add(kind)
  }
  expect([...kinds].toSorted()).toEqual([
    'acknowledge',
    'answer',
    'escalation',
    'notification',
    'phase',
    'post-incident',
    'post-mortem',
    'recall',
    'regulatory',
    'response',
    'update',
  ])
})
