import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { refuse } from '../../shared/refusal.ts'

const PATIENCE_MS = 5_000
const TRY_EVERY_MS = 20

/**
 * Does the work while no other program changes the vault of this folder: an exclusive lock on a small database of its own,
 * which the operating system frees however the process ends. Waits up to 5 s, and blocks nobody meanwhile.
 */
export async function withVaultLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = await take(join(folder, 'vault.lock'))
  try {
    return await work()
  } finally {
    lock.close()
  }
}

async function take(file: string): Promise<Database.Database> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const lock = tryTake(file)
    if (lock !== null) return lock
    if (performance.now() > deadline) {
      throw refuse('timed-out', {
        tried: 'Change the vault',
        happened: `Another program has been changing it for ${PATIENCE_MS / 1000} s.`,
        next: 'Try again; if it stays so, close the other Muster on this data folder.',
      })
    }
    await sleep(TRY_EVERY_MS)
  }
}

function tryTake(file: string): Database.Database | null {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (error) {
    db?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw refuse('storage', {
      tried: `Lock ${file}`,
      happened: error instanceof Error ? error.message : String(error),
      next: 'Make the data folder writable.',
      cause: error,
    })
  }
}
