import { Worker } from 'node:worker_threads'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { EvidenceQuestions, FromEvidenceThread, ToEvidenceThread } from './evidence-questions.ts'
import { answerEvidence } from './evidence-questions.ts'
import type { EvidenceProgress } from './evidence-terms.ts'
import { EvidenceWork } from './evidence-work.ts'

/** How a question is asked. */
export interface AskOptions {
  /** Memory that moves to the thread instead of being copied: here it is empty then. */
  readonly handOver?: readonly ArrayBuffer[]
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: EvidenceProgress) => void
}

/** The bytes of evidence as the rest of the process reaches them. Rejects with refusals. */
export interface EvidenceClient {
  ask<Op extends keyof EvidenceQuestions>(
    op: Op,
    args: EvidenceQuestions[Op]['args'],
    options?: AskOptions,
  ): Promise<EvidenceQuestions[Op]['value']>
  /** Ends the thread; what is under way is refused, and nothing of it is kept. */
  close(): Promise<void>
}

const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './evidence-thread.ts' : './evidence-thread.js',
  import.meta.url,
)

/** Evidence of a data folder on a thread of its own, started by the first question. `thread` is another file in tests. */
export function createEvidence(dataFolder: string, thread: URL = threadFile): EvidenceClient {
  return new ThreadEvidence(dataFolder, thread)
}

/** Evidence without a thread: for a process that does nothing else. */
export function localEvidence(dataFolder: string): EvidenceClient {
  const work = new EvidenceWork(dataFolder)
  return {
    ask: (op, args, { signal = new AbortController().signal, onProgress = () => undefined } = {}) =>
      answerEvidence(work, op, { signal, onProgress }, args),
    close: () => Promise.resolve(),
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  readonly onProgress: ((progress: EvidenceProgress) => void) | undefined
}

class ThreadEvidence implements EvidenceClient {
  readonly #dataFolder: string
  readonly #file: URL
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #lastId = 0
  #closed = false

  constructor(dataFolder: string, file: URL) {
    this.#dataFolder = dataFolder
    this.#file = file
  }

  async ask<Op extends keyof EvidenceQuestions>(
    op: Op,
    args: EvidenceQuestions[Op]['args'],
    { handOver = [], signal, onProgress }: AskOptions = {},
  ): Promise<EvidenceQuestions[Op]['value']> {
    if (this.#closed) throw notDone('cancelled', 'Muster is closing.')
    const worker = (this.#worker ??= this.#start())
    this.#lastId += 1
    const id = this.#lastId
    const cancel = () => this.#send(worker, { say: 'cancel', id })
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await new Promise<EvidenceQuestions[Op]['value']>((resolve, reject) => {
        this.#waiting.set(id, {
          resolve,
          reject,
          onProgress,
        })
        worker.ref()
        this.#send(worker, { say: 'ask', id, op, args }, handOver)
      })
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const worker = this.#worker
    this.#worker = null
    this.#failAll(notDone('cancelled', 'Muster is closing.'))
    await worker?.terminate()
  }

  #start(): Worker {
    // With little room V8 clears up sooner: a text of 1 GiB then takes 45 MB, and 80 without (Node 24.21).
    const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 }
    const worker = new Worker(this.#file, { workerData: { folder: this.#dataFolder }, resourceLimits })
    let cause: unknown
    worker.on('message', (message: FromEvidenceThread) => this.#hear(message))
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => {
      if (this.#worker !== worker) return
      this.#worker = null
      this.#failAll(
        notDone('bug', 'The thread that keeps evidence ended. A new one starts with the next question.', cause),
      )
    })
    // An idle thread keeps no process alive.
    worker.unref()
    return worker
  }

  #send(worker: Worker, message: ToEvidenceThread, handOver: readonly ArrayBuffer[] = []): void {
    worker.postMessage(message, handOver)
  }

  #hear(message: FromEvidenceThread): void {
    const waiting = this.#waiting.get(message.id)
    if (waiting === undefined) return
    if (message.say === 'progress') {
      waiting.onProgress?.(message.progress)
      return
    }
    this.#waiting.delete(message.id)
    if (this.#waiting.size === 0) this.#worker?.unref()
    if (message.say === 'answered') waiting.resolve(message.value)
    else if (message.say === 'refused') waiting.reject(new RefusalError(message.refusal))
    else waiting.reject(new Error(message.bug))
  }

  #failAll(refusal: RefusalError): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(refusal)
  }
}

function notDone(code: 'cancelled' | 'bug', happened: string, cause?: unknown): RefusalError {
  const next = code === 'bug' ? "Try again. If it happens again, look into Muster's log." : 'Start Muster again.'
  return refuse(code, { tried: 'Work on evidence', happened, next, cause })
}
