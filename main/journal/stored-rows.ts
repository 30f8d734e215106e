import Database from 'better-sqlite3'
import { z } from 'zod'
import { type RefusalError, refuse } from '../../shared/refusal.ts'
import type { Connection } from './sqlite.ts'

/** An entry and its body exactly as the tables hold them; `salt` and `bytes` are null once the body was erased. */
export interface StoredEntry {
  readonly id: number
  readonly incident: string
  readonly chain: string
  readonly kind: string
  readonly at: string
  readonly hash: string
  readonly salt: Uint8Array | null
  readonly bytes: Uint8Array | null
}

const headerColumns = `id, incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
  body_hash, "after", prev, hash`

/** How many rows go over at once: one transaction, one sync. */
const ROWS = 500

/** Rows of a journal as they are stored, in the order of their arrival. A connection that only reads may ask. */
export class StoredRows {
  readonly #file: string
  readonly #since
  readonly #byId
  readonly #last
  readonly #ledger
  readonly #isOwn
  readonly #bundles

  constructor(db: Connection) {
    this.#file = db.name
    this.#since = db.prepare<[number], StoredEntry>(
      `SELECT ${headerColumns}, b.salt, b.bytes FROM entry LEFT JOIN body b ON b.entry = id
       WHERE id > ? ORDER BY id LIMIT ${ROWS}`,
    )
    this.#byId = db.prepare<[number], { hash: string }>('SELECT hash FROM entry WHERE id = ?')
    this.#last = db.prepare('SELECT coalesce(max(id), 0) FROM entry').pluck()
    this.#ledger = db.prepare('SELECT ledger FROM desk').pluck()
    this.#isOwn = db.prepare('SELECT 1 FROM own_chain WHERE chain = ?').pluck()
    // The last entry about the bytes in each incident: what was erased may have been kept again. What is named must be a
    // hash: entries of another desk, and of a newer Muster, may say anything.
    this.#bundles = db.prepare<[], { bundle: string; kind: 'erased' | 'evidence-kept' }>(
      `SELECT DISTINCT bundle, kind FROM (
         SELECT bundle, kind, row_number() OVER (
           PARTITION BY incident, bundle ORDER BY lamport DESC, chain DESC, seq DESC) AS place FROM (
           SELECT incident, lamport, chain, seq, kind, json_extract(CAST(b.bytes AS TEXT), '$.bundle') AS bundle
           FROM entry JOIN body b ON b.entry = id WHERE kind IN ('erased', 'evidence-kept'))
         WHERE length(bundle) = 64 AND bundle NOT GLOB '*[^0-9a-f]*')
       WHERE place = 1`,
    )
  }

  /** Rows that arrived after number `arrival`, 500 at most. */
  since(arrival: number): StoredEntry[] {
    try {
      return this.#since.all(arrival)
    } catch (error) {
      if (!isDamage(error)) throw error
      // Without its cause: whoever copies must not take it for a failure of the copy.
      throw refuse('damaged', {
        tried: `Read ${this.#file}`,
        happened: `The journal ${this.#file} is damaged behind entry ${arrival}: ${error.message}.`,
        next: 'What was copied is whole. Go on there (`muster open FOLDER`), and keep the damaged folder.',
      })
    }
  }

  hashAt(arrival: number): string | null {
    return this.#byId.get(arrival)?.hash ?? null
  }

  last(): number {
    return Number(this.#last.get())
  }

  /** The incident id of the ledger; null where no desk has opened this journal yet. */
  ledger(): string | null {
    const known = this.#ledger.get()
    return typeof known === 'string' ? known : null
  }

  /** Whether this data folder writes the chain itself; what it does not write came by a merge. */
  isOwnChain(chain: string): boolean {
    return this.#isOwn.get(chain) !== undefined
  }

  /** The bundles of evidence whose bytes an entry says were erased, and that no incident holds otherwise. */
  erasedBundles(): ReadonlySet<string> {
    const bundles = this.#bundles.all()
    const kept = new Set(bundles.flatMap(({ bundle, kind }) => (kind === 'erased' ? [] : [bundle])))
    return new Set(bundles.flatMap(({ bundle }) => (kept.has(bundle) ? [] : [bundle])))
  }

  /** The bundles of evidence whose bytes should be there: kept for an incident, and not erased from it since. */
  keptBundles(): readonly string[] {
    return this.#bundles.all().flatMap(({ bundle, kind }) => (kind === 'erased' ? [] : [bundle]))
  }
}

