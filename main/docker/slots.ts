/**
 * Lets so many calls run at once and the rest wait their turn. Wide on purpose: it only keeps a large engine from using up
 * the file handles of this process. A call that hangs holds its slot until its deadline.
 */
export class Slots {
  #free: number
  readonly #waiting: Record<Turn, (() => void)[]> = { first: [], last: [] }

  constructor(slots: number) {
    this.#free = slots
  }

  /** So many more may run at once. */
  widen(by: number): void {
    for (let more = 0; more < by; more += 1) this.#release()
  }

  /** What waits in turn 'last' is let in when nothing else waits. */
  async run<Value>(work: () => Promise<Value>, turn: Turn = 'first'): Promise<Value> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting[turn].push(resolve))
    try {
      return await work()
    } finally {
      this.#release()
    }
  }

  #release(): void {
    const next = this.#waiting.first.shift() ?? this.#waiting.last.shift()
    if (next === undefined) this.#free += 1
    else next()
  }
}

type Turn = 'first' | 'last'
