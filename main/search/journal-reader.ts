import { RefusalError } from '../../shared/refusal.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { type ArrivedEntry, readRow } from '../journal/rows.ts'
import { type Connection, patiently } from '../journal/sqlite.ts'

const columns = `e.id, e.incident, e.chain, e.seq, e.lamport, e.at, e.happened_at, e.clock, e.mode, e.actor, e.recorded_by,
  e.kind, e.version, e.body_hash, e."after", e.prev, e.hash, b.bytes`
const from = 'entry e LEFT JOIN body b ON b.entry = e.id'
const SLICE = 500

/** A row of the journal: what can be read of it, null where it is damaged (verification says how). */
export interface JournalRow {
  readonly arrival: number
  readonly hash: string
  readonly entry: Entry | null
}

/** What search asks of the journal, on a connection that only reads. */
export class JournalReader {
  readonly #version
  readonly #last
  readonly #hashAt
  readonly #ledger
  readonly #since
  readonly #at
  readonly #timeAt
  readonly #arrivalOf
  readonly #stars
  readonly #erasedBy

  constructor(db: Connection) {
    this.#version = db.prepare('PRAGMA data_version').pluck()
    this.#last = db.prepare('SELECT coalesce(max(id), 0) FROM entry').pluck()
    this.#hashAt = db.prepare<[number], string>('SELECT hash FROM entry WHERE id = ?').pluck()
    this.#ledger = db.prepare<[], string>('SELECT ledger FROM desk').pluck()
    this.#since = db.prepare(`SELECT ${columns} FROM ${from} WHERE e.id > ? ORDER BY e.id LIMIT ${SLICE}`)
    this.#at = db.prepare(`SELECT ${columns} FROM ${from} WHERE e.id = ?`)
    this.#timeAt = db.prepare<[number], string>('SELECT at FROM entry WHERE id = ?').pluck()
    this.#arrivalOf = db.prepare<[string], number>('SELECT id FROM entry WHERE hash = ?').pluck()
    this.#stars = db.prepare(
      `SELECT ${columns} FROM ${from} WHERE e.incident = ? AND e.kind = 'starred' ORDER BY e.lamport, e.chain, e.seq`,
    )
    this.#erasedBy = db.prepare<[number], number>('SELECT entry FROM erasure WHERE by = ?').pluck()
  }

  /** Rises whenever anyone commits to the journal. */
  version(): number {
    return Number(patiently(() => this.#version.get()))
  }

  last(): number {
    return Number(patiently(() => this.#last.get()))
  }

  hashAt(arrival: number): string | null {
    return patiently(() => this.#hashAt.get(arrival)) ?? null
  }

  /** The id under which the desk keeps its ledger: no incident, and not searched. */
  ledger(): string {
    return patiently(() => this.#ledger.get()) ?? ''
  }

  /** Rows that arrived after number `arrival`, oldest first, 500 at most. */
  since(arrival: number): JournalRow[] {
    return patiently(() => this.#since.all(arrival)).map(readLeniently)
  }

  at(arrival: number): Entry | null {
    const row = patiently(() => this.#at.get(arrival))
    return row === undefined ? null : readLeniently(row).entry
  }

  /** When the entry was logged, ISO UTC. */
  timeAt(arrival: number): string | null {
    return patiently(() => this.#timeAt.get(arrival)) ?? null
  }

  arrivalOf(hash: string): number | null {
    return patiently(() => this.#arrivalOf.get(hash)) ?? null
  }

  /** The `starred` entries of an incident in the order of the fold. */
  stars(incident: string): Entry[] {
    return patiently(() => this.#stars.all(incident)).flatMap((row) => readLeniently(row).entry ?? [])
  }

  /** The entries whose bodies the entry of that number took. */
  erasedBy(arrival: number): number[] {
    return patiently(() => this.#erasedBy.all(arrival))
  }
}

function readLeniently(row: unknown): JournalRow {
  try {
    const { arrival, entry }: ArrivedEntry = readRow(row)
    return { arrival, hash: entry.hash, entry }
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    // The row's number and hash are columns of their own, whatever became of the rest.
    const { id, hash } = row as { id: number; hash: string }
    return { arrival: id, hash, entry: null }
  }
}
