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
  const givenUp = givenUpSpans(edge, { input, pack, nowMs })
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
      const rule = ruleWords(edge, pack, titles, unresolvedMinutes)
      const clockTo = (dueMs: number, end: string | null, said: string) =>
        clockOf(
          {
            id,
            kind: 'escalation',
            title: `Call ${titles}`,
            owner: input.commander,
            startMs,
            startEntry: startMs === held.fromMs ? held.entry : scope.entry,
            minutes: (dueMs - startMs) / 60_000,
            rule: said,
            stoppedBy: 'A call to them is logged, or the incident ends.',
            end: end === null ? null : { at: end, done: end === calledAt },
            pauses: listOf(input.pauses, id),
          },
          nowMs,
        )
      // Whoever cannot be had is not waited for. Once they can again, what was missed stays, and the time goes on.
      const spans = givenUp.filter(({ fromMs }) => fromMs >= startMs && fromMs < startMs + lengthMs)
      const atOnce = spans
        .filter(({ fromMs }) => ended === null || Date.parse(ended) >= fromMs)
        .map((span) =>
          clockTo(span.fromMs, earliest(ended, span.until), `${rule} The one before cannot be had, so at once.`),
        )
      const isOut = spans.at(-1)?.until === null
      const inTime = isOut ? null : clockTo(startMs + lengthMs, ended, rule)
      const isMoot = inTime !== null && ended !== null && ended === ceased && inTime.msLeft > 0
      return [...atOnce, isMoot ? null : inTime].filter((clock) => clock !== null)
    }),
  )
}

function ruleWords({ from }: EscalationEdge, pack: Pack, titles: string, minutes: number): string {
  const long = spellLimit(minutes)
  return from === null
    ? `Unresolved for ${long}: call ${titles}.`
    : `${roleTitle(pack, from.role)} has it, unresolved for ${long}: call ${titles}.`
}

/** The times in which it was clear that the one before cannot be had: until the next call that says otherwise. */
function givenUpSpans(
  { from }: EscalationEdge,
  { input, pack, nowMs }: Omit<Moment, 'situations'>,
): { readonly fromMs: number; readonly until: string | null }[] {
  if (from === null) return []
  const calls = input.calls
    .filter(({ role }) => role === from.role)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const spans: { fromMs: number; until: string | null }[] = []
  for (const [index, call] of calls.entries()) {
    const next = calls[index + 1]
    const seenMs = next === undefined ? nowMs : Date.parse(next.at)
    const attempts = attemptsOn(pack, from.role, calls.slice(0, index + 1), seenMs)
    const open = spans.at(-1)
    const isOpen = open !== undefined && open.until === null
    if (attempts.is === 'exhausted' && !isOpen) spans.push({ fromMs: Date.parse(attempts.at), until: null })
    if (attempts.is !== 'exhausted' && isOpen) open.until = call.at
  }
  return spans
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
