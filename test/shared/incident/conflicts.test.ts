import { expect, test } from 'vitest'
import { clockPausedKind, clockResumedKind, dutyHeldKind } from '../../../shared/clocks/entries.ts'
import {
  classifiedKind,
  confirmedKind,
  declaredKind,
  impactStatedKind,
  reopenedKind,
  resolvedKind,
  severitySetKind,
} from '../../../shared/incident/entries.ts'
import { conflictSentence, conflictsOf, severitiesInForce } from '../../../shared/incident/conflicts.ts'
import { fold } from '../../../shared/incident/fold.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'
import { tellAll } from '../../../shared/postmortem/told.ts'
import { SketchedDesk } from './desks.ts'

const pack = { id: 'infinity', version: '1.0.0', title: 'Infinity OS', hash: 'a'.repeat(64) }
const declared = draftOf(declaredKind, {
  number: 'INC-2026-1121-0001',
  title: 'Sign-in fails',
  pack,
  unconfirmed: true,
  detected_at: '2026-11-21T02:55:00.000Z',
})
const severity = (rank: number): Draft =>
  draftOf(severitySetKind, {
    severity: { id: `p${rank}`, code: `P${rank}`, name: 'Level', rank },
    assumed: false,
    reason: 'Seen.',
    path: [],
  })
const command = (name: string | null): Draft =>
  draftOf(roleTakenKind, { role: 'commander', person: name === null ? null : { contact: null, name } })
const ended = (outcome: 'resolved' | 'false-alarm'): Draft => draftOf(resolvedKind, { outcome, summary: 'Over.' })
const confirmed = draftOf(confirmedKind, {})

/** Two desks that both know the declaration. */
function twoDesks() {
  const [ana, ben] = [new SketchedDesk('Ana'), new SketchedDesk('Ben')]
  ana.write(declared)
  ben.learn(ana)
  return { ana, ben }
}

function merged(a: SketchedDesk, b: SketchedDesk) {
  a.learn(b)
  b.learn(a)
  const state = fold('X', a.entries)
  expect(fold('X', b.entries)).toEqual(state)
  return state
}

test('a desk never contradicts itself, nor what it has seen', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(2))
  ana.write(severity(1))
  ben.learn(ana)
  ben.write(severity(3))
  const state = merged(ana, ben)
  expect(conflictsOf(state)).toEqual([])
  expect(state.core.severity?.id).toBe('p3')
})

test.each([
  [1, 3],
  [3, 1],
])('of severities P%i and P%i set unseen the higher holds', (first, second) => {
  const { ana, ben } = twoDesks()
  ana.write(severity(first))
  ben.write(severity(second))
  const state = merged(ana, ben)
  expect(state.core.severity?.id).toBe('p1')
  expect(conflictsOf(state)).toMatchObject([
    { field: 'severity', claims: [{ words: 'P1 Level' }, { words: 'P3 Level' }] },
  ])
})

test('the same value twice is no conflict', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(2))
  ben.write(severity(2))
  expect(conflictsOf(merged(ana, ben))).toEqual([])
})

test('a write that has seen all sides settles it, for every desk', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(1))
  ben.write(severity(3))
  merged(ana, ben)
  ben.write(severity(3))
  const state = merged(ana, ben)
  expect(conflictsOf(state)).toEqual([])
  expect(state.core.severity?.id).toBe('p3')
})

test('a write that has seen one side only leaves the other standing', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(1))
  ben.write(severity(3))
  ana.write(severity(2))
  const state = merged(ana, ben)
  expect(conflictsOf(state)).toMatchObject([{ claims: [{ words: 'P2 Level' }, { words: 'P3 Level' }] }])
  expect(state.core.severity?.id).toBe('p2')
})

test('what was outweighed comes into force when the heavier side is taken back', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(1))
  ben.write(severity(3))
  ana.write(severity(4))
  expect(merged(ana, ben).core.severity?.id).toBe('p3')
})

test('an incident that one desk ended and another confirmed stays open, whichever comes last', () => {
  for (const [first, second] of [
    [confirmed, ended('false-alarm')],
    [ended('false-alarm'), confirmed],
  ] as const) {
    const { ana, ben } = twoDesks()
    ana.write(first)
    ben.write(second)
    const state = merged(ana, ben)
    expect(state.core).toMatchObject({ status: 'open', resolvedAt: null })
    expect(conflictsOf(state)).toMatchObject([{ field: 'status' }])
  }
})

test('reopening after the end is no conflict', () => {
  const { ana, ben } = twoDesks()
  ana.write(ended('resolved'))
  ben.learn(ana)
  ben.write(draftOf(reopenedKind, { reason: 'It is back.' }))
  expect(conflictsOf(merged(ana, ben))).toEqual([])
})

