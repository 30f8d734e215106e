import Database from 'better-sqlite3'
import { assertOurs, migrate } from './migrate.ts'
import { assertSqliteVersion, type Connection, createPrivately, refusingSqliteErrors } from './sqlite.ts'

/** A journal that is a copy of another: on any disk, stick or share. */
export interface OpenCopy {
  readonly db: Connection
  /** `delete` where the folder cannot take a write-ahead log (many network shares): each transaction costs more syncs. */
  readonly mode: 'wal' | 'delete'
}

/** How long a copy waits for somebody who reads or writes it too, in ms. */
const BUSY_TIMEOUT_MS = 2_000

/**
 * Opens a journal to copy into, made if it is not there; what it acknowledges is synced. Erased bodies are overwritten
 * with zeros there (`secure_delete`). Refused where it is no journal, a newer one, or cannot be written.
 */
export function openCopy(file: string): OpenCopy {
  return refusingSqliteErrors(file, () => {
    createPrivately(file)
    const copy = withLog(file) ?? withoutLog(file)
    const { db } = copy
    try {
      if (process.platform === 'darwin') {
        db.pragma('fullfsync = 1')
        db.pragma('checkpoint_fullfsync = 1')
      }
      db.pragma('foreign_keys = ON')
      db.pragma('secure_delete = ON')
      migrate(db, file)
      return copy
    } catch (error) {
      db.close()
      throw error
    }
  })
}

/** Null where no write-ahead log can be kept: it needs memory that all readers share (https://sqlite.org/wal.html#noshm). */
function withLog(file: string): OpenCopy | null {
  const db = connect(file)
  try {
    assertSqliteVersion(db)
    assertOurs(db, file)
    if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') return closed(db)
    // The shared memory is first needed by whoever writes.
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    db.pragma('synchronous = FULL')
    return { db, mode: 'wal' }
  } catch (error) {
    db.close()
    if (isWithoutSharedMemory(error)) return null
    throw error
  }
}

/** A database in write-ahead mode can be opened without shared memory by one connection alone, and be turned back. */
function withoutLog(file: string): OpenCopy {
  const db = connect(file)
  try {
    // Before anything is read: the first reader decides whether memory is shared.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = DELETE')
    db.pragma('locking_mode = NORMAL')
    assertOurs(db, file)
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    // EXTRA also syncs the folder once the rollback journal is deleted: in this mode that is the commit.
    db.pragma('synchronous = EXTRA')
    return { db, mode: 'delete' }
  } catch (error) {
    db.close()
    throw error
  }
}

function connect(file: string): Connection {
  return new Database(file, { timeout: BUSY_TIMEOUT_MS, fileMustExist: true })
}

function closed(db: Connection): null {
  db.close()
  return null
}

function isWithoutSharedMemory(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY|PROTOCOL|IOERR_SHM)/.test(error.code)
}
