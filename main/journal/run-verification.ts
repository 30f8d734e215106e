import { Worker } from 'node:worker_threads'
import type { Verification } from '../../shared/contract.ts'
import { refuse } from '../../shared/refusal.ts'

/** Verifies a data folder on a thread of its own, so that nobody waits for it. */
export function runVerification(folder: string): Promise<Verification> {
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js', own), {
    workerData: { folder },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (error) => {
      const happened = error instanceof Error ? error.message : String(error)
      reject(
        refuse('damaged', {
          tried: 'Verify the journal',
          happened,
          next: 'If the journal does not open at all, go on from a backup or mirror.',
          cause: error,
        }),
      )
    })
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`The verification ended with ${code}`))
    })
  })
}
