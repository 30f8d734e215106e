/** Lets in so many more, until there are so many, each time that after so long somebody waits and few have left. */
export interface Widening {
  readonly by: number
  readonly everyMs: number
  readonly most: number
}

/**
 * Lets so many calls run at once and the rest wait their turn. A call that hangs holds its slot until its deadline: where
 * that must hold up nobody, the slots widen. Those that are answered soon then go over few connections, and in little
 * memory, whatever their number.
 */
export class Slots {
  #free: number
  #all: number
  readonly #widening: Widening | null
  readonly #waiting: Record<Turn, (() => void)[]> = { first: [], last: [] }
  #timer: NodeJS.Timeout | null = null
  #left = 0

  constructor(slots: number, widening: Widening | null = null) {
    this.#free = slots
    this.#all = slots
    this.#widening = widening
  }

  /** So many more may run at once. */
  widen(by: number): void {
    this.#all += by
    for (let more = 0; more < by; more += 1) this.#release()
  }

  /** What waits in turn 'last' is let in when nothing else waits. */
  async run<Value>(work: () => Promise<Value>, turn: Turn = 'first'): Promise<Value> {
    if (this.#free > 0) this.#free -= 1
    else await this.#turn(turn)
    try {
      return await work()
    } finally {
      this.#left += 1
      this.#release()
    }
  }

  #turn(turn: Turn): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting[turn].push(resolve)
    const widening = this.#widening
    if (widening !== null) this.#timer ??= setInterval(() => this.#widenWhereNeeded(widening), widening.everyMs)
    return promise
  }

  #widenWhereNeeded({ by, most }: Widening): void {
    const waiting = this.#waiting.first.length + this.#waiting.last.length
    const isHeldUp = this.#left < by / 2
    this.#left = 0
    if (waiting === 0 || this.#all >= most) this.#stop()
    else if (isHeldUp) this.widen(Math.min(by, most - this.#all, waiting))
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #release(): void {
    const next = this.#waiting.first.shift() ?? this.#waiting.last.shift()
    if (next !== undefined) return next()
    this.#free += 1
    this.#stop()
  }
}

type Turn = 'first' | 'last'