/** How a copy stands to its original: nothing in it yet, the beginning of it, or something else. */
export type Likeness = 'empty' | 'beginning' | 'other-desk' | 'went-on'

/**
 * Writes rows of one journal into another, which holds the beginning of the first and nothing else. What erases a body
 * there erases it here: the triggers are the same.
 */
export class RowCopier {
  readonly #db: Connection
  readonly #rows: StoredRows
  readonly #entry
  readonly #body
  readonly #desk
  readonly #ownChains
  readonly #transaction

  constructor(db: Connection) {
    this.#db = db
    this.#rows = new StoredRows(db)
    this.#entry = db.prepare(
      `INSERT INTO entry (${headerColumns}) VALUES (@id, @incident, @chain, @seq, @lamport, @at, @happened_at, @clock,
        @mode, @actor, @recorded_by, @kind, @version, @body_hash, @after, @prev, @hash)`,
    )
    this.#body = db.prepare('INSERT INTO body (entry, salt, bytes) VALUES (@id, @salt, @bytes)')
    this.#desk = db.prepare('INSERT INTO desk (only, ledger) SELECT 1, ? WHERE NOT EXISTS (SELECT 1 FROM desk)')
    this.#ownChains = db.prepare('SELECT count(*) FROM own_chain').pluck()
    this.#transaction = db.transaction((work: () => unknown) => work())
  }

  /** How far the copy has come. */
  last(): number {
    return this.#rows.last()
  }

  /** Whether this copy holds the beginning of `original`. Costs a few look-ups: each hash vouches for all before it. */
  likeness(original: StoredRows): Likeness {
    const ledger = this.#rows.ledger()
    const last = this.#rows.last()
    if (last === 0 && (ledger === null || ledger === original.ledger())) return 'empty'
    if (ledger !== original.ledger()) return 'other-desk'
    const isBeginning = original.hashAt(last) === this.#rows.hashAt(last)
    return isBeginning && Number(this.#ownChains.get()) === 0 ? 'beginning' : 'went-on'
  }

  /**
   * Copies the next rows in one transaction, and answers them: none where the copy is whole. Rejects with a refusal
   * (`not-allowed`) where the copy is no longer the beginning of the original: nothing is written then. `beforeErasing` is
   * told the hash of each entry whose body is about to go from the copy.
   */
  copyNext(original: StoredRows, beforeErasing: (entry: string) => void = () => undefined): StoredEntry[] {
    return this.#transaction.immediate(() => {
      const likeness = this.likeness(original)
      if (likeness === 'other-desk' || likeness === 'went-on')
        throw wentOn(`Copy the journal into ${this.#db.name}`, likeness)
      const ledger = original.ledger()
      if (likeness === 'empty' && ledger !== null) this.#desk.run(ledger)
      const rows = original.since(this.#rows.last())
      for (const row of rows) {
        this.#entry.run(row)
        const target = row.kind === 'erased' ? erasedEntry(row) : null
        if (target !== null) beforeErasing(target)
        if (row.bytes !== null) this.#body.run(row)
      }
      return rows
    }) as StoredEntry[]
  }
}

/** Why rows are not copied into something that is not the beginning of the original. */
export function wentOn(tried: string, likeness: 'other-desk' | 'went-on'): RefusalError {
  return refuse('not-allowed', {
    tried,
    happened:
      likeness === 'other-desk'
        ? 'It holds the journal of another desk.'
        : 'Somebody opened it as a desk and went on there: it holds entries that are not here.',
    next:
      likeness === 'other-desk'
        ? 'Choose another folder.'
        : 'Bring its entries here (`muster journal export` there, `muster journal import` here), then choose another folder.',
  })
}

/** As loose as the trigger that takes the body: a newer Muster's entry erases too. */
const erasedSchema = z.looseObject({ entry: z.string() })

function erasedEntry({ bytes }: StoredEntry): string | null {
  if (bytes === null) return null
  return erasedSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data?.entry ?? null
}

function isDamage(error: unknown): error is Error {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(error.code)
}
