import type { ClockWitness } from '../../shared/clocks/skew.ts'
import type { ClockMark } from '../../shared/journal/header.ts'

/** The two clocks of the machine: wall time (ms since 1970) and a monotonic one (ms from anywhere). A seam for tests. */
export interface Clock {
  wallMs(): number
  monotonicMs(): number
}

export const systemClock: Clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() }

/** A difference up to this many ms is the two clocks' ordinary drift and rounding. */
const STEP_MS = 1_000

/** What a clock outside told is taken for true so long, in ms: clocks drift, and are set. */
const WITNESS_MS = 60 * 60_000

/** What the clocks showed before an entry. */
export interface Look {
  /** Wall time: ISO UTC with milliseconds. */
  readonly at: string
  readonly mark: ClockMark
  /** Wall time less monotonic time, in ms. */
  readonly offsetMs: number
}

export const steadyMark: ClockMark = { mark: 'steady', by_ms: null, skew_ms: null }

/**
 * Watches the wall clock against the monotonic one, for each chain on its own: an entry says whether the clock stepped
 * since the chain's entry before it (somebody set it, or the machine slept: the monotonic clock stands still in sleep on
 * Linux). A step is told until an entry that tells it was kept.
 */
export class ClockWatch {
  readonly #clock: Clock
  readonly #settledMs = new Map<string, number>()
  #newestMs: number
  #witness: { readonly skewMs: number; readonly offsetMs: number; readonly atMs: number } | null = null

  constructor(clock: Clock) {
    this.#clock = clock
    this.#newestMs = clock.wallMs() - clock.monotonicMs()
  }

  /** A clock outside was read just now: entries of the next hour say how far this one is off. */
  hear({ skewMs }: ClockWitness): void {
    const atMs = this.#clock.monotonicMs()
    this.#witness = { skewMs, offsetMs: this.#clock.wallMs() - atMs, atMs }
  }

  /**
   * Looks before an entry of an incident. Where this process wrote none yet, `lastAt` tells when the desk's entry before
   * was logged (ISO UTC): a wall clock that stands before it was set back in between, nobody knows by how much.
   */
  look(incident: string, lastAt: () => string | null): Look {
    const wallMs = this.#clock.wallMs()
    const offsetMs = wallMs - this.#clock.monotonicMs()
    const settledMs = this.#settledMs.get(incident)
    const byMs = Math.round(offsetMs - (settledMs ?? this.#newestMs))
    const at = new Date(wallMs).toISOString()
    const steady = { ...steadyMark, skew_ms: this.#skewAt(offsetMs) }
    if (Math.abs(byMs) > STEP_MS) return { at, offsetMs, mark: { ...steady, mark: 'stepped', by_ms: byMs } }
    const last = settledMs === undefined ? lastAt() : null
    const wentBack = last !== null && Date.parse(last) - wallMs > STEP_MS
    return { at, offsetMs, mark: wentBack ? { ...steady, mark: 'stepped' } : steady }
  }

  /** Null once nobody knows any more: it was long ago, or the clock was set since. */
  #skewAt(offsetMs: number): number | null {
    const told = this.#witness
    if (told === null || this.#clock.monotonicMs() - told.atMs > WITNESS_MS) return null
    return Math.abs(offsetMs - told.offsetMs) > STEP_MS ? null : told.skewMs
  }

  /** The entry for which was looked is kept. */
  settle(incident: string, look: Look): void {
    this.#settledMs.set(incident, look.offsetMs)
    this.#newestMs = look.offsetMs
  }
}
