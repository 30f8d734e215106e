import type { Connection } from './sqlite.ts'

/** As SQLite finds them, the first few. */
const MOST_PROBLEMS = 5

/**
 * What SQLite finds wrong with the pages of a journal's file, and with how many rows its indexes name; null where it is
 * whole (https://sqlite.org/pragma.html#pragma_quick_check). 0.2 s for 100,000 entries. Throws what SQLite throws where
 * it can no longer read.
 */
export function fileProblem(db: Connection): string | null {
  const found = db.prepare<[], string>(`PRAGMA quick_check(${MOST_PROBLEMS})`).pluck().all()
  return found.length === 1 && found[0] === 'ok' ? null : `${found.join('; ')}.`
}
