import type { CallMade, Notice } from '../people/entries.ts'
import type { DutyAnswer, EndedBy, Pause } from './entries.ts'

/** Something that holds for a while only and then has to be looked at again: an armed change. Times are ISO UTC. */
export interface TimeBox {
  readonly id: string
  readonly title: string
  readonly startedAt: string
  readonly startEntry: string | null
  readonly minutes: number
  readonly owner: string | null
  /** When it was taken back or looked at; null while it runs. */
  readonly endedAt: string | null
}

/** A task of which somebody asks back so long after `from`. Times are ISO UTC. */
export interface AskedTask {
  readonly id: string
  readonly text: string
  readonly owner: string
  readonly from: string
  readonly minutes: number
  readonly startEntry: string | null
  /** When it was done or dropped; null while it runs. */
  readonly endedAt: string | null
}

/**
 * What clocks and escalation are computed from: small facts of the fold. Times are ISO UTC with milliseconds; null: has not
 * happened. An `entry` is the hash of the entry that says so, null where none is known.
 */
export interface ClockInput {
  /** Both empty where the entry of the declaration cannot be read; then no clock runs that counts from them. */
  readonly declaredAt: string
  readonly detectedAt: string
  readonly declaredEntry: string | null
  /** Every severity in the order it was set, by its id in the pack. */
  readonly severities: readonly { readonly at: string; readonly severity: string; readonly entry: string | null }[]
  /** Every set of types in the order they were said, by their ids in the pack; with the systems that are affected. */
  readonly types: readonly {
    readonly at: string
    readonly types: readonly string[]
    readonly systems?: readonly string[]
    readonly entry: string | null
  }[]
  /** When somebody first took command. */
  readonly commandedAt: string | null
  readonly respondedAt: string | null
  readonly resolvedAt: string | null
  readonly resolvedEntry: string | null
  readonly falseAlarm: boolean
  /** When the post-mortem was delivered. One from before the resolution does not count. */
  readonly postMortemAt: string | null
  readonly commander: string | null
  readonly communications: string | null
  /** Oldest first; `nextAt`: when it says that the next one comes. */
  readonly updates: readonly { readonly at: string; readonly nextAt: string | null; readonly entry: string | null }[]
  readonly calls: readonly CallMade[]
  readonly notices: readonly Notice[]
  /** When somebody last did something about it. */
  readonly workedAt: string | null
  /** By clock id. */
  readonly pauses: Readonly<Record<string, readonly Pause[]>>
  readonly met: Readonly<Record<string, readonly EndedBy[]>>
  /** By the id of the pack's duty. */
  readonly duties: Readonly<Record<string, readonly DutyAnswer[]>>
  readonly timeBoxes: readonly TimeBox[]
  /** Tasks of which somebody asks back. */
  readonly tasks: readonly AskedTask[]
  /** Phases that somebody moved the work to, by their ids, in their order. */
  readonly phases: readonly { readonly at: string; readonly phase: string; readonly entry: string | null }[]
}

/** An incident of which nothing is known. */
export const emptyClockInput: ClockInput = {
  declaredAt: '',
  detectedAt: '',
  declaredEntry: null,
  severities: [],
  types: [],
  commandedAt: null,
  respondedAt: null,
  resolvedAt: null,
  resolvedEntry: null,
  falseAlarm: false,
  postMortemAt: null,
  commander: null,
  communications: null,
  updates: [],
  calls: [],
  notices: [],
  workedAt: null,
  pauses: {},
  met: {},
  duties: {},
  timeBoxes: [],
  tasks: [],
  phases: [],
}

/** Detection, or the declaration if that is given as the earlier of the two; ms since 1970, NaN where neither is known. */
export function detectionMs({ detectedAt, declaredAt }: Pick<ClockInput, 'detectedAt' | 'declaredAt'>): number {
  return Math.min(Date.parse(detectedAt), Date.parse(declaredAt))
}

/** ISO times of one form sort as text. */
export function earliest(...times: readonly (string | null)[]): string | null {
  return times.reduce<string | null>((first, at) => (at === null || (first !== null && first <= at) ? first : at), null)
}

/** The last of times that have all happened; null where one has not, or there is none. */
export function latestOfAll(times: readonly (string | null)[]): string | null {
  return times.reduce<string | null>((last, at, index) => {
    if (at === null || (index > 0 && last === null)) return null
    return last !== null && last >= at ? last : at
  }, null)
}
