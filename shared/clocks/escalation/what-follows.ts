import type { Pack } from '../../packs/pack.ts'
import type { CalledBy } from '../../people/entries.ts'
import type { ClockInput } from '../input.ts'
import { isFor, situationsOf } from '../situations.ts'
import { attemptsOn, meansOf } from './attempts.ts'
import { type Holder, type NextCall, recallAt } from './escalation.ts'
import { roleTitle } from './standing.ts'

/** What comes after a call that is about to be made. */
export interface Following {
  /** How often they are called before the next; the call that is about to be made is `NextCall.attempt`. */
  readonly tries: number
  /** By which means they are called again where nobody answers; null where this was the last try. */
  readonly again: CalledBy | null
  /** How long the answer to a message is waited for, in minutes; null where the runbook states no time. */
  readonly waitMinutes: number | null
  /** Who is next where they cannot be had: titles, called at the same time. Empty where the runbook names nobody. */
  readonly next: readonly string[]
}

/** What follows a call where it is not answered: the next try, and then the next in line. Pure. */
export function followingOf(
  { role, means }: Pick<NextCall, 'role' | 'means'>,
  input: ClockInput,
  pack: Pack,
  nowMs: number,
): Following {
  const tries = pack.callouts?.tries ?? meansOf(pack, role).length
  const at = new Date(nowMs).toISOString()
  const missed = { entry: '', at, role, person: null, means, result: 'no-answer' as const, edge: null }
  const then = attemptsOn(pack, role, [...input.calls, missed], nowMs)
  return {
    tries,
    again: then.is === 'again' ? then.means : null,
    waitMinutes: pack.callouts?.answerWithinMinutes ?? null,
    next: nextInLine(role, input, pack),
  }
}

/** Titles of those to whom the escalation goes from a role at this severity and type, without what a person has to judge. */
function nextInLine(role: string, input: ClockInput, pack: Pack): string[] {
  const situation = situationsOf(input, pack).at(-1)
  if (situation === undefined) return []
  const edge = pack.escalation.find(
    ({ from, when }) => from?.role === role && when.condition === undefined && isFor(when, situation),
  )
  return edge === undefined ? [] : edge.to.roles.map((one) => roleTitle(pack, one))
}

/** When somebody who has it is called again, and since when that was put off by work; times are ISO UTC. */
export interface Recall {
  readonly holder: Holder
  /** Null where the runbook states no time. */
  readonly at: string | null
  /** What it would have been without any work on the incident; null where nothing put it off. */
  readonly instead: string | null
  readonly workedAt: string | null
}

/** When a holder is called again, and what put it off. Pure. */
export function recallOf(pack: Pack, holder: Holder, workedAt: string | null): Recall {
  const at = recallAt(pack, holder, workedAt)
  const plain = recallAt(pack, holder, null)
  return { holder, at, instead: at === plain ? null : plain, workedAt: at === plain ? null : workedAt }
}
