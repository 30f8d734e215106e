import { expect, it } from 'vitest'
import { escalationOf } from '../../../../shared/clocks/escalation/escalation.ts'
import { escalationPicture } from '../../../../shared/clocks/escalation/picture.ts'
import { followingOf, recallOf } from '../../../../shared/clocks/escalation/what-follows.ts'
import { type ClockInput, emptyClockInput } from '../../../../shared/clocks/input.ts'
import { noticesOf } from '../../../../shared/clocks/notices.ts'
import type { CallMade } from '../../../../shared/people/entries.ts'
import { richPack } from '../rich-pack.ts'

const dayMs = Date.parse('2026-11-21T00:00:00.000Z')
const at = (minutes: number) => new Date(dayMs + minutes * 60_000).toISOString()
const call = (role: string, minutes: number, result: CallMade['result']): CallMade => ({
  entry: `${role} ${minutes}`,
  at: at(minutes),
  role,
  person: 'Ana',
  means: 'phone',
  result,
  edge: null,
})

function incident(severity: string, parts: Partial<ClockInput> = {}): ClockInput {
  const severities = [{ at: at(0), severity, entry: 'e' }]
  return { ...emptyClockInput, declaredAt: at(0), detectedAt: at(0), declaredEntry: 'd', severities, ...parts }
}

const pack = richPack({ callouts: { answerWithinMinutes: 5, tries: 3, againAfterMinutes: 60 } })
const look = (input: ClockInput, minutes: number, types: readonly string[] | null = null) =>
  escalationPicture(input, pack, { types, atMs: dayMs + minutes * 60_000, nowMs: dayMs + minutes * 60_000 })
const states = (picture: ReturnType<typeof look>) =>
  Object.fromEntries(picture.rungs.map((rung) => [rung.edge, rung.state]))

it('says where one is: severity, rung, how long, and who was called with what result', () => {
  const picture = look(incident('sev3', { calls: [call('senior', 31, 'no-answer')] }), 35)
  expect(picture.severities.filter(({ here }) => here)).toMatchObject([{ id: 'sev3' }])
  expect(picture.rungs.filter(({ here }) => here)).toMatchObject([
    { edge: 'to-senior', roles: [{ title: 'senior', calls: [{ result: 'no-answer', person: 'Ana' }] }] },
  ])
  expect(picture).toMatchObject({ elapsedMs: 35 * 60_000, atSeverityMs: 35 * 60_000 })
})

it('moves up with the calls: who has it, who waits, who is only below', () => {
  expect(states(look(incident('sev3'), 10))).toMatchObject({
    'to-senior': 'waiting',
    'to-lead': 'below',
    press: 'to-judge',
  })
  expect(states(look(incident('sev3', { calls: [call('senior', 31, 'reached')] }), 40))).toMatchObject({
    'to-senior': 'has-it',
    'to-lead': 'waiting',
  })
  expect(states(look(incident('sev3', { calls: [call('senior', 31, 'refused')] }), 40))).toMatchObject({
    'to-senior': 'in-vain',
    'to-lead': 'now',
  })
})

it('shows the ladder of another type when asked', () => {
  expect(look(incident('sev1'), 1, ['breach']).rungs.map(({ edge }) => edge)).toContain('to-security')
  expect(look(incident('sev1'), 1, ['outage']).rungs.map(({ edge }) => edge)).not.toContain('to-security')
})

it('shows the ladder of another service when asked', () => {
  const to = { roles: ['security'], severities: [] }
  const edge = { id: 'to-cards', from: null, to, when: { systems: ['payments'] }, last: false, covers: [] }
  const rules = { ...pack, escalation: [...pack.escalation, edge] }
  const rungs = (systems: readonly string[] | null) =>
    escalationPicture(incident('sev1'), rules, { types: null, systems, atMs: dayMs, nowMs: dayMs }).rungs.map(
      (rung) => rung.edge,
    )
  expect([rungs(null), rungs(['Payments']), rungs(['search'])].map((all) => all.includes('to-cards'))).toEqual([
    true,
    true,
    false,
  ])
})

it('tells what follows a call: the next try, and then the next in line', () => {
  const role = { role: 'senior', means: 'phone' as const }
  const nowMs = dayMs + 31 * 60_000
  expect(followingOf(role, incident('sev3'), pack, nowMs)).toEqual({
    tries: 3,
    again: 'email',
    waitMinutes: 5,
    next: ['lead'],
  })
  const tried = [call('senior', 29, 'no-answer'), call('senior', 30, 'no-answer')]
  expect(followingOf(role, incident('sev3', { calls: tried }), pack, nowMs)).toMatchObject({
    again: null,
    next: ['lead'],
  })
})

it('says that work put a recall off, and from when', () => {
  const input = incident('sev3', { calls: [call('senior', 31, 'reached')], workedAt: at(50) })
  const [holder] = escalationOf(input, pack, dayMs + 60 * 60_000).holders
  expect(recallOf(pack, holder!, input.workedAt)).toMatchObject({ at: at(110), instead: at(91), workedAt: at(50) })
  expect(recallOf(pack, holder!, null)).toMatchObject({ at: at(91), instead: null })
})

it('lists who has to be told, by when, and how far that is', () => {
  const told = [{ entry: 'n', at: at(3), notification: 'soon', result: 'not-reached' as const }]
  const list = noticesOf(
    incident('sev1', { notices: told, calls: [call('lead', 1, 'reached')] }),
    pack,
    dayMs + 600_000,
  )
  expect(list).toMatchObject([
    { id: 'at-once', is: 'told', holds: true },
    { id: 'soon', is: 'not-reached', dueAt: at(15), holds: true },
    { id: 'channel', is: 'open', dueAt: null, holds: true },
    { id: 'breach', is: 'open', holds: false },
  ])
})
