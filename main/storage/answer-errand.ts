import { parentPort } from 'node:worker_threads'
import { RefusalError } from '../../shared/refusal.ts'
import type { ErrandNews } from './errand.ts'

/** The thread's side of `runErrand`: does the work and says what came of it. What is no refusal ends the thread as a bug. */
export async function answerErrand<Value>(
  work: (tools: { signal: AbortSignal; onProgress: (progress: unknown) => void }) => Value | Promise<Value>,
): Promise<void> {
  const cancelling = new AbortController()
  const say = (news: ErrandNews<Value, unknown>): void => parentPort?.postMessage(news)
  parentPort?.once('message', () => cancelling.abort())
  parentPort?.unref()
  say({ kind: 'begun' })
  try {
    const value = await work({
      signal: cancelling.signal,
      onProgress: (progress) => say({ kind: 'progress', progress }),
    })
    say({ kind: 'done', value })
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    say({ kind: 'refused', refusal: error.refusal })
  }
}
