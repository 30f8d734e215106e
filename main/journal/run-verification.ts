import { Worker } from 'node:worker_threads'
import type { Verification } from '../../shared/contract.ts'
import { RefusalError } from '../../shared/refusal.ts'
import type { Verified } from './verify-thread.ts'

/**
 * Verifies a data folder on a thread of its own, so that nobody waits for it. Rejects with the refusal of `verifyFolder`.
 */
export function runVerification(folder: string): Promise<Verification> {
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js', own), {
    workerData: { folder },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', (said: Verified) => {
      if ('refusal' in said) reject(new RefusalError(said.refusal))
      else resolve(said.verification)
    })
    worker.once('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
    // After an answer this changes nothing: a promise settles once.
    worker.once('exit', (code) => reject(new Error(`The verification ended with ${code} and without an answer`)))
  })
}
