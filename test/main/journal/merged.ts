import { journalFile, type JournalStore } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'

/** Brings every entry of an incident that another folder holds into a journal, as a merge does: chain by chain. */
export function bringAll(incident: string, from: string, into: JournalStore): void {
  const db = openConnection(journalFile(from), 'read')
  const rows = db
    .prepare<[string], Record<string, unknown>>(
      `SELECT e.*, b.salt, b.bytes FROM entry e LEFT JOIN body b ON b.entry = e.id WHERE e.incident = ? ORDER BY e.chain, e.seq`,
    )
    .all(incident)
  db.close()
  into.change((to) => {
    const isKnown = to.prepare('SELECT 1 FROM entry WHERE hash = ?')
    for (const { id: _id, salt, bytes, ...header } of rows) {
      if (isKnown.get(header['hash']) !== undefined) continue
      const columns = Object.keys(header).map((column) => `"${column}"`)
      const { lastInsertRowid } = to
        .prepare(`INSERT INTO entry (${columns.join()}) VALUES (${columns.map(() => '?').join()})`)
        .run(...Object.values(header))
      if (bytes !== null) {
        to.prepare('INSERT INTO body (entry, salt, bytes) VALUES (?, ?, ?)').run(lastInsertRowid, salt, bytes)
      }
    }
  })
}
