import { describe, expect, it } from 'vitest'
import { clocksOf } from '../../../../shared/clocks/clocks.ts'
import { escalationOf, type NextCall } from '../../../../shared/clocks/escalation/escalation.ts'
import { escalationMatrix } from '../../../../shared/clocks/escalation/matrix.ts'
import { nextSentence } from '../../../../shared/clocks/escalation/next-sentence.ts'
import { onCallOf } from '../../../../shared/clocks/escalation/on-call.ts'
import { type ClockInput, emptyClockInput } from '../../../../shared/clocks/input.ts'
import type { CallMade } from '../../../../shared/people/entries.ts'
import { richPack } from '../rich-pack.ts'

const dayMs = Date.parse('2026-11-21T00:00:00.000Z')
const at = (minutes: number) => new Date(dayMs + minutes * 60_000).toISOString()
const set = (severity: string, minutes = 0) => ({ at: at(minutes), severity, entry: 'e' })
const call = (role: string, minutes: number, result: CallMade['result'] = 'reached', edge: string | null = null) => ({
  entry: `${role} ${minutes}`,
  at: at(minutes),
  role,
  person: null,
  means: 'phone' as const,
  result,
  edge,
})

function incident(severity: string, parts: Partial<ClockInput> = {}): ClockInput {
  const begun = { declaredAt: at(0), detectedAt: at(0), declaredEntry: 'd', severities: [set(severity)] }
  return { ...emptyClockInput, ...begun, commander: 'Ana', ...parts }
}

const pack = richPack()
const breach = [{ at: at(0), types: ['breach'], entry: 'e' }]
const at_ = (minutes: number, input: ClockInput, rules = pack) => escalationOf(input, rules, dayMs + minutes * 60_000)
const roles = (calls: readonly NextCall[]) => calls.map(({ role }) => role)

