import { describe, expect, it } from 'vitest'
import { type Clock, spanOf } from '../../../shared/clocks/clock.ts'
import { clocksOf } from '../../../shared/clocks/clocks.ts'
import { type ClockInput, emptyClockInput } from '../../../shared/clocks/input.ts'
import { smallPack } from '../packs/small-pack.ts'

// sev1: 10 minutes, sev2: 60 minutes, sev3: none stated; post-mortem within 48 hours.
const pack = smallPack()
const dayMs = Date.parse('2026-11-21T00:00:00.000Z')
const at = (minutes: number) => new Date(dayMs + minutes * 60_000).toISOString()
const set = (severity: string, minutes: number) => ({ at: at(minutes), severity, entry: `${severity} ${minutes}` })

/** An incident that was detected at minute 0 and declared at minute 2. */
function incident(parts: Partial<ClockInput> = {}): ClockInput {
  return {
    ...emptyClockInput,
    declaredAt: at(2),
    detectedAt: at(0),
    declaredEntry: 'declared',
    severities: [set('sev1', 2)],
    commander: 'Ana Ruiz',
    ...parts,
  }
}

const clocksAt = (minutes: number, parts?: Partial<ClockInput>) =>
  clocksOf(incident(parts), pack, dayMs + minutes * 60_000)

function clockAt(id: string, minutes: number, parts?: Partial<ClockInput>): Clock | undefined {
  return clocksAt(minutes, parts).find((clock) => clock.id === id)
}

describe('the response clock', () => {
  it('counts from detection and says whose it is, by which rule, and what stops it', () => {
    expect(clocksAt(3)).toEqual([
      {
        id: 'response',
        kind: 'response',
        title: 'First response',
        owner: 'Ana Ruiz',
        startedAt: at(0),
        startEntry: 'declared',
        dueAt: at(10),
        state: 'running',
        soonAt: '2026-11-21T00:08:00.000Z',
        rule: 'SEV1 Level 1: respond within 10 minutes.',
        stoppedBy: 'The first response is logged.',
        endedAt: null,
        msLeft: 7 * 60_000,
        quiet: false,
        paused: null,
      },
    ])
  })

  it('runs, is soon over when four fifths are gone, and is breached at the moment it is due', () => {
    const states = [0, 7.99, 8, 9.99, 10, 500].map((minutes) => clockAt('response', minutes)?.state)
    expect(states).toEqual(['running', 'running', 'soon', 'soon', 'breached', 'breached'])
    expect(clockAt('response', 12.5)?.msLeft).toBe(-150_000)
  })

  it('is not there without a severity, without a stated time, or with a severity that the pack does not have', () => {
    expect(clocksAt(3, { severities: [] })).toEqual([])
    expect(clocksAt(3, { severities: [set('sev3', 2)] })).toEqual([])
    expect(clocksAt(3, { severities: [set('p1', 2)] })).toEqual([])
  })

  it('is nobody’s while nobody commands', () => {
    expect(clockAt('response', 3, { commander: null })?.owner).toBeNull()
  })

  it('is met by a response in time, and keeps how much time was left', () => {
    expect(clockAt('response', 600, { respondedAt: at(9) })).toMatchObject({
      state: 'met',
      endedAt: at(9),
      msLeft: 60_000,
    })
  })

  it('is stopped by a late response, and keeps how late it was', () => {
    expect(clockAt('response', 600, { respondedAt: at(14) })).toMatchObject({
      state: 'stopped',
      endedAt: at(14),
      msLeft: -240_000,
    })
  })

  it('is stopped by the end of an incident that nobody had responded to', () => {
    expect(clockAt('response', 600, { resolvedAt: at(5) })).toMatchObject({ state: 'stopped', endedAt: at(5) })
  })

  it('begins at once where the severity comes late: the first one holds from detection', () => {
    expect(clockAt('response', 31, { severities: [set('sev1', 30)] })).toMatchObject({
      startedAt: at(0),
      dueAt: at(10),
      state: 'breached',
    })
  })

  it('counts from the earlier of detection and declaration', () => {
    expect(clockAt('response', 3, { detectedAt: at(5) })?.startedAt).toBe(at(2))
  })
})

