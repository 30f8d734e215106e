import type { Entry, Person } from '../../shared/journal/header.ts'
import { type Connection, patiently, refusingSqliteErrors } from '../journal/sqlite.ts'

/** What search needs of an entry. */
export type SaidEntry = Pick<
  Entry,
  'incident' | 'at' | 'happened_at' | 'mode' | 'actor' | 'kind' | 'version' | 'hash' | 'body'
>

/** A row of the journal: what can be read of it, null where it is damaged (verification says how). */
export interface JournalRow {
  readonly arrival: number
  readonly hash: string
  readonly entry: SaidEntry | null
}

type Stored = Omit<SaidEntry, 'actor' | 'body'> & {
  readonly id: number
  readonly actor: string
  readonly bytes: Uint8Array | null
}

const columns = 'e.id, e.incident, e.at, e.happened_at, e.mode, e.actor, e.kind, e.version, e.hash, b.bytes'
const from = 'entry e LEFT JOIN body b ON b.entry = e.id'
const soundTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const soundHash = /^[0-9a-f]{64}$/
const soundId = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

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
  readonly #file: string

  /** `file`: of the journal, for refusals: what SQLite says against reading it is one (`damaged`, `storage`). */
  constructor(db: Connection, file: string) {
    this.#file = file
    // `+?`: where a bare `?` meets the first column of an index, SQLite plans anew at each call (four times the cost of a row).
    this.#version = db.prepare('PRAGMA data_version').pluck()
    this.#last = db.prepare('SELECT coalesce(max(id), 0) FROM entry').pluck()
    this.#hashAt = db.prepare<[number], string>('SELECT hash FROM entry WHERE id = +?').pluck()
    this.#ledger = db.prepare<[], string>('SELECT ledger FROM desk').pluck()
    this.#since = db.prepare<[number], Stored>(`SELECT ${columns} FROM ${from} WHERE e.id > ? ORDER BY e.id`)
    this.#at = db.prepare<[number], Stored>(`SELECT ${columns} FROM ${from} WHERE e.id = +?`)
    this.#timeAt = db.prepare<[number], string>('SELECT at FROM entry WHERE id = +?').pluck()
    this.#arrivalOf = db.prepare<[string], number>('SELECT id FROM entry WHERE hash = +?').pluck()
    this.#stars = db.prepare<[string], Stored>(
      `SELECT ${columns} FROM ${from} WHERE e.incident = ? AND e.kind = 'starred' ORDER BY e.lamport, e.chain, e.seq`,
    )
    this.#erasedBy = db.prepare<[number], number>('SELECT entry FROM erasure WHERE by = +?').pluck()
  }

  /** Rises whenever anyone commits to the journal. */
  version(): number {
    return Number(this.#ask(() => this.#version.get()))
  }

  last(): number {
    return Number(this.#ask(() => this.#last.get()))
  }

  hashAt(arrival: number): string | null {
    return this.#ask(() => this.#hashAt.get(arrival)) ?? null
  }

  /** The id under which the desk keeps its ledger: no incident, and not searched. */
  ledger(): string {
    return this.#ask(() => this.#ledger.get()) ?? ''
  }

  /** Rows that arrived after number `arrival`, oldest first. Reads no further than the caller takes. */
  *since(arrival: number): Generator<JournalRow> {
    const rows = this.#since.iterate(arrival)
    try {
      for (;;) {
        const next = this.#ask(() => rows.next())
        if (next.done === true) return
        const row = next.value
        yield { arrival: row.id, hash: row.hash, entry: readLeniently(row) }
      }
    } finally {
      rows.return?.()
    }
  }

  at(arrival: number): SaidEntry | null {
    const row = this.#ask(() => this.#at.get(arrival))
    return row === undefined ? null : readLeniently(row)
  }

  /** When the entry was logged, ISO UTC. */
  timeAt(arrival: number): string | null {
    return this.#ask(() => this.#timeAt.get(arrival)) ?? null
  }

  arrivalOf(hash: string): number | null {
    return this.#ask(() => this.#arrivalOf.get(hash)) ?? null
  }

  /** The `starred` entries of an incident in the order of the fold. */
  stars(incident: string): SaidEntry[] {
    return this.#ask(() => this.#stars.all(incident)).flatMap((row) => readLeniently(row) ?? [])
  }

  /** The entries whose bodies the entry of that number took. */
  erasedBy(arrival: number): number[] {
    return this.#ask(() => this.#erasedBy.all(arrival))
  }

  #ask<T>(work: () => T): T {
    return refusingSqliteErrors(this.#file, () => patiently(work))
  }
}

/** Not by the journal's own schemas, which cost more than all the rest of a search; what is damaged is left out. */
function readLeniently({ id: _id, actor, bytes, ...columns }: Stored): SaidEntry | null {
  const { at, happened_at, hash, incident } = columns
  if (!soundTime.test(at) || !soundTime.test(happened_at) || !soundHash.test(hash) || !soundId.test(incident))
    return null
  try {
    const person = JSON.parse(actor) as Person
    if (typeof person.name !== 'string') return null
    const text = bytes === null ? 'null' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    return { ...columns, actor: person, body: JSON.parse(text) as Entry['body'] }
  } catch {
    return null // verification tells what is wrong with the row
  }
}
