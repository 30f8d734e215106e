import { attemptsOn, meansOf } from '../../shared/clocks/escalation/attempts.ts'
import type { Escalation } from '../../shared/clocks/escalation/escalation.ts'
import { type OnCall, onCallOf } from '../../shared/clocks/escalation/on-call.ts'
import { roleTitle } from '../../shared/clocks/escalation/standing.ts'
import type { ClockInput } from '../../shared/clocks/input.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { CalledBy } from '../../shared/people/entries.ts'
import { callWords } from '../words/calls.ts'

/** Somebody who is about to be called: by a rule that holds, by one that a person has judged, or because somebody wants it. */
export interface Callee {
  readonly role: string
  readonly title: string
  /** The rule that calls them; null for none. */
  readonly edge: string | null
  readonly why: string
  readonly means: CalledBy
  /** Counted from 1. */
  readonly attempt: number
  readonly onCall: OnCall
}

/** Whom a person chose to call, where that is not whom the runbook calls first. */
export type Choice =
  | { readonly is: 'role'; readonly role: string }
  | { readonly is: 'edge'; readonly edge: string; readonly condition: string }

export interface Situation {
  readonly input: ClockInput
  readonly pack: Pack
  readonly nowMs: number
  readonly severity: string | null
}

/** Who is called now, several where they are called at once; none where nobody is. */
export function calleesOf(choice: Choice | null, { now }: Pick<Escalation, 'now'>, situation: Situation): Callee[] {
  if (choice?.is === 'edge') {
    const edge = situation.pack.escalation.find(({ id }) => id === choice.edge)
    const why = callWords.judgedWhy(choice.condition)
    return (edge?.to.roles ?? []).map((role) => calleeOf(role, { edge: choice.edge, why }, situation))
  }
  const lead = choice === null ? now[0] : now.find(({ role }) => role === choice.role)
  if (lead === undefined) {
    return choice === null ? [] : [calleeOf(choice.role, { edge: null, why: callWords.elseWhy }, situation)]
  }
  return [lead, ...now.filter((one) => one !== lead && lead.together.includes(one.title))]
}

/** What is shown large, and for whom the keys log. */
export interface Shown {
  readonly callees: readonly Callee[]
  readonly callee: Callee | null
  /** The call under way is to nobody of those who are to be called by now. */
  readonly hasTurned: boolean
}

/**
 * A call under way stays as it began, whoever is first in line meanwhile: with its rule, its means and its count. Only whether
 * they are on call is told anew.
 */
export function shownOf(
  held: Callee | null,
  due: readonly Callee[],
  { pack, severity, nowMs }: Pick<Situation, 'pack' | 'severity' | 'nowMs'>,
): Shown {
  if (held === null) return { callees: due, callee: due[0] ?? null, hasTurned: false }
  const callee = { ...held, onCall: onCallOf(pack, held.role, severity, nowMs) }
  if (!due.some(({ role }) => role === held.role)) return { callees: [callee], callee, hasTurned: true }
  return { callees: due.map((one) => (one.role === held.role ? callee : one)), callee, hasTurned: false }
}

function calleeOf(
  role: string,
  { edge, why }: Pick<Callee, 'edge' | 'why'>,
  { pack, input, nowMs, severity }: Situation,
): Callee {
  const attempts = attemptsOn(pack, role, input.calls, nowMs)
  const made = input.calls.filter((call) => call.role === role).length
  const means = 'means' in attempts ? attempts.means : (meansOf(pack, role)[0] ?? 'phone')
  return {
    ...{ role, edge, why, means },
    title: roleTitle(pack, role),
    attempt: made + 1,
    onCall: onCallOf(pack, role, severity, nowMs),
  }
}
