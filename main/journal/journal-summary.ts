import { existsSync } from 'node:fs'
import { assertOurs, versionOf } from './migrate.ts'
import { openConnection } from './sqlite.ts'
import { journalFile } from './journal-store.ts'

/** What a journal holds, at a glance. `newestAt`: when its newest entry was logged (ISO UTC), whoever wrote it. */
export interface JournalSummary {
  readonly incidents: number
  readonly entries: number
  readonly newestAt: string | null
}

/** Looks into the journal of a folder, and changes nothing; null where there is none. Refuses what is no journal. */
export function summariseJournal(folder: string): JournalSummary | null {
  const file = journalFile(folder)
  if (!existsSync(file)) return null
  const db = openConnection(file, 'read', (found) => assertOurs(found, file))
  try {
    if (versionOf(db) === 0) return { incidents: 0, entries: 0, newestAt: null }
    const own = 'SELECT ledger FROM desk'
    const incidents = db
      .prepare(`SELECT count(DISTINCT incident) FROM entry WHERE incident NOT IN (${own})`)
      .pluck()
      .get()
    const entries = db.prepare('SELECT count(*) FROM entry').pluck().get()
    const newest = db.prepare(`SELECT max(at) FROM entry WHERE incident NOT IN (${own})`).pluck().get()
    return {
      incidents: Number(incidents),
      entries: Number(entries),
      newestAt: typeof newest === 'string' ? newest : null,
    }
  } finally {
    db.close()
  }
}