describe('the ladder', () => {
  it('calls the next rung when its time without a solution is over, and says when before', () => {
    expect(at_(29, incident('sev3')).later[0]).toMatchObject({ edge: 'to-senior', titles: ['senior'], until: at(30) })
    expect(at_(30, incident('sev3')).now).toMatchObject([
      { role: 'senior', edge: 'to-senior', means: 'phone', attempt: 1, since: at(30), together: [] },
    ])
  })

  it('begins at the rung of the severity: what is worse starts higher', () => {
    expect(roles(at_(59, incident('sev2')).now)).toEqual([])
    expect(roles(at_(60, incident('sev2')).now)).toEqual(['lead'])
  })

  it('calls those of a service where that is affected, and asks while nobody has said what is', () => {
    const when = { systems: ['Payments', 'Checkout'], unresolvedMinutes: 15 }
    const edge = {
      id: 'to-cards',
      from: null,
      to: { roles: ['security'], severities: [] },
      when,
      last: false,
      covers: [],
    }
    const rules = { ...pack, escalation: [edge] }
    const hit = (...systems: string[]) => incident('sev3', { types: [{ at: at(0), types: [], systems, entry: 'e' }] })
    expect(at_(15, incident('sev3'), rules)).toMatchObject({
      now: [],
      judge: [{ titles: ['security'], condition: 'it hits Payments or Checkout' }],
    })
    expect(at_(15, hit('payments '), rules).now).toMatchObject([
      { role: 'security', why: 'it hits Payments, unresolved for 15 minutes' },
    ])
    expect(at_(15, hit('search'), rules)).toMatchObject({ now: [], judge: [], later: [] })
    const ids = (input: ClockInput) => clocksOf(input, rules, dayMs + 60_000).map(({ id }) => id)
    expect([ids(hit('payments')), ids(hit('search'))].map((all) => all.includes('escalation:to-cards'))).toEqual([
      true,
      false,
    ])
    expect(escalationMatrix(rules, dayMs)[0]?.calls).toMatchObject([
      { after: 'if it hits Payments or Checkout, unresolved for 15 minutes' },
    ])
  })

  it('counts a rung from the call that made it theirs', () => {
    const called = incident('sev3', { calls: [call('senior', 40)] })
    expect(roles(at_(99, called).now)).toEqual([])
    expect(roles(at_(100, called).now)).toEqual(['lead'])
  })

  it('goes on at once where the one before cannot be had', () => {
    const refused = incident('sev3', { calls: [call('senior', 31, 'refused')] })
    const { now, failed } = at_(32, refused)
    expect(roles(now)).toEqual(['lead'])
    expect(now[0]?.why).toBe('senior: refused')
    // What rings is what is to be called, at the same moment.
    const rings = clocksOf(refused, pack, dayMs + 32 * 60_000).find(({ id }) => id === 'escalation:to-lead')
    expect(rings).toMatchObject({ dueAt: now[0]?.since, state: 'breached' })
    expect(failed).toEqual([{ role: 'senior', title: 'senior', why: 'refused' }])
  })

  it('keeps that they were due at once, and gives the time back, once the one before can be had again', () => {
    const calls = [call('senior', 31, 'refused'), call('senior', 36, 'reached')]
    const all = clocksOf(incident('sev3', { calls }), pack, dayMs + 40 * 60_000)
    const [again, missed] = all.filter(({ id }) => id === 'escalation:to-lead')
    expect(missed).toMatchObject({ dueAt: at(31), endedAt: at(36), state: 'stopped' })
    expect(again).toMatchObject({ endedAt: null, state: 'running' })
    const refusedTwice = [call('senior', 31, 'refused'), call('senior', 45, 'refused')]
    const still = clocksOf(incident('sev3', { calls: refusedTwice }), pack, dayMs + 50 * 60_000)
    expect(still.find(({ id }) => id === 'escalation:to-lead')).toMatchObject({ dueAt: at(31), state: 'breached' })
  })

  it('waits on for the answer to a message, when an earlier call is logged late', () => {
    const rules = { ...pack, callouts: { answerWithinMinutes: 10, tries: 3, againAfterMinutes: null } }
    const calls = [call('lead', 20, 'voicemail'), call('lead', 5, 'no-answer')]
    const rings = clocksOf(incident('sev1', { calls }), rules, dayMs + 25 * 60_000)
    expect(rings.find(({ id }) => id === 'answer:lead')).toMatchObject({ dueAt: at(30), endedAt: null })
  })

  it('waits for a person where the condition is in words; a call that names the rule says that it holds', () => {
    expect(at_(1, incident('sev1')).judge.map(({ edge }) => edge)).toContain('press')
    const called = incident('sev1', { calls: [call('management', 2, 'no-answer', 'press')] })
    expect(at_(3, called).now).toMatchObject([{ role: 'management', edge: 'press', means: 'email', attempt: 2 }])
  })

  it('asks once where two rules call the same people on the same condition, and logs the first of them', () => {
    const rule = pack.escalation.find(({ id }) => id === 'press')
    if (rule === undefined) throw new Error('no such rule')
    const twice = { ...pack, escalation: [...pack.escalation, { ...rule, id: 'press-again' }] }
    const asked = at_(1, incident('sev1'), twice).judge.map(({ edge }) => edge)
    expect(asked).toContain('press')
    expect(asked).not.toContain('press-again')
    const other = { ...rule, id: 'press-other', when: { ...rule.when, condition: 'Television calls' } }
    const both = { ...pack, escalation: [...pack.escalation, other] }
    expect(at_(1, incident('sev1'), both).judge.map(({ edge }) => edge)).toContain('press-other')
  })

  it('calls by type, and asks for the type where nobody said it', () => {
    expect(at_(1, incident('sev1')).judge.find(({ edge }) => edge === 'to-security')?.condition).toBe('it is: Breach')
    expect(roles(at_(1, incident('sev1', { types: breach })).now)).toEqual(['security'])
    const outage = [{ at: at(0), types: ['outage'], entry: 'e' }]
    expect(at_(1, incident('sev1', { types: outage })).now).toEqual([])
  })

  it('calls two at once where the runbook says so, once the one before did not answer', () => {
    const calls = [call('security', 1, 'no-answer', 'to-security'), call('security', 2, 'no-answer', 'to-security')]
    const { now } = at_(3, incident('sev1', { types: breach, calls }))
    expect(now.map(({ role, together }) => [role, together])).toEqual([
      ['management', ['lead']],
      ['lead', ['management']],
    ])
  })

  it('asks whether somebody who was reached cannot solve it', () => {
    const reached = incident('sev1', { types: breach, calls: [call('security', 1)] })
    expect(at_(3, reached).judge).toContainEqual({
      edge: 'security-to-management',
      titles: ['management', 'lead'],
      condition: 'security cannot solve it',
    })
    expect(at_(3, reached).holders).toMatchObject([{ role: 'security', since: at(1) }])
  })
})

