import { Worker } from 'node:worker_threads'
import type { Checked } from './check-thread.ts'

/** Checks a journal's file on a thread of its own, however long that takes. Answers what is wrong with it, or null. */
export function runCheck(file: string): Promise<string | null> {
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './check-thread.ts' : './check-thread.js', own), {
    workerData: { file },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', ({ problem }: Checked) => resolve(problem))
    worker.once('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
    // After an answer this changes nothing: a promise settles once.
    worker.once('exit', (code) =>
      reject(new Error(`The check of the journal ended with ${code} and without an answer`)),
    )
  })
}
