import type { EscalationEdge, Pack } from '../../packs/pack.ts'
import type { ClockInput } from '../input.ts'
import { type Held, heldTimes, type Situation } from '../situations.ts'

/**
 * When a role had the incident: while the severity is one that the runbook puts on its rung, from detection where it is where
 * the ladder begins, and from the first call to it on, answered or not. In order, without overlaps.
 */
export function heldBy(role: string, pack: Pack, input: ClockInput, situations: readonly Situation[]): Held[] {
  const rung = rungOf(role, pack)
  const byRung = isRoot(role, pack)
    ? heldTimes(situations, () => true)
    : heldTimes(situations, ({ severity }) => severity !== null && rung.has(severity.id))
  const called = input.calls.filter((call) => call.role === role).toSorted((a, b) => (a.at < b.at ? -1 : 1))[0]
  if (called === undefined) return byRung
  const calledMs = Date.parse(called.at)
  // From the call on it is theirs, whatever the severity becomes.
  const before = byRung.filter(({ fromMs }) => fromMs < calledMs)
  const last = before.at(-1)
  if (last !== undefined && (last.untilMs === null || last.untilMs >= calledMs)) {
    return [...before.slice(0, -1), { ...last, untilMs: null }]
  }
  return [...before, { fromMs: calledMs, untilMs: null, entry: called.entry }]
}

/** The severities that a role's rung stands for, wherever an edge says so. */
function rungOf(role: string, { escalation }: Pack): Set<string> {
  return new Set(
    escalation.flatMap(({ from, to }) => [
      ...(from?.role === role ? from.severities : []),
      ...(to.roles.includes(role) ? to.severities : []),
    ]),
  )
}

/** Whether the ladder begins with this role: edges lead from it, none to it, and no rung says at which severities. */
function isRoot(role: string, pack: Pack): boolean {
  const { escalation } = pack
  return (
    escalation.some(({ from }) => from?.role === role) &&
    !escalation.some(({ to }) => to.roles.includes(role)) &&
    rungOf(role, pack).size === 0
  )
}

/** Since when a role has it at a moment (ms since 1970); null where it has not. */
export function heldSince(held: readonly Held[], nowMs: number): Held | null {
  return held.find(({ fromMs, untilMs }) => fromMs <= nowMs && (untilMs === null || nowMs < untilMs)) ?? null
}

/** The times in which the one before an edge had it; from detection on where it leads from whoever has it. */
export function heldBefore(
  { from }: Pick<EscalationEdge, 'from'>,
  pack: Pack,
  input: ClockInput,
  situations: readonly Situation[],
): Held[] {
  return from === null ? heldTimes(situations, () => true) : heldBy(from.role, pack, input, situations)
}
