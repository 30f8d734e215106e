import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../shared/clocks/clock.ts'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import { type ClockInput, emptyClockInput } from '../../../shared/clocks/input.ts'
import { untimedRulesOf } from '../../../shared/clocks/untimed.ts'
import { richPack } from './rich-pack.ts'

// A Saturday.
const dayMs = Date.parse('2026-11-21T00:00:00.000Z')
const at = (minutes: number) => new Date(dayMs + minutes * 60_000).toISOString()
const set = (severity: string, minutes: number) => ({ at: at(minutes), severity, entry: `set ${minutes}` })
const pack = richPack()

function incident(severity: string, parts: Partial<ClockInput> = {}): ClockInput {
  const begun = { declaredAt: at(2), detectedAt: at(0), declaredEntry: 'declared', severities: [set(severity, 2)] }
  return { ...emptyClockInput, ...begun, commander: 'Ana', ...parts }
}

function clocks(minutes: number, input: ClockInput, rules = pack): Clock[] {
  return clocksOf(input, rules, dayMs + minutes * 60_000)
}

const find = (id: string, minutes: number, input: ClockInput, rules = pack) =>
  clocks(minutes, input, rules).find((clock) => clock.id === id)

describe('to acknowledge', () => {
  it('stops when somebody takes command, which is no response yet', () => {
    const input = incident('sev1', { commandedAt: at(3) })
    expect(find('acknowledge', 4, input)).toMatchObject({ state: 'met', endedAt: at(3), dueAt: at(5) })
    expect(find('response', 4, input)?.state).toBe('running')
  })
})

it('keeps a response that was missed when a lower severity gives more time', () => {
  const input = incident('sev1', { severities: [set('sev1', 2), set('sev2', 20)] })
  expect(
    clocks(30, input)
      .filter(({ id }) => id === 'response')
      .map(({ dueAt, state }) => [dueAt, state]),
  ).toEqual([
    [at(60), 'running'],
    [at(10), 'stopped'],
  ])
})

describe('the next update', () => {
  const given = (...updates: ClockInput['updates']) => incident('sev1', { updates })
  const update = (minutes: number, nextAt: string | null = null) => ({ at: at(minutes), nextAt, entry: `u${minutes}` })

  it('follows the cadence of the runbook after the first, and is whose it is to give', () => {
    const input = { ...given(update(10)), communications: 'Caro' }
    expect(find('update:first', 12, input)).toMatchObject({ dueAt: at(25), owner: 'Caro', startEntry: 'u10' })
  })

  it('comes at the time that the last one named', () => {
    const input = given(update(10), update(20, at(50)))
    expect(find('update', 30, input)).toMatchObject({ dueAt: at(50), state: 'running' })
    expect(find('update:first', 30, input)).toBeUndefined()
  })

  it('stays as missed where it came late', () => {
    expect(find('update:first', 60, given(update(10), update(40)))).toMatchObject({
      state: 'stopped',
      msLeft: -900_000,
    })
  })

  it('is asked for without a time where nobody has given one, or the last one named none', () => {
    const ids = (input: ClockInput) => untimedRulesOf(input, pack).map(({ id, because }) => [id, because])
    expect(ids(incident('sev1'))).toContainEqual(['update:first', expect.stringContaining('No update has been given')])
    expect(ids(given(update(10), update(20)))).toContainEqual(['update:next', expect.stringContaining('does not name')])
  })

  it('is tightened by a raise, from the raise on', () => {
    const raised = incident('sev3', { updates: [update(5), update(10)], severities: [set('sev3', 2), set('sev2', 30)] })
    expect(find('update:hourly', 40, raised)?.dueAt).toBe(at(90))
  })
})

