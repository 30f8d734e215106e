import type { EscalationEdge, Pack } from '../../packs/pack.ts'
import type { CallMade } from '../../people/entries.ts'
import type { ClockInput } from '../input.ts'
import { hits, isFor, situationsOf } from '../situations.ts'
import { escalationOf } from './escalation.ts'
import { afterWords, turnOf } from './matrix.ts'
import { type OnCall, onCallOf } from './on-call.ts'
import { roleTitle, standingOf } from './standing.ts'

/**
 * How a rung stands in an incident. `now`: they are to be called; `has-it`; `in-vain`: tried, cannot be had; `waiting`: by the
 * clock or for an answer; `to-judge`: a person decides; `below`: not come to yet; `not-for-this`: other severities, types or systems.
 */
export type RungState = 'now' | 'has-it' | 'in-vain' | 'waiting' | 'to-judge' | 'below' | 'not-for-this'

export interface RungRole {
  readonly role: string
  readonly title: string
  /** Every call to them, oldest first. */
  readonly calls: readonly Pick<CallMade, 'at' | 'result' | 'means' | 'person'>[]
  /** By severity of the pack, in its order. */
  readonly onCall: readonly OnCall[]
}

/** One rung of the ladder: an edge of the escalation. */
export interface Rung {
  readonly edge: string
  readonly level: NonNullable<EscalationEdge['level']> | null
  readonly after: string
  readonly last: boolean
  /** A person has to say whether its condition holds. */
  readonly judged: boolean
  readonly roles: readonly RungRole[]
  readonly state: RungState
  /** You are here: they are called now, or have it. */
  readonly here: boolean
  /** Until when it waits, ISO UTC. */
  readonly until: string | null
  /** For which severities of the pack it is, in its order. */
  readonly isFor: readonly boolean[]
}

export interface EscalationPicture {
  readonly severities: readonly {
    readonly id: string
    readonly code: string
    readonly rank: number
    readonly here: boolean
  }[]
  readonly rungs: readonly Rung[]
  /** How long it has been running, and at this severity, in ms. */
  readonly elapsedMs: number
  readonly atSeverityMs: number
}

const levels = ['primary', 'secondary', 'executive'] as const

/**
 * The ladder of the runbook with an incident on it: for its own types and systems (null), or as it would be for others (types
 * by their ids). On call is told for `atMs`, the rest for `nowMs` (ms since 1970). Pure.
 */
export function escalationPicture(
  input: ClockInput,
  pack: Pack,
  {
    types: asked,
    systems: askedSystems = null,
    atMs,
    nowMs,
  }: {
    readonly types: readonly string[] | null
    readonly systems?: readonly string[] | null
    readonly atMs: number
    readonly nowMs: number
  },
): EscalationPicture {
  const situations = situationsOf(input, pack)
  const last = situations.at(-1)
  const types = asked ?? last?.types ?? []
  const systems = askedSystems ?? last?.systems ?? []
  const endMs = input.resolvedAt === null ? nowMs : Date.parse(input.resolvedAt)
  const shown = pack.escalation
    .filter(({ when }) => when.incidentTypes === undefined || types.length === 0 || meets(when.incidentTypes, types))
    .filter(({ when }) => when.systems === undefined || systems.length === 0 || hits(when.systems, systems))
    .toSorted((a, b) => place(a) - place(b) || turnOf(a) - turnOf(b))
  const escalation = escalationOf(input, pack, nowMs)
  const context = { input, pack, situations, nowMs }
  return {
    severities: pack.severities.map(({ id, code, rank }) => ({ id, code, rank, here: id === last?.severity?.id })),
    rungs: shown.map((edge) => rungOf(edge, { ...context, escalation, atMs, types })),
    elapsedMs: last === undefined ? 0 : endMs - (situations[0]?.fromMs ?? endMs),
    atSeverityMs: last === undefined ? 0 : endMs - severitySince(situations),
  }
}

interface Context {
  readonly input: ClockInput
  readonly pack: Pack
  readonly situations: ReturnType<typeof situationsOf>
  readonly nowMs: number
  readonly atMs: number
  readonly types: readonly string[]
  readonly escalation: ReturnType<typeof escalationOf>
}

function rungOf(edge: EscalationEdge, context: Context): Rung {
  const { pack, input, atMs, types } = context
  const roles = edge.to.roles.map((role) => ({
    role,
    title: roleTitle(pack, role),
    calls: input.calls
      .filter((call) => call.role === role)
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ at, result, means, person }) => ({ at, result, means, person })),
    onCall: pack.severities.map(({ id }) => onCallOf(pack, role, id, atMs)),
  }))
  const { state, until } = stateOf(edge, context)
  return {
    edge: edge.id,
    level: edge.level ?? null,
    after: afterWords(edge, pack),
    last: edge.last,
    judged: edge.when.condition !== undefined,
    roles,
    state,
    here: state === 'now' || state === 'has-it',
    until,
    isFor: pack.severities.map((severity) =>
      isFor(edge.when, {
        fromMs: 0,
        untilMs: null,
        severity,
        types: types.length === 0 ? (edge.when.incidentTypes ?? []) : types,
        systems: edge.when.systems ?? [],
        entry: null,
      }),
    ),
  }
}

function stateOf(edge: EscalationEdge, { escalation, ...moment }: Context): { state: RungState; until: string | null } {
  const { roles } = edge.to
  const is = (list: readonly { readonly role: string }[]) => list.some(({ role }) => roles.includes(role))
  if (escalation.is === 'over') return { state: is(escalation.holders) ? 'has-it' : 'below', until: null }
  const standing = standingOf(edge, moment)
  if (standing.is === 'not-for-this') return { state: 'not-for-this', until: null }
  // A role may stand on several rungs: it is called or has it on those that lead to it now.
  if (standing.is === 'due') {
    const waits = escalation.later.find((one) => one.edge === edge.id)
    if (is(escalation.now)) return { state: 'now', until: null }
    if (is(escalation.holders)) return { state: 'has-it', until: null }
    if (waits !== undefined) return { state: 'waiting', until: waits.until }
    if (is(escalation.failed)) return { state: 'in-vain', until: null }
  }
  if (standing.is === 'waiting') return { state: 'waiting', until: standing.until }
  return { state: standing.is === 'to-judge' ? 'to-judge' : 'below', until: null }
}

/** Primary before secondary before executive; those without a level stay as the pack has them, first. */
function place({ level }: EscalationEdge): number {
  return level === undefined ? -1 : levels.indexOf(level)
}

function meets(a: readonly string[], b: readonly string[]): boolean {
  return a.some((one) => b.includes(one))
}

function severitySince(situations: Context['situations']): number {
  const now = situations.at(-1)?.severity?.id ?? null
  let sinceMs = situations.at(-1)?.fromMs ?? 0
  for (const { severity, fromMs } of situations.toReversed()) {
    if ((severity?.id ?? null) !== now) break
    sinceMs = fromMs
  }
  return sinceMs
}
