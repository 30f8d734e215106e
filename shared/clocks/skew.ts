import { z } from 'zod'

/**
 * What a clock outside says of this one: `skewMs` (positive: this one is ahead), whose it is, and when it was read by
 * this clock (ISO UTC).
 */
export const clockWitnessSchema = z.strictObject({ skewMs: z.int(), against: z.string(), at: z.string() })

export type ClockWitness = z.infer<typeof clockWitnessSchema>

/** Date headers tell whole seconds: differences up to this many ms say nothing. */
export const AGREES_MS = 2_000

/**
 * How far this clock is from the one that writes an answerer's Date headers. Each answer bounds it: the header was written
 * after the question went and before the answer came, within the second that it names (RFC 9110, 6.6.1). Many answers bound
 * it closely.
 */
export class SkewEstimate {
  #least = Number.NEGATIVE_INFINITY
  #most = Number.POSITIVE_INFINITY

  /** Times are of this clock, in ms since 1970. A header that is none says nothing. */
  add(sentMs: number, receivedMs: number, date: string | undefined): void {
    const toldMs = date === undefined ? Number.NaN : Date.parse(date)
    if (Number.isNaN(toldMs) || receivedMs < sentMs) return
    const least = sentMs - toldMs - 1_000
    const most = receivedMs - toldMs
    // Bounds that exclude each other: one of the clocks was set meanwhile, and the newest answer counts.
    const isApart = least > this.#most || most < this.#least
    this.#least = isApart ? least : Math.max(this.#least, least)
    this.#most = isApart ? most : Math.min(this.#most, most)
  }

  /** In ms, positive where this clock is ahead; null where no answer had a date. */
  get skewMs(): number | null {
    const middle = (this.#least + this.#most) / 2
    return Number.isFinite(middle) ? Math.round(middle) : null
  }
}