test('each role and the impact are facts of their own', () => {
  const { ana, ben } = twoDesks()
  ana.write(command('Ana'))
  ana.write(draftOf(impactStatedKind, { text: 'Nobody can sign in.' }))
  ben.write(command(null))
  ben.write(draftOf(roleTakenKind, { role: 'scribe', person: { contact: null, name: 'Ben' } }))
  ben.write(draftOf(impactStatedKind, { text: 'Some cannot sign in.' }))
  expect(conflictsOf(merged(ana, ben)).map(({ field }) => field)).toEqual(['impact', 'role:commander'])
})

test('a conflict says who said what and what holds', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(1))
  ben.write(severity(3))
  const [conflict] = conflictsOf(merged(ana, ben))
  expect(conflict === undefined ? '' : conflictSentence(conflict)).toBe(
    "Desks contradict each other on the severity: 'P1 Level' (Ana) against 'P3 Level' (Ben). Until somebody settles it, 'P1 Level' holds.",
  )
})

test('only what came into force counts as a severity that held', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(1))
  ben.write(severity(3))
  merged(ana, ben)
  ana.write(severity(2))
  const told = severitiesInForce(tellAll(ana.entries))
  const state = fold('X', ana.entries)
  expect(told.map(({ known }) => known?.kind === 'severity-set' && known.body.severity.id)).toEqual(
    state.core.severities.map(({ severity: { id } }) => id),
  )
})

test('three desks may contradict each other at once', () => {
  const { ana, ben } = twoDesks()
  const cleo = new SketchedDesk('Cleo')
  cleo.learn(ana)
  ana.write(severity(2))
  ben.write(severity(3))
  cleo.write(severity(1))
  ben.learn(cleo)
  expect(conflictsOf(merged(ana, ben))[0]?.claims.map(({ words }) => words)).toEqual([
    'P1 Level',
    'P2 Level',
    'P3 Level',
  ])
})

const clock = { id: 'response', title: 'First response' }
const paused = draftOf(clockPausedKind, { clock, reason: 'The provider has it.' })
const resumed = draftOf(clockResumedKind, { clock, reason: 'It came back.' })
const duty = (holds: boolean) =>
  draftOf(dutyHeldKind, {
    regulatory: { id: 'early', title: 'Early warning' },
    since: '2026-11-21T03:00:00.000Z',
    holds,
    reason: 'Counsel says so.',
  })

test('of a clock that one desk lets stand and another run, it runs until somebody settles it', () => {
  const { ana, ben } = twoDesks()
  ana.write(paused)
  ben.learn(ana)
  ana.write(resumed)
  ben.write(resumed)
  ben.write(paused)
  const state = merged(ana, ben)
  const [conflict] = conflictsOf(state)
  expect(conflict).toMatchObject({ field: 'pause:response', claims: [{ words: 'First response runs' }, {}] })
  expect(state.clocks.pauses['response']?.at(-1)?.to).not.toBeNull()
  expect(conflict === undefined ? '' : conflictSentence(conflict)).toContain('whether a clock runs')
})

test('of a duty that one desk says holds and another that it does not, it holds; other duties are not touched', () => {
  const { ana, ben } = twoDesks()
  ana.write(duty(false))
  ben.write(duty(true))
  const other = {
    regulatory: { id: 'office', title: 'Office' },
    since: '2026-11-21T03:00:00.000Z',
    holds: true,
    reason: 'x',
  }
  ana.write(draftOf(dutyHeldKind, other))
  const state = merged(ana, ben)
  expect(conflictsOf(state).map(({ field }) => field)).toEqual(['duty:early'])
  expect(state.clocks.duties['early']?.at(-1)?.holds).toBe(true)
  expect(state.clocks.duties['office']).toHaveLength(1)
})

test('desks that say different types disagree on what sort of incident it is; the same types do not', () => {
  const said = (...ids: string[]) =>
    draftOf(classifiedKind, { types: ids.map((id) => ({ id, title: id })), priority: null, systems: [] })
  const { ana, ben } = twoDesks()
  ana.write(said('breach', 'outage'))
  ben.write(said('outage', 'breach'))
  expect(conflictsOf(merged(ana, ben))).toEqual([])
  const apart = twoDesks()
  apart.ana.write(said('breach'))
  apart.ben.write(said('outage'))
  expect(conflictsOf(merged(apart.ana, apart.ben)).map(({ field }) => field)).toEqual(['classification'])
})

test('an incident keeps the runbook that it was declared with: a second declaration changes nothing', () => {
  const { ana, ben } = twoDesks()
  ana.write(severity(1))
  ben.write(
    draftOf(declaredKind, { ...declared.body, title: 'Other', pack: { ...pack, id: 'dharma', hash: 'b'.repeat(64) } }),
  )
  const { core } = merged(ana, ben)
  expect([core.title, core.pack?.id, core.severity?.code]).toEqual(['Sign-in fails', 'infinity', 'P1'])
})
