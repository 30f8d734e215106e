import { Worker } from 'node:worker_threads'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'

/** What a thread says that does one thing and ends. */
export type ErrandNews<Value, Progress> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

interface Options<Progress> {
  readonly data: Readonly<Record<string, unknown>>
  /** For the refusal where it takes too long. */
  readonly tried: string
  readonly withinMs?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** Does one thing on a thread of its own, and answers what came of it. Rejects with the thread's refusal. */
export function runErrand<Value, Progress = never>(thread: URL, options: Options<Progress>): Promise<Value> {
  const worker = new Worker(thread, { workerData: options.data })
  const { promise, resolve, reject } = Promise.withResolvers<Value>()
  const cancel = (): void => worker.postMessage('cancel')
  const late =
    options.withinMs === undefined ? undefined : setTimeout(() => reject(tooLate(options.tried)), options.withinMs)
  worker.on('message', (news: ErrandNews<Value, Progress>) => {
    if (news.kind === 'progress') options.onProgress?.(news.progress)
    else if (news.kind === 'done') resolve(news.value)
    else reject(new RefusalError(news.refusal))
  })
  worker.once('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
  worker.once('exit', (code) => reject(new Error(`${options.tried}: the thread ended with ${code} and no answer`)))
  if (options.signal?.aborted === true) cancel()
  options.signal?.addEventListener('abort', cancel, { once: true })
  return promise.finally(() => {
    clearTimeout(late)
    options.signal?.removeEventListener('abort', cancel)
    // Not waited for: one that waits for a dead disk ends when that answers.
    void worker.terminate()
  })
}

function tooLate(tried: string): RefusalError {
  return refuse('timed-out', {
    tried,
    happened: 'The folder does not answer.',
    next: 'Check the disk or the network, then try again.',
  })
}
