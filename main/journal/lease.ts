import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { refuse } from '../../shared/refusal.ts'

/**
 * The runner's lease on a data folder: while one process holds it, clocks ring there and nowhere else. It is an exclusive
 * lock on a small database of its own, so the operating system frees it the moment the process ends, however it ends.
 */
export class RunnerLease {
  readonly #file: string
  #held: Database.Database | null = null

  constructor(folder: string) {
    this.#file = join(folder, 'runner.lock')
  }

  get isHeld(): boolean {
    return this.#held !== null
  }

  /**
   * Takes the lease if it is free; never waits. Returns whether this process holds it now. Throws a refusal where the
   * lock's file cannot be used.
   */
  tryTake(): boolean {
    if (this.#held !== null) return true
    this.#held = this.#open()
    return this.#held !== null
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
    this.#held?.close()
    this.#held = null
  }

  #open(): Database.Database | null {
    let db: Database.Database | null = null
    try {
      db = new Database(this.#file, { timeout: 0 })
      db.exec('BEGIN EXCLUSIVE')
      return db
    } catch (error) {
      db?.close()
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
      throw refuse('storage', {
        tried: `Lock ${this.#file}, to ring the clocks`,
        happened: error instanceof Error ? error.message : String(error),
        next: 'Make the data folder writable. Until then no clock rings in this process.',
        cause: error,
      })
    }
  }
}
