import type { MirrorHealth } from '../../shared/storage/health.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { journalFile } from '../journal/journal-store.ts'
import { openConnection } from '../journal/sqlite.ts'
import { RowCopier, StoredRows, wentOn } from '../journal/stored-rows.ts'
import { isMissing } from './evidence-follower.ts'
import { assertMirror } from './mirror-folder.ts'
import { Position } from './position.ts'
import { isFinal, troubleOf } from './trouble.ts'

/**
 * How the mirror of a data folder stands, found out by reading both. Writes nothing. Where the mirror cannot be read, it
 * goes by how far it had come when it was last seen.
 */
export function inspectMirror(dataFolder: string, folder: string): MirrorHealth {
  const original = openConnection(journalFile(dataFolder), 'read')
  try {
    const rows = new StoredRows(original)
    try {
      const last = lastThere(folder, rows)
      return { ...standing(rows, folder, last), ...filesThere(dataFolder, folder), trouble: null }
    } catch (error) {
      const behind = standing(rows, folder, new Position(dataFolder, folder).known())
      return { ...behind, state: isFinal(error) ? 'stopped' : behind.state, trouble: troubleOf(error) }
    }
  } finally {
    original.close()
  }
}

function lastThere(folder: string, original: StoredRows): number {
  assertMirror(folder)
  const file = journalFile(folder)
  const db = openConnection(file, 'read')
  try {
    const likeness = new RowCopier(db).likeness(original)
    if (likeness === 'other-desk' || likeness === 'went-on') throw wentOn(`Look into the mirror ${folder}`, likeness)
    return new StoredRows(db).last()
  } finally {
    db.close()
  }
}

function standing(rows: StoredRows, folder: string, last: number | null): MirrorHealth {
  const entries = last === null ? 0 : Math.max(0, rows.last() - last)
  const [oldest] = last === null || entries === 0 ? [] : rows.since(last)
  return {
    folder,
    state: entries > 0 ? 'behind' : 'whole',
    // When another desk's entry came here, nobody wrote down.
    since: oldest !== undefined && rows.isOwnChain(oldest.chain) ? oldest.at : null,
    entries,
    files: 0,
    trouble: null,
    remarks: [],
  }
}

function filesThere(dataFolder: string, folder: string): Partial<MirrorHealth> {
  const there = new Map(new EvidenceStore(folder).list().map((file) => [file.bundle, file]))
  const files = new EvidenceStore(dataFolder).list().filter((file) => isMissing(file, there)).length
  return files === 0 ? {} : { files, state: 'behind' }
}
