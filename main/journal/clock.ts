import type { ClockMark } from '../../shared/journal/header.ts'

/** The two clocks of the machine: wall time (ms since 1970) and a monotonic one (ms from anywhere). A seam for tests. */
export interface Clock {
  wallMs(): number
  monotonicMs(): number
}

export const systemClock: Clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() }

/** A difference up to this many ms is the two clocks' ordinary drift and rounding. */
const STEP_MS = 1_000

/**
 * Watches the wall clock against the monotonic one. Each look tells the wall time and whether it stepped since the
 * look before (somebody set it, or the machine slept: the monotonic clock stands still in sleep on Linux).
 */
export class ClockWatch {
  readonly #clock: Clock
  #offsetMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#offsetMs = clock.wallMs() - clock.monotonicMs()
  }

  look(): { at: string; mark: ClockMark } {
    const wallMs = this.#clock.wallMs()
    const offsetMs = wallMs - this.#clock.monotonicMs()
    const byMs = Math.round(offsetMs - this.#offsetMs)
    this.#offsetMs = offsetMs
    const stepped = Math.abs(byMs) > STEP_MS
    return {
      at: new Date(wallMs).toISOString(),
      mark: { mark: stepped ? 'stepped' : 'steady', by_ms: stepped ? byMs : null, skew_ms: null },
    }
  }
}
