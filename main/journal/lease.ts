import Database from 'better-sqlite3'
import { join } from 'node:path'

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

  /** Takes the lease if it is free; never waits. Returns whether this process holds it now. */
  tryTake(): boolean {
    if (this.#held !== null) return true
    const db = new Database(this.#file, { timeout: 0 })
    try {
      db.exec('BEGIN EXCLUSIVE')
      this.#held = db
      return true
    } catch (error) {
      db.close()
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
      throw error
    }
  }

  release(): void {
    this.#held?.close()
    this.#held = null
  }
}
