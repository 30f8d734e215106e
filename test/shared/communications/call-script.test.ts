import { expect, it } from 'vitest'
import { type Calling, callScript } from '../../../shared/communications/call-script.ts'
import { emptyCore } from '../../../shared/incident/entries.ts'
import { emptyState, type IncidentState } from '../../../shared/incident/state.ts'
import { richPack } from '../clocks/rich-pack.ts'

const nowMs = Date.parse('2026-11-21T14:22:00.000Z')
const calling: Calling = {
  role: 'lead',
  title: 'Team Lead',
  person: 'Ana Ruiz',
  why: 'it is P1, unresolved for 30 minutes',
  by: 'Mira Holm',
  callBack: null,
}

function state(parts: Partial<IncidentState> = {}, core: Partial<IncidentState['core']> = {}): IncidentState {
  const known = { number: 'INC-2026-1121-0001', title: 'checkout fails', detectedAt: '2026-11-21T14:05:00.000Z' }
  return { ...emptyState('X'), core: { ...emptyCore, ...known, ...core }, ...parts }
}

const read = (is: IncidentState, parts: Partial<Calling> = {}) =>
  callScript(is, richPack(), { ...calling, ...parts }, nowMs)

it('says who calls, what is wrong, how bad, why, where to join and where to call back', () => {
  const severity = { id: 'p1', code: 'P1', name: 'Critical', rank: 1 } as const
  const links = [{ link: 'bridge', title: null, url: 'https://meet.example/1' }]
  const impact = { text: 'Nobody in Europe can pay', at: '', by: '' }
  const roles = { ...emptyState('X').roles, commander: { contact: null, name: 'Mira Holm' } }
  const lines = read(state({ roles }, { severity, links, impact } as never), { callBack: '+49 30 1' })
  expect(lines).toEqual([
    'Ana Ruiz? This is Mira Holm. I command incident INC-2026-1121-0001.',
    'Checkout fails. It is P1, Critical.',
    'Nobody in Europe can pay. It began at 14:05 UTC.',
    'I call you because it is P1, unresolved for 30 minutes. We need you as Team Lead.',
    'Join the bridge now: https://meet.example/1',
    'If we are cut off, call me back: +49 30 1.',
    'It is 14:22 UTC. Do you take it, yes or no?',
  ])
})

it('begins and ends with the word in an exercise', () => {
  const lines = read(state({ mode: 'exercise' }))
  expect(lines[0]).toBe('EXERCISE EXERCISE EXERCISE.')
  expect(lines.at(-1)).toBe('EXERCISE EXERCISE EXERCISE.')
})

it('says what is not known yet instead of leaving it out', () => {
  const text = read(state(), { person: null, by: null }).join(' ')
  expect(text).toContain('Is this the Team Lead?')
  expect(text).toContain('[say your name]')
  expect(text).toContain('[say your number]')
  expect(text).toContain('The impact is not stated yet.')
  expect(text).toContain('There is no bridge link yet: stay on this line.')
})
