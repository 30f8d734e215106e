/** The others wait so much longer for the last tenth as they took themselves, but no less than so many milliseconds. */
const longerBy = 0.1
const leastMs = 10

/** Tells when so many are in that the few that are slow need not be waited for: one that is ill must not hold up the rest. */
export class MostOf {
  /** Resolved once nine of ten are in and the others had a moment more; never for fewer than two. */
  readonly reached: Promise<void>
  readonly #enough: number
  readonly #begun = performance.now()
  readonly #resolve: () => void
  #in = 0

  constructor(all: number) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.reached = promise
    this.#resolve = resolve
    this.#enough = all < 2 ? Number.POSITIVE_INFINITY : Math.floor(all * 0.9)
  }

  oneIsIn(): void {
    this.#in += 1
    if (this.#in !== this.#enough) return
    setTimeout(this.#resolve, Math.max(leastMs, (performance.now() - this.#begun) * longerBy))
  }
}
