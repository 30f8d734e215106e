import { Appender } from './appender.ts'
import { Projections, type Snapshot } from './projections.ts'
import { EntryReader } from './rows.ts'
import { type Connection, patiently } from './sqlite.ts'
import { TimelineReader } from './timeline-reader.ts'

/** An open journal with everything that reads and writes it. */
export class Tables {
  readonly db: Connection
  /** The incident id of the ledger's chain; null where the row that says it is gone. */
  readonly ledger: string | null
  readonly reader: EntryReader
  readonly timeline: TimelineReader
  readonly appender: Appender
  readonly projections: Projections
  readonly #version
  readonly #newest
  readonly #hashOf
  readonly #erasedAfter
  readonly #transaction

  constructor(db: Connection, ledger: string | null, snapshot: Snapshot | null) {
    this.db = db
    this.ledger = ledger
    this.reader = new EntryReader(db)
    this.timeline = new TimelineReader(db, this.reader)
    this.appender = new Appender(db)
    this.projections = new Projections(this.reader, ledger, snapshot)
    this.#version = db.prepare('PRAGMA data_version').pluck()
    this.#newest = db.prepare<[], { arrival: number; hash: string }>(
      'SELECT id AS arrival, hash FROM entry ORDER BY id DESC LIMIT 1',
    )
    this.#hashOf = db.prepare<[number], string>('SELECT hash FROM entry WHERE id = ?').pluck()
    this.#erasedAfter = db.prepare("SELECT 1 FROM entry WHERE id > ? AND +kind = 'erased' LIMIT 1").pluck()
    this.#transaction = db.transaction((work: () => unknown) => work())
  }

  /** Changes whenever another connection has committed (`PRAGMA data_version`, 1.6 µs; file watching misses commits). */
  version(): number {
    return Number(patiently(() => this.#version.get()))
  }

  /** The newest row; null in an empty journal. */
  newest(): { arrival: number; hash: string } | null {
    return patiently(() => this.#newest.get()) ?? null
  }

  hashOf(arrival: number): string | null {
    return patiently(() => this.#hashOf.get(arrival)) ?? null
  }

  hasErasedAfter(arrival: number): boolean {
    return patiently(() => this.#erasedAfter.get(arrival)) !== undefined
  }

  /** IMMEDIATE: a deferred transaction that turns to writing fails with BUSY_SNAPSHOT, which no timeout cures. */
  inTransaction<T>(work: () => T): T {
    return patiently(() => this.#transaction.immediate(work) as T)
  }
}
