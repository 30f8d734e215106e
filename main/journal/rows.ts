import { z } from 'zod'
import { type Entry, entrySchema } from '../../shared/journal/header.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Connection } from './sqlite.ts'

const columns = `e.id, e.incident, e.chain, e.seq, e.lamport, e.at, e.happened_at, e.clock, e.mode, e.actor, e.recorded_by,
  e.kind, e.version, e.body_hash, e."after", e.prev, e.hash, b.bytes`
const from = 'entry e LEFT JOIN body b ON b.entry = e.id'

/** A row as SQLite gives it: JSON columns as text, the body's bytes (null once erased). */
const rowSchema = z.object({
  ...entrySchema.omit({ clock: true, actor: true, recorded_by: true, after: true, body: true }).shape,
  id: z.int(),
  clock: z.string(),
  actor: z.string(),
  recorded_by: z.string(),
  after: z.string(),
  bytes: z.instanceof(Uint8Array).nullable(),
})

/** An entry with the number under which this database holds it; the number rises with arrival. */
export interface ArrivedEntry {
  readonly arrival: number
  readonly entry: Entry
}

/** Questions to the journal; a connection that only reads may ask them. */
export class EntryReader {
  readonly #since
  readonly #page
  readonly #byHash
  readonly #last

  constructor(db: Connection) {
    this.#since = db.prepare(`SELECT ${columns} FROM ${from} WHERE e.id > ? ORDER BY e.id LIMIT ?`)
    this.#page = db.prepare(
      `SELECT ${columns} FROM ${from} WHERE e.incident = ? ORDER BY e.lamport, e.chain, e.seq LIMIT ? OFFSET ?`,
    )
    this.#byHash = db.prepare(`SELECT ${columns} FROM ${from} WHERE e.hash = ?`)
    this.#last = db.prepare('SELECT coalesce(max(id), 0) FROM entry').pluck()
  }

  /** Entries that arrived after number `arrival`, oldest first, `limit` at most. */
  since(arrival: number, limit: number): ArrivedEntry[] {
    return this.#since.all(arrival, limit).map(readRow)
  }

  /** Entries of an incident in the order of the fold, from position `from`, `count` at most. */
  page(incident: string, from: number, count: number): Entry[] {
    return this.#page.all(incident, count, from).map((row) => readRow(row).entry)
  }

  byHash(hash: string): Entry | null {
    const row = this.#byHash.get(hash)
    return row === undefined ? null : readRow(row).entry
  }

  lastArrival(): number {
    return Number(this.#last.get())
  }
}

/** Parses a row into an entry; a row that is not of the journal's form is reported as damage, naming the entry. */
export function readRow(row: unknown): ArrivedEntry {
  const parsed = rowSchema.safeParse(row)
  if (!parsed.success) throw damaged(row, z.prettifyError(parsed.error))
  const { id, bytes, clock, actor, recorded_by, after, ...rest } = parsed.data
  try {
    const entry = entrySchema.parse({
      ...rest,
      clock: parseJson(clock),
      actor: parseJson(actor),
      recorded_by: parseJson(recorded_by),
      after: parseJson(after),
      body: bytes === null ? null : parseJson(Buffer.from(bytes).toString('utf8')),
    })
    return { arrival: id, entry }
  } catch (error) {
    throw damaged(row, error instanceof Error ? error.message : String(error))
  }
}

function parseJson(text: string): unknown {
  return JSON.parse(text)
}

function damaged(row: unknown, happened: string) {
  const place = z.looseObject({ chain: z.string(), seq: z.number() }).safeParse(row)
  const name = place.success ? `entry ${place.data.seq} of chain ${place.data.chain}` : 'an entry'
  return refuse('damaged', {
    tried: `Read ${name} of the journal`,
    happened,
    next: "Run 'muster verify' to see what else is damaged, and go on from a backup or mirror.",
  })
}
