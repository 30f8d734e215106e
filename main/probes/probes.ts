import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { SweepProgress } from '../../shared/findings/sweep.ts'
import { refuse, RefusalError } from '../../shared/refusal.ts'
import type { SweepResult } from '../docker/sweep.ts'
import type { WarmPlace } from '../docker/warm-stats.ts'
import type { FromProbeThread, SweepInput, ToProbeThread } from './probe-messages.ts'

export type { SweepResult } from '../docker/sweep.ts'

/** Looks at targets from a thread of its own. */
export interface Probes {
  /**
   * Starts a sweep. `result` rejects with a refusal: `cancelled`, `bad-input` for the endpoint, `bug` when the thread
   * died of it. Progress comes in order, and none after the result.
   */
  sweep(
    input: SweepInput,
    onProgress: (progress: SweepProgress) => void,
  ): { readonly id: string; readonly result: Promise<SweepResult> }
  /** Cancels; ids that are unknown or have ended are let be. */
  cancel(id: string): void
  /** Keeps statistics of an engine's running containers coming after a sweep of it, so that the next need not wait for them. */
  warm(holder: string, place: WarmPlace, containers: readonly string[]): void
  /** Ends what only this holder, or with null anybody, has warmed. */
  cool(holder: string | null): void
  /** Cancels all, lets the thread end the programs it has started, and ends it. */
  close(): Promise<void>
}

/** So long a thread may take to end what it has started. */
const closeWithinMs = 1_000

/** The thread's own file; `.ts` where the sources run as they stand. */
const threadFile = new URL(import.meta.url.endsWith('.ts') ? './probe-thread.ts' : './probe-thread.js', import.meta.url)

/** Starts the thread at once, so that the first sweep does not wait for it. `thread` is another file in tests. */
export function createProbes(thread: URL = threadFile): Probes {
  return new ThreadProbes(thread)
}

interface Pending {
  readonly onProgress: (progress: SweepProgress) => void
  readonly resolve: (result: SweepResult) => void
  readonly reject: (error: unknown) => void
}

/**
 * What a sweep reads is garbage soon: looked for more often, it takes up 100 MiB less for a thousand containers, and no more
 * time. What lives longer is not limited: an engine decides how much there is of it, up to the caps of the calls.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 12 }

class ThreadProbes implements Probes {
  readonly #file: URL
  readonly #pending = new Map<string, Pending>()
  #worker: Worker | null
  #closed = false

  constructor(file: URL) {
    this.#file = file
    this.#worker = this.#start()
  }

  sweep(input: SweepInput, onProgress: Pending['onProgress']): { id: string; result: Promise<SweepResult> } {
    const id = randomUUID()
    const { promise, resolve, reject } = Promise.withResolvers<SweepResult>()
    if (this.#closed) {
      reject(notRun('cancelled', 'Muster is closing.'))
      return { id, result: promise }
    }
    this.#pending.set(id, { onProgress, resolve, reject })
    this.#worker ??= this.#start()
    this.#send(this.#worker, { say: 'sweep', id, input })
    return { id, result: promise }
  }

  cancel(id: string): void {
    if (this.#worker !== null && this.#pending.has(id)) this.#send(this.#worker, { say: 'cancel', id })
  }

  warm(holder: string, place: WarmPlace, containers: readonly string[]): void {
    this.#worker?.postMessage({ say: 'warm', holder, place, containers } satisfies ToProbeThread)
  }

  cool(holder: string | null): void {
    this.#worker?.postMessage({ say: 'cool', holder } satisfies ToProbeThread)
  }

  async close(): Promise<void> {
    this.#closed = true
    const worker = this.#worker
    this.#worker = null
    this.#refuseAll(notRun('cancelled', 'Muster is closing.'))
    if (worker === null) return
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    worker.ref()
    worker.postMessage({ say: 'close' } satisfies ToProbeThread)
    const late = setTimeout(() => void worker.terminate(), closeWithinMs)
    await ended
    clearTimeout(late)
  }

  #start(): Worker {
    // Without an environment, so that no DOCKER_HOST or proxy of it redirects a probe: the target was chosen already.
    const worker = new Worker(this.#file, { env: {}, resourceLimits })
    let cause: unknown
    worker.on('message', (message: FromProbeThread) => this.#hear(message))
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => this.#onExit(worker, cause))
    // An idle thread keeps no process alive.
    worker.unref()
    return worker
  }

  #send(worker: Worker, message: ToProbeThread): void {
    worker.postMessage(message)
    if (this.#pending.size > 0) worker.ref()
  }

  #hear(message: FromProbeThread): void {
    const pending = this.#pending.get(message.id)
    if (pending === undefined) return
    if (message.say === 'progress') {
      pending.onProgress(message.progress)
      return
    }
    this.#pending.delete(message.id)
    if (this.#pending.size === 0) this.#worker?.unref()
    if (message.say === 'ended') pending.resolve(message.result)
    else pending.reject(new RefusalError(message.refusal))
  }

  /** All that was under way is refused; the next sweep starts a new thread. */
  #onExit(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = null
    this.#refuseAll(
      notRun('bug', 'The thread that looks at targets ended. A new one starts with the next sweep.', cause),
    )
  }

  #refuseAll(refusal: RefusalError): void {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of pending) reject(refusal)
  }
}

function notRun(code: 'cancelled' | 'bug', happened: string, cause?: unknown): RefusalError {
  const next = code === 'bug' ? "Sweep again. If it happens again, look into Muster's log." : 'Start Muster again.'
  return refuse(code, { tried: 'Sweep an engine', happened, next, cause })
}
