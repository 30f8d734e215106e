import Database from 'better-sqlite3'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'

/**
 * Locks a file for this process alone, without waiting: an exclusive lock on a small database of its own, so the operating
 * system frees it the moment the process ends, however it ends. Answers what unlocks it, or null where another has it.
 * Throws a refusal where the file cannot be used; `what` says what the lock is for.
 */
export function tryLockFile(file: string, what: string): (() => void) | null {
  let db: Database.Database | null = null
  try {
    const locked = new Database(file, { timeout: 0 })
    db = locked
    locked.exec('BEGIN EXCLUSIVE')
    return () => void locked.close()
  } catch (error) {
    db?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw refuse('storage', {
      tried: `Lock ${file}, ${what}`,
      happened: messageOf(error),
      next: 'Make the data folder writable, then try again.',
      cause: error,
    })
  }
}
