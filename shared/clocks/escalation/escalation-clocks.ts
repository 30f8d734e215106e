import type { EscalationEdge, Pack } from '../../packs/pack.ts'
import { type Clock, clockOf } from '../clock.ts'
import { spellLimit } from '../duration.ts'
import { listOf } from '../entries.ts'
import { type ClockInput, earliest, latestOfAll } from '../input.ts'
import { heldTimes, isFor, type Situation } from '../situations.ts'
import { attemptsOn } from './attempts.ts'
import { escalationOf, recallAt } from './escalation.ts'
import { heldBefore } from './holders.ts'
import { roleTitle } from './standing.ts'

/** The id of the clock of an edge that waits. */
export function escalationClockId({ id }: Pick<EscalationEdge, 'id'>): string {
  return `escalation:${id}`
}

/** When the runbook wants somebody called: after so long without a solution, without an answer, without any work. */
export function escalationClocks(
  input: ClockInput,
  pack: Pack,
  situations: readonly Situation[],
  nowMs: number,
): Clock[] {
  const edges = pack.escalation.flatMap((edge) => clocksOfEdge(edge, { input, pack, situations, nowMs }))
  return [...edges, ...answerClocks(input, pack, nowMs), ...recallClocks(input, pack, nowMs)]
}

interface Moment {
  readonly input: ClockInput
  readonly pack: Pack
  readonly situations: readonly Situation[]
  readonly nowMs: number
}

/** A clock for each time in which the one before had it and the edge was for this. Conditions in words run no clock. */
function clocksOfEdge(edge: EscalationEdge, { input, pack, situations, nowMs }: Moment): Clock[] {
  const { unresolvedMinutes, condition } = edge.when
  if (unresolvedMinutes === undefined || condition !== undefined) return []
  const id = escalationClockId(edge)
  const titles = edge.to.roles.map((role) => roleTitle(pack, role)).join(' and ')
  const calledAt = calledBy(edge, input)
  const givenUpMs = givenUpAt(edge, { input, pack, nowMs })
  const applies = heldTimes(situations, (situation) => isFor(edge.when, situation))
  return heldBefore(edge, pack, input, situations).flatMap((held) =>
    applies.flatMap((scope) => {
      const untilMs = least(held.untilMs, scope.untilMs)
      const lengthMs = unresolvedMinutes * 60_000
      // Where the edge begins to be for this after its time is over, it is due then, not before.
      const startMs = Math.max(held.fromMs, scope.fromMs - lengthMs)
      if (untilMs !== null && untilMs <= Math.max(held.fromMs, scope.fromMs)) return []
      if (held.untilMs !== null && held.untilMs <= scope.fromMs) return []
      const ceased = untilMs === null ? null : new Date(untilMs).toISOString()
      const ended = earliest(calledAt, input.resolvedAt, ceased)
      if (ended !== null && Date.parse(ended) < startMs) return []
      // Whoever cannot be had is not waited for.
      const isGivenUp = givenUpMs !== null && givenUpMs >= startMs && givenUpMs < startMs + lengthMs
      const rule = ruleWords(edge, pack, titles, unresolvedMinutes)
      const clock = clockOf(
        {
          id,
          kind: 'escalation',
          title: `Call ${titles}`,
          owner: input.commander,
          startMs,
          startEntry: startMs === held.fromMs ? held.entry : scope.entry,
          minutes: isGivenUp ? (givenUpMs - startMs) / 60_000 : unresolvedMinutes,
          rule: isGivenUp ? `${rule} The one before cannot be had, so at once.` : rule,
          stoppedBy: 'A call to them is logged, or the incident ends.',
          end: ended === null ? null : { at: ended, done: ended === calledAt },
          pauses: listOf(input.pauses, id),
        },
        nowMs,
      )
      return clock === null || (ended !== null && ended === ceased && clock.msLeft > 0) ? [] : [clock]
    }),
  )
}

function ruleWords({ from }: EscalationEdge, pack: Pack, titles: string, minutes: number): string {
  const long = spellLimit(minutes)
  return from === null
    ? `Unresolved for ${long}: call ${titles}.`
    : `${roleTitle(pack, from.role)} has it, unresolved for ${long}: call ${titles}.`
}

/** When it was clear that the one before cannot be had; null where they can. */
function givenUpAt({ from }: EscalationEdge, { input, pack, nowMs }: Omit<Moment, 'situations'>): number | null {
  if (from === null) return null
  const attempts = attemptsOn(pack, from.role, input.calls, nowMs)
  return attempts.is === 'exhausted' ? Date.parse(attempts.at) : null
}

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** When everybody to whom an edge leads had been called, reached or not; null while somebody has not. */
function calledBy(edge: EscalationEdge, { calls, met }: ClockInput): string | null {
  const each = edge.to.roles.map((role) => earliest(...calls.filter((call) => call.role === role).map(({ at }) => at)))
  return earliest(latestOfAll(each), listOf(met, escalationClockId(edge))[0]?.at ?? null)
}

/** How long the answer to a message is waited for, where the runbook says so. */
function answerClocks(input: ClockInput, pack: Pack, nowMs: number): Clock[] {
  const minutes = pack.callouts?.answerWithinMinutes ?? null
  if (minutes === null) return []
  return [...new Set(input.calls.map(({ role }) => role))].flatMap((role) => {
    // By when they were, as a call may be logged after a later one.
    const calls = input.calls
      .filter((call) => call.role === role)
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    return calls.flatMap((call, index) => {
      if (call.result !== 'voicemail') return []
      const next = calls[index + 1] ?? null
      const ended = earliest(next?.at ?? null, input.resolvedAt)
      const id = `answer:${role}`
      const clock = clockOf(
        {
          id,
          kind: 'answer',
          title: `Answer of ${roleTitle(pack, role)}`,
          owner: input.commander,
          startMs: Date.parse(call.at),
          startEntry: call.entry,
          minutes,
          rule: `An answer to a message is waited for ${spellLimit(minutes)}; then they are called again, or the next in line.`,
          stoppedBy: 'The next call to them is logged.',
          end: ended === null ? null : { at: ended, done: next !== null && ended === next.at },
          pauses: listOf(input.pauses, id),
        },
        nowMs,
      )
      return clock === null || (next !== null && clock.msLeft > 0) ? [] : [clock]
    })
  })
}

/** Those who have it and have not fixed it. Every work on the incident starts it anew, also after it rang. */
function recallClocks(input: ClockInput, pack: Pack, nowMs: number): Clock[] {
  const minutes = pack.callouts?.againAfterMinutes ?? null
  if (minutes === null || input.resolvedAt !== null) return []
  return escalationOf(input, pack, nowMs).holders.flatMap((holder) => {
    const due = recallAt(pack, holder, input.workedAt)
    const id = `recall:${holder.role}`
    const clock = clockOf(
      {
        id,
        kind: 'recall',
        title: `Call ${holder.title} again`,
        owner: input.commander,
        startMs: due === null ? Number.NaN : Date.parse(due) - minutes * 60_000,
        startEntry: holder.entry,
        minutes,
        rule: `Taken up and not fixed: called again after ${spellLimit(minutes)} without any work on it.`,
        stoppedBy: 'Anything that is done for the incident starts it anew; its end stops it.',
        end: null,
        pauses: listOf(input.pauses, id),
      },
      nowMs,
    )
    return clock === null ? [] : [clock]
  })
}
