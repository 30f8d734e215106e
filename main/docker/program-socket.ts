import { Duplex } from 'node:stream'
import { RefusalError } from '../../shared/refusal.ts'
import { type Order, type Outcome, run } from '../run.ts'

interface Written {
  readonly bytes: Uint8Array
  readonly taken: () => void
}

/** A connection that is left open so long is opened anew. */
const longestMs = 86_400_000

/**
 * A local program as a connection: what is written goes to its input, what it says comes back. Destroying it ends the
 * program and its children. `explain` says what an end that nobody asked for means.
 */
export class ProgramSocket extends Duplex {
  /** Whether the program has said anything yet. */
  hasSpoken = false
  /** Settles once it ended, for whatever reason: nothing of it runs any more. Never rejects. */
  readonly ended: Promise<void>
  readonly #stop = new AbortController()
  readonly #explain: (outcome: Outcome) => Error
  #written: Written | null = null
  #isFinal = false
  #onWritten: (() => void) | null = null
  #onRoom: (() => void) | null = null

  constructor(order: Pick<Order, 'tried' | 'program' | 'argv' | 'environment'>, explain: (outcome: Outcome) => Error) {
    super()
    this.#explain = explain
    this.ended = this.#run({
      ...order,
      stdin: this.#input(),
      onOutput: (bytes) => this.#hear(bytes),
      signal: this.#stop.signal,
      limitMs: longestMs,
      // Each call has a cap of its own.
      capBytes: Number.MAX_SAFE_INTEGER,
      expectedExits: everyExit,
    })
  }

  async #run(order: Order): Promise<void> {
    try {
      const outcome = await run(order)
      this.destroy(this.#explain(outcome))
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error
      // By then it is destroyed already where somebody asked for the end.
      this.destroy(error)
    }
  }

  async #hear(bytes: Uint8Array): Promise<void> {
    if (!this.hasSpoken) {
      this.hasSpoken = true
      this.emit('spoken')
    }
    if (this.destroyed || this.push(bytes)) return
    await new Promise<void>((resolve) => {
      this.#onRoom = resolve
    })
  }

  async *#input(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.#written === null && !this.#isFinal) {
        await new Promise<void>((resolve) => {
          this.#onWritten = resolve
        })
      }
      const written = this.#written
      if (written === null) return
      this.#written = null
      yield written.bytes
      written.taken()
    }
  }

  #wake(): void {
    this.#onWritten?.()
    this.#onWritten = null
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#written = { bytes, taken: done }
    this.#wake()
  }

  override _final(done: () => void): void {
    this.#isFinal = true
    this.#wake()
    done()
  }

  override _read(): void {
    this.#onRoom?.()
    this.#onRoom = null
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#isFinal = true
    this.#stop.abort()
    this.#onRoom?.()
    this.#wake()
    done(error)
  }

  /** What node:http asks of a connection (lib/_http_agent.js, Node 24) and a program has not. */
  setKeepAlive(): this {
    return this
  }
  setNoDelay(): this {
    return this
  }
  setTimeout(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
}

/** What an exit means is told by what it said; -1: it was ended by a signal. */
const everyExit = Array.from({ length: 257 }, (_, index) => index - 1)
