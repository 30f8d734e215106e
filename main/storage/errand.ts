import { Worker } from 'node:worker_threads'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'

/** What a thread says that does one thing and ends. */
export type ErrandNews<Value, Progress> =
  /** It is loaded and begins. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

interface Options<Progress> {
  readonly data: Readonly<Record<string, unknown>>
  /** For the refusal where it takes too long. */
  readonly tried: string
  /** From when the thread begins: how long a busy machine takes to start it says nothing about a folder. */
  readonly withinMs?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** Does one thing on a thread of its own, and answers what came of it. Rejects with the thread's refusal. */
export function runErrand<Value, Progress = never>(thread: URL, options: Options<Progress>): Promise<Value> {
  const worker = new Worker(thread, { workerData: options.data })
  const { promise, resolve, reject } = Promise.withResolvers<Value>()
  const cancel = (): void => worker.postMessage('cancel')
  const { withinMs } = options
  let late: ReturnType<typeof setTimeout> | undefined
  let isAnswered = false
  worker.on('message', (news: ErrandNews<Value, Progress>) => {
    if (news.kind === 'begun') {
      if (withinMs !== undefined) late = setTimeout(() => reject(tooLate(options.tried)), withinMs)
      return
    }
    if (news.kind === 'progress') {
      options.onProgress?.(news.progress)
      return
    }
    isAnswered = true
    if (news.kind === 'done') resolve(news.value)
    else reject(new RefusalError(news.refusal))
  })
  worker.once('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
  worker.once('exit', (code) => reject(new Error(`${options.tried}: the thread ended with ${code} and no answer`)))
  if (options.signal?.aborted === true) cancel()
  options.signal?.addEventListener('abort', cancel, { once: true })
  return promise.finally(() => {
    clearTimeout(late)
    options.signal?.removeEventListener('abort', cancel)
    // One that has answered ends by itself: to stop a thread that is ending has crashed the process (Node 24.21, SIGSEGV).
    // Nor is one waited for that was too late: it ends when its dead disk answers.
    if (!isAnswered) void worker.terminate()
  })
}

function tooLate(tried: string): RefusalError {
  return refuse('timed-out', {
    tried,
    happened: 'The folder does not answer.',
    next: 'Check the disk or the network, then try again.',
  })
}
