import type { EscalationEdge, Pack } from '../../packs/pack.ts'
import { spellLimit } from '../duration.ts'
import type { ClockInput } from '../input.ts'
import { hits, type Situation } from '../situations.ts'
import { attemptsOn } from './attempts.ts'
import { heldBefore, heldSince } from './holders.ts'

/** How an edge of the escalation stands. Times are ISO UTC. */
export type Standing =
  /** It is for other severities, types or systems. */
  | { readonly is: 'not-for-this' }
  /** The one before it does not have it. */
  | { readonly is: 'not-yet'; readonly why: string }
  /** A person has to say whether that is so; a call that names the edge says that it is. */
  | { readonly is: 'to-judge'; readonly condition: string }
  | { readonly is: 'waiting'; readonly until: string; readonly why: string }
  /** They are to be called, since then. */
  | { readonly is: 'due'; readonly since: string; readonly why: string }

/** What is known of an incident at a moment. */
export interface Moment {
  readonly input: ClockInput
  readonly pack: Pack
  readonly situations: readonly Situation[]
  readonly nowMs: number
}

export function roleTitle(pack: Pack, role: string): string {
  return pack.roles.find(({ id }) => id === role)?.title ?? role
}

/** How an edge stands now, and why, in words. */
export function standingOf(edge: EscalationEdge, moment: Moment): Standing {
  const { input, pack, situations, nowMs } = moment
  const situation = situations.at(-1)
  if (situation === undefined) return { is: 'not-for-this' }
  const { severity, types, systems } = situation
  const { when } = edge
  const logged = input.calls.find((call) => call.edge === edge.id)
  if (logged !== undefined) {
    const because = [...whyOf(edge, moment), ...(when.condition === undefined ? [] : [when.condition])]
    return { is: 'due', since: logged.at, why: because.length === 0 ? 'it was called for' : because.join(', ') }
  }
  if (when.severities !== undefined && (severity === null || !when.severities.includes(severity.id))) {
    return { is: 'not-for-this' }
  }
  const isOfType = when.incidentTypes?.some((type) => types.includes(type)) ?? true
  const isHit = when.systems === undefined || hits(when.systems, systems)
  if ((!isOfType && types.length > 0) || (!isHit && systems.length > 0)) return { is: 'not-for-this' }
  const before = holding(edge, moment)
  if ('is' in before) return before
  const conditions = [
    ...(isOfType ? [] : [`it is: ${typeTitles(when.incidentTypes ?? [], pack)}`]),
    ...(isHit ? [] : [hitWords(when.systems ?? [])]),
    ...(when.condition === undefined ? [] : [when.condition]),
    ...before.conditions,
  ]
  if (conditions.length > 0) return { is: 'to-judge', condition: conditions.join(', and ') }
  // Where the one before cannot be had, the time is not what calls them.
  const timed = before.givenUp ? { ...edge, when: { ...when, unresolvedMinutes: undefined } } : edge
  const because = [...whyOf(timed, moment), ...before.why]
  const dueMs = before.givenUp ? before.sinceMs : before.sinceMs + (when.unresolvedMinutes ?? 0) * 60_000
  const why = because.join(', ')
  return dueMs <= nowMs
    ? { is: 'due', since: new Date(dueMs).toISOString(), why }
    : { is: 'waiting', until: new Date(dueMs).toISOString(), why }
}

interface Before {
  /** From when the time of the edge counts. */
  readonly sinceMs: number
  /** The one before cannot be had, so no time is waited for. */
  readonly givenUp: boolean
  readonly why: readonly string[]
  readonly conditions: readonly string[]
}

/** Whether the one before has it, and since when. */
function holding(edge: EscalationEdge, moment: Moment): Before | Standing {
  const { input, pack, situations, nowMs } = moment
  const held = heldSince(heldBefore(edge, pack, input, situations), nowMs)
  const { from, when } = edge
  if (from === null) {
    if (held === null) return { is: 'not-for-this' }
    return { sinceMs: held.fromMs, givenUp: false, why: [], conditions: [] }
  }
  const title = roleTitle(pack, from.role)
  if (held === null) return { is: 'not-yet', why: `${title} does not have it` }
  const attempts = attemptsOn(pack, from.role, input.calls, nowMs)
  if (attempts.is === 'exhausted') {
    return { sinceMs: Date.parse(attempts.at), givenUp: true, why: [`${title}: ${attempts.why}`], conditions: [] }
  }
  if (when.unanswered === undefined)
    return { sinceMs: held.fromMs, givenUp: false, why: [`${title} has it`], conditions: [] }
  if (attempts.is === 'reached') {
    return { sinceMs: held.fromMs, givenUp: false, why: [], conditions: [`${title} cannot solve it`] }
  }
  if (attempts.is === 'waiting') return { is: 'waiting', until: attempts.until, why: `waiting for ${title}` }
  return { is: 'not-yet', why: `${title} is called first` }
}

function whyOf({ when }: { when: Partial<EscalationEdge['when']> }, { pack, situations }: Moment): string[] {
  const { severity = null, types = [], systems = [] } = situations.at(-1) ?? {}
  const fitting = when.incidentTypes?.filter((type) => types.includes(type)) ?? []
  const hit = when.systems?.filter((system) => hits([system], systems)) ?? []
  return [
    ...(when.severities === undefined || severity === null ? [] : [`it is ${severity.code}`]),
    ...(fitting.length === 0 ? [] : [`it is: ${typeTitles(fitting, pack)}`]),
    ...(hit.length === 0 ? [] : [hitWords(hit)]),
    ...(when.unresolvedMinutes === undefined ? [] : [`unresolved for ${spellLimit(when.unresolvedMinutes)}`]),
  ]
}

/** What has to be affected, in words: 'it hits payments or checkout'. */
export function hitWords(systems: readonly string[]): string {
  return `it hits ${systems.join(' or ')}`
}

function typeTitles(types: readonly string[], { incidentTypes }: Pack): string {
  return types.map((id) => incidentTypes.find((type) => type.id === id)?.title ?? id).join(' or ')
}
