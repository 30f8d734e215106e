import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPack } from '../../../../main/packs/pack-file.ts'
import { attemptsOn } from '../../../../shared/clocks/escalation/attempts.ts'
import { escalationOf } from '../../../../shared/clocks/escalation/escalation.ts'
import { nextSentence } from '../../../../shared/clocks/escalation/next-sentence.ts'
import { standingOf } from '../../../../shared/clocks/escalation/standing.ts'
import { type ClockInput, emptyClockInput } from '../../../../shared/clocks/input.ts'
import { situationsOf } from '../../../../shared/clocks/situations.ts'
import type { EscalationEdge, Pack } from '../../../../shared/packs/pack.ts'
import type { CallMade } from '../../../../shared/people/entries.ts'
import { anyInput, anyTime, isoAt, richPack } from '../rich-pack.ts'

const stated = richPack({ callouts: { answerWithinMinutes: 5, tries: 2, againAfterMinutes: 60 } })
const packs = fc.constantFrom(richPack(), stated)
const now = anyTime.map((iso) => Date.parse(iso))

it('always has somebody next, or says that nobody is left, and never leaves out who is to be called', () => {
  fc.assert(
    fc.property(anyInput, packs, now, (facts, pack, nowMs) => {
      const open = { ...facts, resolvedAt: null }
      const escalation = escalationOf(open, pack, nowMs)
      const { later, holders, nobodyLeft } = escalation
      expect(nobodyLeft).toBe(escalation.now.length + later.length + holders.length === 0)
      expect(nextSentence(escalation)).toMatch(/^(Call|Nobody|The runbook)/)
      const moment = { input: open, pack, situations: situationsOf(open, pack), nowMs }
      for (const edge of pack.escalation.filter((one) => standingOf(one, moment).is === 'due')) {
        for (const role of edge.to.roles) {
          const attempts = attemptsOn(pack, role, open.calls, nowMs)
          const isCalled = escalation.now.some((call) => call.role === role)
          const isAwaited = attempts.is === 'waiting'
          // Whoever is to be called is called or awaited, unless they have it or cannot be had.
          expect(isCalled || isAwaited || attempts.is === 'reached' || attempts.is === 'exhausted').toBe(true)
        }
      }
    }),
  )
})

it('calls nobody twice at once, and no one who has just been reached', () => {
  fc.assert(
    fc.property(anyInput, packs, now, (facts, pack, nowMs) => {
      const roles = escalationOf(facts, pack, nowMs).now.map(({ role }) => role)
      expect(roles).toEqual([...new Set(roles)])
      const reached = {
        entry: 'x',
        at: isoAt(nowMs),
        person: null,
        means: 'phone' as const,
        result: 'reached' as const,
      }
      const answered = {
        ...facts,
        calls: [...facts.calls.filter(({ at }) => at < isoAt(nowMs)), { ...reached, role: 'lead', edge: null }],
      }
      expect(escalationOf(answered, pack, nowMs).now.map(({ role }) => role)).not.toContain('lead')
    }),
  )
})

it('comes to an end: whoever is called and never answers is not called for ever', () => {
  fc.assert(
    fc.property(anyInput, packs, now, (facts, pack, nowMs) => {
      let input: ClockInput = { ...facts, calls: [], resolvedAt: null }
      let calls = 0
      for (let at = nowMs; ; at += 600_000) {
        const [next] = escalationOf(input, pack, at).now
        if (next === undefined) break
        calls += 1
        expect(calls).toBeLessThan(50)
        const call: CallMade = { entry: 'x', at: isoAt(at), person: null, result: 'no-answer', ...next }
        input = { ...input, calls: [...input.calls, call] }
      }
    }),
    { numRuns: 60 },
  )
})

const folder = new URL('../../../../assets/packs/', import.meta.url)
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readPack(readFileSync(new URL(name, folder)), name).pack)

describe.each(shipped.map((pack) => [pack.id, pack] as const))('the escalation of %s', (_id, pack) => {
  it.each(pack.escalation.map((edge) => [edge.id, edge] as const))('%s is reached', (_edge, edge) => {
    const ways = waysTo(edge, pack).map((input) => ({ input, nowMs: Date.parse(input.detectedAt) + 10 * 86_400_000 }))
    const stood = ways.map(({ input, nowMs }) =>
      standingOf(edge, { input, pack, situations: situationsOf(input, pack), nowMs }),
    )
    const wanted = edge.when.condition === undefined ? 'due' : 'to-judge'
    expect(stood.map(({ is }) => is)).toContain(wanted)
    // And once its call is logged, whatever the condition, its people are called until they are had.
    const [way] = ways
    if (way === undefined) throw new Error('no way to try')
    const [role = ''] = edge.to.roles
    const tried: CallMade = {
      entry: 'x',
      at: isoAt(way.nowMs),
      role,
      person: null,
      means: 'other',
      result: 'reached',
      edge: edge.id,
    }
    const { holders } = escalationOf({ ...way.input, calls: [...way.input.calls, tried] }, pack, way.nowMs)
    expect(holders.map((one) => one.role)).toContain(role)
  })

  it('names only people and ways that the pack has', () => {
    const means = pack.contactMethods.map((method) => method.means)
    for (const severity of pack.severities) {
      for (const type of [null, ...pack.incidentTypes.map(({ id }) => id)]) {
        const input = incident(severity.id, type === null ? [] : [type])
        for (const call of escalationOf(input, pack, Date.parse(input.detectedAt) + 86_400_000).now) {
          expect(pack.roles.map(({ title }) => title)).toContain(call.title)
          if (means.length > 0) expect(means).toContain(call.means)
          expect(call.why).not.toMatch(/undefined|^$/)
        }
      }
    }
  })
})

function incident(severity: string, types: readonly string[]): ClockInput {
  const at = '2026-11-21T00:00:00.000Z'
  return {
    ...emptyClockInput,
    declaredAt: at,
    detectedAt: at,
    severities: [{ at, severity, entry: null }],
    types: types.length === 0 ? [] : [{ at, types, entry: null }],
  }
}

/** Incidents for which an edge might be the next: each severity, its types, with the one before reached, or in vain. */
function waysTo({ from, when }: EscalationEdge, pack: Pack): ClockInput[] {
  const severities = pack.severities.filter(({ id }) => when.severities?.includes(id) ?? true)
  return severities.flatMap(({ id }) => {
    const input = incident(id, when.incidentTypes ?? [])
    if (from === null) return [input]
    const call = {
      entry: 'x',
      at: '2026-11-21T00:01:00.000Z',
      role: from.role,
      person: null,
      means: 'phone' as const,
      edge: null,
    }
    return (['reached', 'refused'] as const).map((result) => ({ ...input, calls: [{ ...call, result }] }))
  })
}
