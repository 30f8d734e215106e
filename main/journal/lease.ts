import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { tryLockFile } from './file-lock.ts'

/**
 * The runner's lease on a data folder: while one process holds it, clocks ring there and nowhere else. The
 * operating system frees it the moment the process ends, however it ends (`tryLockFile`).
 */
export class RunnerLease {
  readonly #file: string
  #unlock: (() => void) | null = null

  constructor(folder: string) {
    this.#file = join(folder, 'runner.lock')
  }

  get isHeld(): boolean {
    return this.#unlock !== null
  }

  /**
   * Takes the lease if it is free; never waits. Returns whether this process holds it now. Throws a refusal where the
   * lock's file cannot be used.
   */
  tryTake(): boolean {
    this.#unlock ??= tryLockFile(this.#file, 'to ring the clocks')
    return this.#unlock !== null
  }

  /** Whether nobody holds the lease at this moment; takes it from nobody. False where nobody can say. */
  isFree(): boolean {
    let db: Database.Database | null = null
    try {
      if (!existsSync(this.#file)) return true
      db = new Database(this.#file, { timeout: 0, readonly: true })
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      return true
    } catch (error) {
      if (error instanceof Database.SqliteError) return false
      throw error
    } finally {
      db?.close()
    }
  }

  release(): void {
    this.#unlock?.()
    this.#unlock = null
  }
}
