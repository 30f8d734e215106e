import Database from 'better-sqlite3'
import { refuse } from '../../shared/refusal.ts'

export type Connection = Database.Database

/** How long a writer waits for another process's transaction, in ms. */
const BUSY_TIMEOUT_MS = 5_000

/**
 * Opens a connection that keeps what it acknowledges.
 *
 * better-sqlite3 is compiled with `DEFAULT_WAL_SYNCHRONOUS=1`, which loses acknowledged rows at a power cut, so FULL is
 * set and read back (better-sqlite3 13.2, docs/performance.md, "A note about durability"). SQLite before 3.51.3 may
 * corrupt a database that two connections write at once, and 3.52.0 was withdrawn (https://sqlite.org/wal.html#walresetbug).
 */
export function openConnection(file: string, access: 'write' | 'read'): Connection {
  const db = openFile(file, access)
  try {
    assertSqliteVersion(db)
    if (access === 'write') db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    if (process.platform === 'darwin') {
      db.pragma('fullfsync = 1')
      db.pragma('checkpoint_fullfsync = 1')
    }
    db.pragma('foreign_keys = ON')
    const synchronous = db.pragma('synchronous', { simple: true })
    if (synchronous !== 2) throw new Error(`SQLite reads synchronous back as ${String(synchronous)}, not 2 (FULL)`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function openFile(file: string, access: 'write' | 'read'): Connection {
  try {
    return new Database(file, {
      timeout: BUSY_TIMEOUT_MS,
      readonly: access === 'read',
      fileMustExist: access === 'read',
    })
  } catch (error) {
    throw refuse('storage', {
      tried: `Open the journal ${file}`,
      happened: error instanceof Error ? error.message : String(error),
      next: 'Check that the folder exists, that there is room on the disk, and that you may write there.',
      cause: error,
    })
  }
}

/** Throws where this SQLite is not fit to hold a journal that two processes write. */
export function assertSqliteVersion(db: Connection): void {
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get())
  if (!isFitVersion(version))
    throw new Error(`SQLite ${version} may corrupt a shared journal; 3.51.3 or newer is needed`)
}

export function isFitVersion(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (version === '3.52.0') return false
  return major * 1_000_000 + minor * 1_000 + patch >= 3_051_003
}
