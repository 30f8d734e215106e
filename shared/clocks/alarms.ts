import type { Pack } from '../packs/pack.ts'
import { clockInputOf } from '../incident/clock-input.ts'
import type { IncidentState } from '../incident/state.ts'
import type { Clock, ClockKind } from './clock.ts'
import { clocksOf } from './clocks.ts'
import { type AlarmAt, alarmKey, type ClockFacts, type GivenAlarm, listOf, type Snooze } from './entries.ts'

/** An alarm to be given. `dueAt` (ISO UTC) is what it is given for: the clock's due time, or the end of the snoozing. */
export interface Ring {
  readonly clock: Clock
  readonly at: AlarmAt
  readonly dueAt: string
}

/** With less time left than this there is no warning any more, in ms: the breach itself rings next. */
const WARNED_BEFORE_MS = 30_000

/**
 * Kinds of which something begins when the time is over: somebody is called, called again, asked back. There is nothing to be
 * done before, so nothing is said before.
 */
const begins: ReadonlySet<ClockKind> = new Set(['escalation', 'answer', 'recall', 'check-back'])

/**
 * What has to ring at `nowMs` (milliseconds since 1970) and was not rung yet: for each clock that runs a warning when four
 * fifths of its time are gone and an alarm when it is over, each once for one due time. Where both fell due unheard (the
 * machine slept), only the breach rings. Guides and clocks that stand still never ring, snoozed ones not before the end of
 * the snoozing: then once, if still overdue. No warning comes for what was that late already when the incident was declared.
 */
export function ringsOf(state: IncidentState, pack: Pack, nowMs: number): Ring[] {
  const { clocks, core } = state
  return ringsAmong(clocksOf(clockInputOf(state), pack, nowMs), { ...clocks, declaredAt: core.declaredAt }, nowMs)
}

/** What rings are decided from, besides the clocks. */
export interface RingFacts extends Pick<ClockFacts, 'alarms' | 'snoozes'> {
  /** ISO UTC. */
  readonly declaredAt: string
}

/** The same for clocks as they stand at `nowMs`. */
export function ringsAmong(clocks: readonly Clock[], facts: RingFacts, nowMs: number): Ring[] {
  const rings = clocks.flatMap((clock) => ringOf(clock, facts, nowMs) ?? [])
  if (rings.length === 0) return rings
  const given = new Set(facts.alarms.map(({ clock, dueAt, at }) => alarmKey(clock, dueAt, at)))
  return rings.filter(({ clock, dueAt, at }) => {
    const key = alarmKey(clock.id, dueAt, at)
    const isNew = !given.has(key)
    // Clocks of one name were snoozed together, and ring together again.
    given.add(key)
    return isNew
  })
}

/** What a clock rings for now, given or not. */
function ringOf(clock: Clock, facts: RingFacts, nowMs: number): Ring | null {
  if (clock.quiet || clock.endedAt !== null) return null
  const snooze = snoozeOf(facts, clock)
  if (snooze !== null && Date.parse(snooze.until) > nowMs) return null
  if (clock.state === 'breached') {
    // Wanted quiet beyond its time: the end of the quiet is when it rings, for the breach too.
    const isAfter = snooze !== null && snooze.until >= clock.dueAt
    return isAfter ? { clock, at: 'snoozed', dueAt: snooze.until } : { clock, at: 'due', dueAt: clock.dueAt }
  }
  const isWarned =
    clock.state === 'soon' &&
    !begins.has(clock.kind) &&
    clock.msLeft >= WARNED_BEFORE_MS &&
    clock.soonAt > facts.declaredAt
  return isWarned ? { clock, at: 'soon', dueAt: clock.dueAt } : null
}

/** The snoozing that holds for a clock, over or not: the last one said since it began to count; null where there is none. */
export function snoozeOf({ snoozes }: Pick<ClockFacts, 'snoozes'>, { id, startedAt }: Clock): Snooze | null {
  const last = listOf(snoozes, id).at(-1)
  return last === undefined || last.at < startedAt ? null : last
}

/** Until when (ISO UTC) a clock that runs does not ring, and why; null while it may. */
export function silenceOf(facts: Pick<ClockFacts, 'snoozes'>, clock: Clock, nowMs: number): Snooze | null {
  const snooze = clock.endedAt === null && !clock.quiet ? snoozeOf(facts, clock) : null
  return snooze !== null && Date.parse(snooze.until) > nowMs ? snooze : null
}

/** How often a clock was snoozed since it began to count. */
export function timesSnoozed({ snoozes }: Pick<ClockFacts, 'snoozes'>, { id, startedAt }: Clock): number {
  return listOf(snoozes, id).filter(({ at }) => at >= startedAt).length
}

/** The alarms that were given for a clock as it counts now, in their order. */
export function alarmsOf({ alarms }: Pick<ClockFacts, 'alarms'>, { id, startedAt }: Clock): GivenAlarm[] {
  return alarms.filter((alarm) => alarm.clock === id && alarm.dueAt >= startedAt)
}