describe('when nobody answers', () => {
  const stated = richPack({ callouts: { answerWithinMinutes: 5, tries: 3, againAfterMinutes: null } })
  const tried = (...calls: CallMade[]) => incident('sev2', { calls })

  it('tries the other ways in the order of the runbook, then gives up', () => {
    const first = call('lead', 60, 'no-answer')
    expect(at_(61, tried(first)).now[0]).toMatchObject({ role: 'lead', means: 'email', attempt: 2 })
    expect(at_(62, tried(first, call('lead', 61, 'no-answer'))).failed[0]?.why).toBe('no answer to 2 calls')
  })

  it('waits for the answer to a message as long as the runbook or its overlay says, then calls again', () => {
    const message = tried(call('lead', 60, 'voicemail'))
    expect(at_(64, message, stated).later[0]).toMatchObject({ titles: ['lead'], until: at(65) })
    expect(at_(65, message, stated).now[0]).toMatchObject({ role: 'lead', attempt: 2 })
  })

  it('says that the runbook states none, where it does not', () => {
    expect(at_(1, incident('sev1')).gaps.join(' ')).toMatch(/how long an answer is waited for.*how often.*called again/)
    expect(at_(1, incident('sev1'), stated).gaps.join(' ')).toBe(
      'The runbook does not state when somebody who has it is called again.',
    )
  })

  it('leaves a wrong number at once, and counts it as no try', () => {
    const wrong = tried(call('lead', 60, 'wrong-number'))
    expect(at_(60.1, wrong, stated).now[0]).toMatchObject({ means: 'email', attempt: 2 })
  })

  it('says that nobody is left once all were tried', () => {
    const calls = ['lead', 'senior', 'management'].map((role) => call(role, 1, 'refused'))
    const input = incident('sev2', { calls })
    const escalation = at_(300, input)
    expect(escalation).toMatchObject({ now: [], later: [], holders: [], nobodyLeft: true })
    expect(nextSentence(escalation)).toMatch(/^Nobody is left: lead \(refused\), senior \(refused\)/)
  })
})

describe('somebody who has it and has not fixed it', () => {
  const again = richPack({ callouts: { answerWithinMinutes: null, tries: null, againAfterMinutes: 60 } })
  const reached = (workedAt: string | null) => incident('sev1', { calls: [call('lead', 5)], workedAt })

  it('is called again after the time that is stated', () => {
    expect(at_(64, reached(null), again).later.at(0)).toMatchObject({ titles: ['lead'], until: at(65) })
    expect(at_(65, reached(null), again).now).toMatchObject([{ role: 'lead', edge: null, since: at(65) }])
  })

  it('is left in peace as long as something is done', () => {
    expect(roles(at_(100, reached(at(90)), again).now)).toEqual([])
    expect(roles(at_(150, reached(at(90)), again).now)).toEqual(['lead'])
  })

  it('is never called again by a runbook that states no time', () => {
    expect(roles(at_(9_999, reached(null)).now)).not.toContain('lead')
  })
})

describe('who is on call', () => {
  const hours = richPack({
    roles: [
      {
        id: 'lead',
        title: 'Lead',
        onCall: [
          { severities: ['sev1'], hours: 'always' },
          { severities: ['sev2'], hours: 'business' },
        ],
      },
      { id: 'legal', title: 'Legal', onCall: [{ hours: 'as-needed', condition: 'security' }] },
      ...['on-call', 'senior', 'security', 'management'].map((id) => ({ id, title: id })),
    ],
  })
  const monday = Date.parse('2026-11-23T10:00:00.000Z')
  const saturday = Date.parse('2026-11-21T10:00:00.000Z')

  it('depends on severity and time of day', () => {
    expect(onCallOf(hours, 'lead', 'sev1', saturday).is).toBe('on')
    expect(onCallOf(hours, 'lead', 'sev2', monday).is).toBe('on')
    expect(onCallOf(hours, 'lead', 'sev2', saturday)).toMatchObject({ is: 'off', from: '2026-11-23T08:00:00.000Z' })
    expect(onCallOf(hours, 'lead', 'sev3', monday).is).toBe('unstated')
    expect(onCallOf(hours, 'legal', 'sev3', monday)).toMatchObject({
      is: 'as-needed',
      said: 'called as needed, security',
    })
  })

  it('is laid out as a matrix of severity and type', () => {
    const cell = escalationMatrix(hours, saturday).find(
      ({ severity, type }) => severity === 'sev2' && type === 'breach',
    )
    expect(cell?.calls.map(({ role, after }) => [role, after])).toContainEqual(['security', 'at once'])
    expect(cell?.calls.find(({ edge }) => edge === 'to-lead')).toMatchObject({
      after: 'after senior, unresolved for 1 hour',
      onCall: { is: 'off' },
    })
  })
})

it('calls nobody once it is over, and names nobody before a severity is set', () => {
  expect(nextSentence(at_(300, incident('sev1', { resolvedAt: at(200) })))).toContain('is over')
  expect(at_(1, incident('sev1', { severities: [] })).is).toBe('unset')
})