describe('the response clock follows the severity in force', () => {
  const dueAfter = (...severities: ClockInput['severities']) => clockAt('response', 3, { severities })?.dueAt

  it('from the moment of a raise', () => {
    expect(dueAfter(set('sev2', 2), set('sev1', 50))).toBe(at(60))
  })

  it('from detection again when a first severity is lowered', () => {
    expect(dueAfter(set('sev1', 2), set('sev2', 20))).toBe(at(60))
  })

  it('from where the worse level began when that is lowered in turn', () => {
    expect(dueAfter(set('sev3', 2), set('sev1', 50), set('sev2', 55))).toBe(at(110))
  })

  it('so that a raise and a lowering do not win time', () => {
    expect(dueAfter(set('sev2', 2), set('sev1', 59), set('sev2', 60))).toBe(at(60))
  })

  it('and stays where the same severity is set again', () => {
    expect(dueAfter(set('sev1', 2), set('sev1', 9))).toBe(at(10))
  })

  it('and never from before detection', () => {
    expect(dueAfter(set('sev2', 2), set('sev1', -30))).toBe(at(10))
  })

  it('until somebody responded: a later raise asks for no second response', () => {
    const clock = clockAt('response', 600, {
      severities: [set('sev2', 2), set('sev1', 50)],
      respondedAt: at(30),
    })
    expect(clock).toMatchObject({ dueAt: at(60), state: 'met' })
  })

  it('even where the response came before the first severity', () => {
    expect(clockAt('response', 600, { severities: [set('sev1', 20)], respondedAt: at(4) })).toMatchObject({
      dueAt: at(10),
      state: 'met',
    })
  })
})

describe('the clock of the post-mortem', () => {
  const hours = (count: number) => count * 60
  const done = { respondedAt: at(3), resolvedAt: at(100) }

  it('runs for 48 hours from the resolution', () => {
    expect(clockAt('post-mortem', 100, done)).toMatchObject({
      startedAt: at(100),
      dueAt: at(100 + hours(48)),
      state: 'running',
      rule: 'Post-mortem within 48 hours after the incident is resolved.',
    })
    expect(clockAt('post-mortem', 100 + hours(48), done)?.state).toBe('breached')
  })

  it('is met by an export after the resolution, and not by one before it', () => {
    expect(clockAt('post-mortem', 9_999, { ...done, postMortemAt: at(200) })).toMatchObject({
      state: 'met',
      endedAt: at(200),
    })
    expect(clockAt('post-mortem', 200, { ...done, postMortemAt: at(50) })?.state).toBe('running')
  })

  it('is not there before the resolution, for a false alarm, or where the runbook sets no deadline', () => {
    expect(clockAt('post-mortem', 50)).toBeUndefined()
    expect(clockAt('post-mortem', 200, { ...done, falseAlarm: true })).toBeUndefined()
    const open = smallPack({ postMortem: { title: 'Review', dueWithinHours: null, sections: [], covers: [] } })
    expect(clocksOf(incident(done), open, dayMs).map(({ id }) => id)).toEqual(['response'])
  })
})

it('runs no response clock where the declaration cannot be read', () => {
  expect(clocksAt(3, { declaredAt: '', detectedAt: '' })).toEqual([])
})

it('ends no clock after the end of time', () => {
  const late = { declaredAt: '9999-12-31T23:59:00.000Z', detectedAt: '9999-12-31T23:59:00.000Z' }
  expect(clockAt('response', 3, late)?.dueAt).toBe('9999-12-31T23:59:59.999Z')
})

it('puts overdue clocks on top, then the soonest, and those that ended last', () => {
  const done = { respondedAt: at(3), resolvedAt: at(100) }
  expect(clocksAt(200, done).map(({ id, state }) => [id, state])).toEqual([
    ['post-mortem', 'running'],
    ['response', 'met'],
  ])
})

it('takes as long as its rule says, whatever it stood still meanwhile', () => {
  const pause = (from: number, to: number | null) => ({
    from: at(from),
    to: to === null ? null : at(to),
    reason: 'x',
    by: 'x',
    entry: 'x',
  })
  const clock = { startedAt: at(0), dueAt: at(19) }
  const minute = 60_000
  expect(spanOf(clock, [pause(1, 5)], Date.parse(at(6))) / minute).toBe(15)
  expect(spanOf(clock, [pause(1, 3), pause(17, null)], Date.parse(at(30))) / minute).toBe(15)
  expect(spanOf(clock, [pause(25, 30)], Date.parse(at(30))) / minute).toBe(19)
})
