import { Worker } from 'node:worker_threads'
import type { Verification } from '../../shared/ledger/verification.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import type { VerifyOptions } from './verify-folder.ts'
import type { Verified } from './verify-thread.ts'

/** How long a thread that was told to stop may take to do so. */
const STOP_WITHIN_MS = 2_000

/**
 * Verifies a data folder on a thread of its own and of low priority, so that nobody waits for it. Rejects with the refusals
 * of `verifyFolder`.
 */
export function runVerification(folder: string, options: VerifyOptions = {}): Promise<Verification> {
  const { anchors = null, states = true, onProgress, signal } = options
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js', own), {
    workerData: { folder, anchors, states },
  })
  let late: NodeJS.Timeout | undefined
  const stop = () => {
    worker.postMessage('cancel')
    // It only reads: nothing is left half done.
    late = setTimeout(() => void worker.terminate(), STOP_WITHIN_MS)
  }
  return new Promise<Verification>((resolve, reject) => {
    worker.on('message', (said: Verified) => {
      if ('progress' in said) onProgress?.(said.progress)
      else if ('refusal' in said) reject(new RefusalError(said.refusal))
      else if (signal?.aborted === true) reject(stopped(folder))
      else resolve(said.verification)
    })
    worker.once('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
    // After an answer this changes nothing: a promise settles once.
    worker.once('exit', (code) => {
      if (signal?.aborted === true) reject(stopped(folder))
      else reject(new Error(`The verification ended with ${code} and without an answer`))
    })
    if (signal?.aborted === true) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  }).finally(() => {
    clearTimeout(late)
    signal?.removeEventListener('abort', stop)
  })
}

function stopped(folder: string): RefusalError {
  return refuse('cancelled', {
    tried: `Verify the journal of ${folder}`,
    happened: 'Somebody cancelled it. Nothing was changed, and nothing is known.',
    next: 'Verify again when there is time.',
  })
}
