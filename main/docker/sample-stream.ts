import type { IncomingMessage } from 'node:http'
import type { EngineCall } from './calls.ts'

/** The newest sample of a container's statistics, as the engine sent it. */
export interface WarmSample {
  readonly bytes: Buffer
  /** Wall clock when it came, ISO UTC. */
  readonly cameAt: string
  /** 'GET …, sample 12 of the stream begun at …', for the evidence. */
  readonly request: string
}

/** An engine sends one a second: what is older than this was missed, and what is older still is not coming. */
const freshMs = 2_500
const staleMs = 10_000

/** The samples of one container as they come in, a line each: the newest is kept, and no other. */
export class SampleStream {
  readonly #call: EngineCall
  readonly #abort = new AbortController()
  readonly #begunAt = new Date().toISOString()
  #pending: Buffer[] = []
  #pendingBytes = 0
  #samples = 0
  #newest: Buffer | null = null
  #cameAt = { wall: 0, on: performance.now() }

  constructor(call: EngineCall) {
    this.#call = call
  }

  /** Aborted at its end. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Nothing has come for so long that it is given up. */
  get isStale(): boolean {
    return performance.now() - this.#cameAt.on > staleMs
  }

  /** Null before the second sample, as a CPU % needs two, and when the newest is older than 2.5 s. */
  newest(): WarmSample | null {
    const { wall, on } = this.#cameAt
    if (this.#newest === null || this.#samples < 2 || performance.now() - on > freshMs) return null
    return {
      bytes: this.#newest,
      cameAt: new Date(wall).toISOString(),
      request: `GET ${this.#call.path}, sample ${this.#samples} of the stream begun at ${this.#begunAt}`,
    }
  }

  /** Takes in what comes until it ends, is no stream, or a sample is larger than one may be; then tells so, once. */
  listen(incoming: IncomingMessage, onEnd: () => void): void {
    incoming.on('error', () => incoming.destroy())
    incoming.once('close', onEnd)
    if (incoming.statusCode !== 200 || this.#abort.signal.aborted) {
      incoming.destroy()
      return
    }
    incoming.on('data', (piece: Buffer) => {
      this.#take(piece)
      if (this.#pendingBytes > this.#call.capBytes) incoming.destroy()
    })
  }

  end(): void {
    this.#abort.abort()
    this.#newest = null
    this.#pending = []
  }

  #take(piece: Buffer): void {
    let from = 0
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, from)) {
      this.#keep(piece.subarray(from, end))
      from = end + 1
    }
    if (from === piece.length) return
    // A copy: what is kept of a piece must not keep the whole of it.
    this.#pending.push(Buffer.from(piece.subarray(from)))
    this.#pendingBytes += piece.length - from
  }

  #keep(rest: Buffer): void {
    this.#newest = Buffer.concat([...this.#pending, rest])
    this.#samples += 1
    this.#cameAt = { wall: Date.now(), on: performance.now() }
    this.#pending = []
    this.#pendingBytes = 0
  }
}

const newline = 10
