/** Whoever took the other half gave up. */
export class OtherHalfLeft extends Error {}

type Half = 0 | 1

/**
 * One stream for two takers, in step: a part is given to both, and the next one is asked of the source when both want it. Where
 * one leaves before the end, the other's next part is an `OtherHalfLeft`. What the source throws both are told.
 */
export class Split {
  readonly #reader: AsyncIterator<Uint8Array, unknown>
  #waiting: (PromiseWithResolvers<Uint8Array | null> | null)[] = [null, null]
  #hasLeft = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#reader = source[Symbol.asyncIterator]()
  }

  /** Each half is to be taken once. */
  async *half(half: Half): AsyncGenerator<Uint8Array> {
    let isEnded = false
    try {
      for (;;) {
        const part = await this.#next(half)
        if (part === null) {
          isEnded = true
          return
        }
        yield part
      }
    } finally {
      if (!isEnded) await this.#leave()
    }
  }

  #next(half: Half): Promise<Uint8Array | null> {
    if (this.#hasLeft) throw new OtherHalfLeft()
    const waiting = Promise.withResolvers<Uint8Array | null>()
    this.#waiting[half] = waiting
    const [first, second] = this.#waiting
    if (first && second) {
      this.#waiting = [null, null]
      void this.#pull([first, second])
    }
    return waiting.promise
  }

  async #pull(halves: readonly PromiseWithResolvers<Uint8Array | null>[]): Promise<void> {
    try {
      const next: IteratorResult<Uint8Array, unknown> = await this.#reader.next()
      for (const half of halves) half.resolve(next.done === true ? null : next.value)
    } catch (error) {
      for (const half of halves) half.reject(error)
    }
  }

  async #leave(): Promise<void> {
    if (this.#hasLeft) return
    this.#hasLeft = true
    for (const one of this.#waiting) one?.reject(new OtherHalfLeft())
    await this.#reader.return?.()
  }
}
