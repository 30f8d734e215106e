import { z } from 'zod'
import { type Entry, entrySchema } from '../../shared/journal/header.ts'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
import type { Connection } from './sqlite.ts'

const columns = `e.id, e.incident, e.chain, e.seq, e.lamport, e.at, e.happened_at, e.clock, e.mode, e.actor, e.recorded_by,
  e.kind, e.version, e.body_hash, e."after", e.prev, e.hash, b.bytes`
const from = 'entry e LEFT JOIN body b ON b.entry = e.id'

/** How many arrivals are read at once. A bound LIMIT would make SQLite 3.54 plan the statement anew at each call: 7 µs for 0.8. */
export const ARRIVALS = 500

/** What of a row is not the entry's own text: JSON columns as text, the body's bytes (null once erased). */
const rowSchema = z.looseObject({
  id: z.int(),
  clock: z.string(),
  actor: z.string(),
  recorded_by: z.string(),
  after: z.string(),
  bytes: z.instanceof(Uint8Array).nullable(),
})
const placedHeaderSchema = entrySchema.omit({ body: true })

/** An entry with the number under which this database holds it; the number rises with arrival. */
export interface ArrivedEntry {
  readonly arrival: number
  readonly entry: Entry
}

/** Questions to the journal; a connection that only reads may ask them. */
export class EntryReader {
  readonly #since
  readonly #page
  readonly #each
  readonly #byHash
  readonly #byIds
  readonly #last

  constructor(db: Connection) {
    this.#since = db.prepare(`SELECT ${columns} FROM ${from} WHERE e.id > ? ORDER BY e.id LIMIT ${ARRIVALS}`)
    // Past rows are skipped in the index alone, which holds all that the inner question asks.
    this.#page = db.prepare(
      `SELECT ${columns} FROM ${from} WHERE e.id IN (
        SELECT id FROM entry WHERE incident = ? ORDER BY lamport, chain, seq LIMIT ? OFFSET ?
      ) ORDER BY e.lamport, e.chain, e.seq`,
    )
    this.#each = db.prepare(
      `SELECT ${columns} FROM ${from} WHERE e.incident = ? AND e.id <= ? ORDER BY e.lamport, e.chain, e.seq`,
    )
    this.#byHash = db.prepare(`SELECT ${columns} FROM ${from} WHERE e.hash = ?`)
    this.#byIds = db.prepare(
      `SELECT ${columns} FROM json_each(?) j JOIN entry e ON e.id = j.value LEFT JOIN body b ON b.entry = e.id ORDER BY j.key`,
    )
    this.#last = db.prepare('SELECT coalesce(max(id), 0) FROM entry').pluck()
  }

  /** Entries that arrived after number `arrival`, oldest first, `ARRIVALS` at most. */
  since(arrival: number): ArrivedEntry[] {
    return this.#since.all(arrival).map(readRow)
  }

  /** Entries of an incident in the order of the fold, from position `from`, `count` at most. */
  page(incident: string, from: number, count: number): Entry[] {
    return this.#page.all(incident, count, from).map((row) => readRow(row).entry)
  }

  /** Entries of an incident in the order of the fold, one at a time, up to an arrival. Nothing may be written meanwhile. */
  *each(incident: string, arrival = Number.MAX_SAFE_INTEGER): Generator<Entry> {
    for (const row of this.#each.iterate(incident, arrival)) yield readRow(row).entry
  }

  byHash(hash: string): Entry | null {
    const row = this.#byHash.get(hash)
    return row === undefined ? null : readRow(row).entry
  }

  /** The entries under these numbers, in the order in which they are named; a number without one is left out. */
  byIds(ids: readonly number[]): Entry[] {
    return this.#byIds.all(JSON.stringify(ids)).map((row) => readRow(row).entry)
  }

  lastArrival(): number {
    return Number(this.#last.get())
  }
}

/** Parses a row into an entry; a row that is not of the journal's form is reported as damage, naming the entry. */
export function readRow(row: unknown): ArrivedEntry {
  const parsed = rowSchema.safeParse(row)
  if (!parsed.success) throw damaged(row, z.prettifyError(parsed.error))
  const { id, bytes, salt: _salt, ...columns } = parsed.data
  try {
    const header = placedHeaderSchema.parse({
      ...columns,
      clock: parseJson(columns.clock),
      actor: parseJson(columns.actor),
      recorded_by: parseJson(columns.recorded_by),
      after: parseJson(columns.after),
    })
    // What comes out of JSON.parse is JSON: a schema would only copy it, and lose a key named __proto__ on the way.
    const body = bytes === null ? null : parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString())
    return { arrival: id, entry: { ...header, body } }
  } catch (error) {
    throw damaged(row, messageOf(error))
  }
}

function parseJson(text: string): Entry['body'] {
  return JSON.parse(text) as Entry['body']
}

/** Why a row cannot be read: it is not of the journal's form. */
export class DamagedRow extends Error {}

function damaged(row: unknown, happened: string) {
  const place = z.looseObject({ chain: z.string(), seq: z.number() }).safeParse(row)
  const name = place.success ? `entry ${place.data.seq} of chain ${place.data.chain}` : 'an entry'
  return refuse('damaged', {
    tried: `Read ${name} of the journal`,
    happened,
    next: "Run 'muster verify' to see what else is damaged, and go on from a backup or mirror.",
    cause: new DamagedRow(happened),
  })
}
