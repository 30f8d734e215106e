import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { RefusalError } from '../../shared/refusal.ts'
import { openConnection, refusingSqliteErrors } from './sqlite.ts'

/** What the checking thread says, once: what is wrong with the file, or null. */
export interface Checked {
  readonly problem: string | null
}

const { file } = z.object({ file: z.string() }).parse(workerData)

/** As SQLite finds them, the first few (https://sqlite.org/pragma.html#pragma_quick_check). */
const MOST_PROBLEMS = 5

function check(): string | null {
  try {
    const db = openConnection(file, 'read')
    try {
      const found = refusingSqliteErrors(file, () =>
        db.prepare<[], string>(`PRAGMA quick_check(${MOST_PROBLEMS})`).pluck().all(),
      )
      return found.length === 1 && found[0] === 'ok' ? null : `${found.join('; ')}.`
    } finally {
      db.close()
    }
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal.happened
    throw error
  }
}

parentPort?.postMessage({ problem: check() } satisfies Checked)
