import type { BusinessHours } from '../packs/time-shape.ts'
import { businessStretches, isKnownZone, type Stretch } from './business-hours.ts'

/** What does not count: pauses (`toMs` null: still), and, where `hours` is given, everything outside of them. */
export interface Counting {
  readonly pauses: readonly { readonly fromMs: number; readonly toMs: number | null }[]
  readonly hours: BusinessHours | null
}

/** The last moment that the journal's form of time can write. */
export const endOfTimeMs = Date.parse('9999-12-31T23:59:59.999Z')
/** Longer than this no length is walked through business hours: they might never open. */
const HORIZON_MS = 20 * 366 * 86_400_000

/**
 * The moment when so much counted time has passed since `startMs`. A pause that lasts is taken to end at `seenMs`, so what
 * is left then begins to count. Hours of an unknown zone are not followed: the due time then is earlier, never later.
 */
export function dueAfter(startMs: number, lengthMs: number, counting: Counting, seenMs: number): number {
  let left = lengthMs
  // What lasts no time is due at once, business hours or not.
  if (left <= 0) return startMs
  for (const [from, to] of countedFrom(startMs, counting, seenMs)) {
    if (from - startMs > HORIZON_MS) break
    if (to - from >= left) return Math.min(from + left, endOfTimeMs)
    left -= to - from
  }
  return endOfTimeMs
}

/** How much of the time between two moments counts, in ms. */
export function countedBetween(fromMs: number, toMs: number, counting: Counting): number {
  let sum = 0
  for (const [from, to] of countedFrom(fromMs, counting, toMs)) {
    if (from >= toMs) break
    sum += Math.min(to, toMs) - from
  }
  return sum
}

function* countedFrom(startMs: number, { pauses, hours }: Counting, seenMs: number): Generator<Stretch> {
  const still = pauses
    .filter(({ fromMs }) => fromMs <= seenMs)
    .map(({ fromMs, toMs }): Stretch => [fromMs, toMs ?? Math.max(seenMs, fromMs)])
    .toSorted(([a], [b]) => a - b)
  const open: Iterable<Stretch> =
    hours === null || !isKnownZone(hours) ? [[startMs, Number.POSITIVE_INFINITY]] : businessStretches(hours, startMs)
  for (const stretch of open) yield* without(stretch, still)
}

/** What is left of a stretch outside of the others, which come in the order of their beginnings. */
function* without([from, to]: Stretch, others: readonly Stretch[]): Generator<Stretch> {
  let at = from
  for (const [begin, end] of others) {
    if (begin >= to) break
    if (begin > at) yield [at, begin]
    at = Math.max(at, end)
    if (at >= to) return
  }
  if (at < to) yield [at, to]
}
