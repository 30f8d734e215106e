import { chmodSync, closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'

export type Connection = Database.Database

/** How long a connection waits for another process's transaction, in ms. */
const BUSY_TIMEOUT_MS = 5_000
/** How long it waits within SQLite once it is patient of its own accord. */
const STEP_TIMEOUT_MS = 5

/**
 * Opens a connection that keeps what it acknowledges. `check` may refuse the database before anything of it is changed.
 *
 * better-sqlite3 is compiled with `DEFAULT_WAL_SYNCHRONOUS=1`, which loses acknowledged rows at a power cut, so FULL is
 * set and read back (better-sqlite3 13.2, docs/performance.md, "A note about durability"). SQLite before 3.51.3 may
 * corrupt a database that two connections write at once, and 3.52.0 was withdrawn (https://sqlite.org/wal.html#walresetbug).
 */
export function openConnection(
  file: string,
  access: 'write' | 'read',
  check: (db: Connection) => void = () => {},
): Connection {
  return refusingSqliteErrors(file, () => {
    if (access === 'write') createPrivately(file)
    const db = new Database(file, { timeout: BUSY_TIMEOUT_MS, readonly: access === 'read', fileMustExist: true })
    try {
      assertSqliteVersion(db)
      // Before anything is set, so that what is refused stays as it was.
      check(db)
      setDurable(db, access)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  })
}

function setDurable(db: Connection, access: 'write' | 'read'): void {
  if (access === 'write') db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  if (process.platform === 'darwin') {
    db.pragma('fullfsync = 1')
    db.pragma('checkpoint_fullfsync = 1')
  }
  db.pragma('foreign_keys = ON')
  // What is erased is overwritten, not only given free (https://sqlite.org/pragma.html#pragma_secure_delete).
  if (access === 'write') db.pragma('secure_delete = ON')
  const synchronous = db.pragma('synchronous', { simple: true })
  if (synchronous !== 2) throw new Error(`SQLite reads synchronous back as ${String(synchronous)}, not 2 (FULL)`)
}

/**
 * SQLite gives its write-ahead log the mode of the database, so the file is made private before SQLite sees it. One that is
 * there is not opened: to close any descriptor of a file takes away all locks that this process has on it, and whoever
 * then reads the journal deletes the log under it (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600))
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  if (process.platform !== 'win32') chmodSync(file, 0o600)
}

/** Does the work; what SQLite or the file system says against it becomes a refusal. Everything else stays what it is. */
export function refusingSqliteErrors<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isOutside(error)) throw error
    const isDamaged = error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')
    throw refuse(isDamaged ? 'damaged' : 'storage', {
      tried: `Open the journal ${file}`,
      happened: `${error.message} (${error.code}).`,
      next: isDamaged
        ? 'Go on from a backup or mirror; `muster verify` says what can still be read.'
        : 'Check that the folder exists, that there is room on the disk, and that you may write there.',
      cause: error,
    })
  }
}

function isOutside(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && !(error instanceof RefusalError)
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

/**
 * Makes a connection's waits fair: all its further work must go through `patiently`. SQLite sleeps longer and longer, up
 * to 100 ms at a time, while the other process comes and goes (measured: 1 s for a lock that is held for 1 ms at a time).
 */
export function waitInSteps(db: Connection): void {
  db.pragma(`busy_timeout = ${STEP_TIMEOUT_MS}`)
}

/** Does the work again for as long as another process is in the way, up to 5 s. The work must not have begun to write. */
export function patiently<T>(work: () => T): T {
  const deadline = performance.now() + BUSY_TIMEOUT_MS
  for (;;) {
    try {
      return work()
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!isBusy || performance.now() > deadline) throw error
    }
  }
}