describe('a duty towards an authority', () => {
  const held = (holds: boolean, minutes: number) => ({
    holds,
    since: at(minutes),
    at: at(minutes),
    reason: 'r',
    by: 'Ana',
    entry: `d${minutes}`,
  })

  it('runs no clock before somebody says that it holds, and is listed meanwhile', () => {
    expect(find('regulatory:early', 5, incident('sev1'))).toBeUndefined()
    expect(untimedRulesOf(incident('sev1'), pack).map(({ id }) => id)).toContain('regulatory:early')
  })

  it('counts from when it was known, through the end of the incident, until the authority was told', () => {
    const input = incident('sev1', { duties: { early: [held(true, 30)] }, resolvedAt: at(60) })
    expect(find('regulatory:early', 90, input)).toMatchObject({
      dueAt: at(30 + 1_440),
      startEntry: 'd30',
      state: 'running',
    })
    const told = { ...input, met: { 'regulatory:early': [{ at: at(100), entry: 'm' }] } }
    expect(find('regulatory:early', 200, told)?.state).toBe('met')
  })

  it('is owed no more once somebody says that it does not hold in time, and was missed if later', () => {
    const answered = (minutes: number) =>
      incident('sev1', { duties: { early: [held(true, 30), held(false, minutes)] } })
    expect(find('regulatory:early', 3_000, answered(100))).toBeUndefined()
    expect(find('regulatory:early', 3_000, answered(2_000))).toMatchObject({ state: 'stopped', endedAt: at(2_000) })
  })

  it('counts business hours only where the runbook says so: from Saturday it begins on Monday at nine', () => {
    const input = incident('sev1', { duties: { office: [held(true, 5)] } })
    // Berlin is one hour ahead in November; eight hours from nine are over at five.
    expect(find('regulatory:office', 10, input)?.dueAt).toBe('2026-11-23T16:00:00.000Z')
    expect(find('regulatory:office', 10, input)?.rule).toContain('09:00 to 17:00, Europe/Berlin')
    const bare = richPack({ businessHours: undefined })
    expect(find('regulatory:office', 10, input, bare)?.dueAt).toBe(at(480))
  })
})

describe('what is due afterwards', () => {
  const over = (severity: string) => incident(severity, { resolvedAt: at(100), resolvedEntry: 'end' })

  it('has a clock for each item with a time, stopped by saying that it was done', () => {
    expect(find('post-incident:report', 200, over('sev1'))).toMatchObject({ dueAt: at(100 + 1_440), startEntry: 'end' })
    const done = { ...over('sev1'), met: { 'post-incident:report': [{ at: at(150), entry: 'm' }] } }
    expect(find('post-incident:report', 200, done)?.state).toBe('met')
  })

  it('wants a post-mortem of the severities that the runbook names, reached at any time', () => {
    const some = richPack({
      postMortem: { title: 'Review', dueWithinHours: 48, due: 'scheduled', dueSeverities: ['sev1'] },
    })
    expect(find('post-mortem', 200, over('sev2'), some)).toBeUndefined()
    const lowered = { ...over('sev1'), severities: [set('sev1', 2), set('sev2', 30)] }
    expect(find('post-mortem', 200, lowered, some)?.title).toBe('Post-mortem scheduled')
  })
})

it('guides by the phase that the time says, and never as an obligation', () => {
  const phase = (minutes: number) => clocks(minutes, incident('sev1')).find(({ kind }) => kind === 'phase')
  expect(phase(3)).toMatchObject({ id: 'phase:detect', quiet: true, dueAt: at(5) })
  expect(phase(90)).toMatchObject({ id: 'phase:fix', quiet: true, state: 'breached' })
  expect(clocks(90, incident('sev1')).at(-1)?.quiet).toBe(true)
})

it('takes back what holds for a while, when its time is over', () => {
  const box = {
    id: 'a1',
    title: 'Rate limits raised',
    startedAt: at(10),
    startEntry: 'e',
    minutes: 60,
    owner: 'Ben',
    endedAt: null,
  }
  expect(find('time-box:a1', 20, incident('sev1', { timeBoxes: [box] }))).toMatchObject({ dueAt: at(70), owner: 'Ben' })
})
