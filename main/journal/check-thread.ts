import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { RefusalError } from '../../shared/refusal.ts'
import { fileProblem } from './file-check.ts'
import { openConnection, refusingSqliteErrors } from './sqlite.ts'

/** What the checking thread says, once: what is wrong with the file, or null. */
export interface Checked {
  readonly problem: string | null
}

const { file } = z.object({ file: z.string() }).parse(workerData)

function check(): string | null {
  try {
    const db = openConnection(file, 'read')
    try {
      return refusingSqliteErrors(file, () => fileProblem(db))
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.happened
    throw error
  }
}

parentPort?.postMessage({ problem: check() } satisfies Checked)
