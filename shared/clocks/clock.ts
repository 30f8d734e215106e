import type { BusinessHours } from '../packs/time-shape.ts'
import { dueAfter } from './counted-time.ts'
import type { Pause } from './entries.ts'

/**
 * - `running`   time is left
 * - `soon`      four fifths of the time are gone
 * - `paused`    it stands still; `dueAt` is what it would be if it ran on now
 * - `breached`  the time is over and what was due has not happened
 * - `met`       what was due happened in time
 * - `stopped`   it ended otherwise: what was due happened late, or is no longer asked for
 */
export type ClockState = 'running' | 'soon' | 'paused' | 'breached' | 'met' | 'stopped'

export const clockKinds = [
  'acknowledge',
  'response',
  'notification',
  'update',
  'escalation',
  'answer',
  'recall',
  'check-back',
  'time-box',
  'regulatory',
  'phase',
  'post-mortem',
  'post-incident',
] as const

/** Which family of rules made it. */
export type ClockKind = (typeof clockKinds)[number]

/** One deadline. Times are ISO UTC with milliseconds. */
export interface Clock {
  /** Lasting name; together with `dueAt` it says which alarm was given. Pauses are kept under it. */
  readonly id: string
  readonly kind: ClockKind
  readonly title: string
  /** Whose it is: a person's name, or null while nobody holds that role. */
  readonly owner: string | null
  readonly startedAt: string
  /** The hash of the entry that it counts from; null where none is known. */
  readonly startEntry: string | null
  /** The first moment that is too late. */
  readonly dueAt: string
  /** When four fifths of the time are gone. */
  readonly soonAt: string
  readonly state: ClockState
  /** Which rule of the pack made it, in a sentence. */
  readonly rule: string
  /** What stops it, in a sentence. */
  readonly stoppedBy: string
  /** When it ended; null while it runs or is overdue. */
  readonly endedAt: string | null
  /** Time to `dueAt`, from now or from `endedAt`: negative is how late. */
  readonly msLeft: number
  /** Shown, but never rung: a guide, no obligation. */
  readonly quiet: boolean
  /** Since when and why it stands still; null while it does not. */
  readonly paused: { readonly since: string; readonly reason: string } | null
}

/** What a family of rules says of one clock. */
export interface Rule {
  readonly id: string
  readonly kind: ClockKind
  readonly title: string
  readonly owner: string | null
  readonly startMs: number
  readonly startEntry: string | null
  /** Counted from the start. */
  readonly minutes: number
  readonly rule: string
  readonly stoppedBy: string
  /** When it ended (ISO UTC), and whether because what was due happened. */
  readonly end: { readonly at: string; readonly done: boolean } | null
  readonly quiet?: boolean
  readonly pauses?: readonly Pause[]
  /** Only these hours count; null or left out: all. */
  readonly hours?: BusinessHours | null
}

/** A clock is `soon` when this part of its time is gone. */
const SOON = 0.8

/** The clock of a rule at `nowMs`; null where its start is no time. */
export function clockOf(rule: Rule, nowMs: number): Clock | null {
  const { startMs, minutes, end, quiet = false, pauses = [], hours = null, ...said } = rule
  if (Number.isNaN(startMs)) return null
  const seenMs = end === null ? nowMs : Date.parse(end.at)
  const counting = {
    pauses: pauses.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: to === null ? null : Date.parse(to) })),
    hours,
  }
  const lengthMs = minutes * 60_000
  const dueMs = dueAfter(startMs, lengthMs, counting, seenMs)
  const msLeft = dueMs - seenMs
  const paused = end === null ? pauseNow(pauses, dueMs, nowMs) : null
  const soonMs = Math.ceil(dueAfter(startMs, lengthMs * SOON, counting, seenMs))
  return {
    ...said,
    startedAt: new Date(startMs).toISOString(),
    dueAt: new Date(dueMs).toISOString(),
    soonAt: new Date(soonMs).toISOString(),
    state:
      end === null ? openState(msLeft, paused !== null, soonMs <= nowMs) : end.done && msLeft > 0 ? 'met' : 'stopped',
    endedAt: end?.at ?? null,
    msLeft,
    quiet,
    paused,
  }
}

/** What is left of a clock at `nowMs`, in ms, as long as it stands as it does: less by each ms, but not of one that stands still or ended. */
export function msLeftAt({ dueAt, endedAt, msLeft, paused }: Clock, nowMs: number): number {
  return endedAt === null && paused === null ? Date.parse(dueAt) - nowMs : msLeft
}

/** Whether two views of a clock differ by the time that passed at most. */
export function stand(one: Clock, other: Clock | undefined): boolean {
  if (other === undefined) return false
  const { msLeft: _, paused, ...rest } = one
  return (
    paused?.since === other.paused?.since &&
    paused?.reason === other.paused?.reason &&
    Object.entries(rest).every(([key, value]) => Reflect.get(other, key) === value)
  )
}

/** How long it takes from start to due in ms, without the times in which it stood still, up to `nowMs`. */
export function spanOf(
  { startedAt, dueAt }: Pick<Clock, 'startedAt' | 'dueAt'>,
  pauses: readonly Pause[],
  nowMs: number,
): number {
  const [startMs, dueMs] = [Date.parse(startedAt), Date.parse(dueAt)]
  const still = pauses.map(({ from, to }) => {
    const end = Math.min(to === null ? nowMs : Date.parse(to), dueMs)
    return Math.max(0, end - Math.max(Date.parse(from), startMs))
  })
  return still.reduce((left, ms) => left - ms, dueMs - startMs)
}

/** The pause that lasts at `nowMs` and began before the time was over. */
function pauseNow(pauses: readonly Pause[], dueMs: number, nowMs: number): Clock['paused'] {
  const last = pauses.at(-1)
  if (last === undefined || last.to !== null || Date.parse(last.from) > nowMs || dueMs <= nowMs) return null
  return { since: last.from, reason: last.reason }
}

function openState(msLeft: number, isPaused: boolean, isSoon: boolean): ClockState {
  if (msLeft <= 0) return 'breached'
  if (isPaused) return 'paused'
  return isSoon ? 'soon' : 'running'
}
