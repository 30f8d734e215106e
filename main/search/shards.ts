import { indexedText } from '../../shared/search/words.ts'
import type { Connection } from '../journal/sqlite.ts'

/** Rows that match, newest first or best first. A lower score is a better match (FTS5's bm25). */
export interface Row {
  readonly id: number
  readonly score: number
}

export interface Range {
  readonly from: number
  readonly to: number
}

interface Shard {
  readonly no: number
  readonly insert: (id: number, text: string, tokens: string) => void
  readonly remove: (id: number) => void
  readonly newest: (expression: string, from: number, to: number, limit: number) => number[]
  readonly best: (expression: string, from: number, to: number, limit: number) => Row[]
}

/**
 * A full-text index in shards of consecutive ids: a query for the newest looks into the newest shard first and seldom into
 * another, so that a beginning of a word that stands in every second entry costs no more than one shard holds (FTS5
 * gathers all rows of a prefix before it gives the first). The texts themselves are not kept
 * (https://sqlite.org/fts5.html#contentless_delete_tables). Ids must be inserted in about rising order.
 */
export class Shards {
  readonly #db
  readonly #name
  readonly #size
  readonly #open = new Map<number, Shard>()
  #known: number[] = []
  #schema = -1
  readonly #schemaVersion
  readonly #loose
  readonly #seal

  /** `size`: how many ids one shard spans. */
  constructor(db: Connection, name: 'words' | 'pieces', size: number) {
    this.#db = db
    this.#name = name
    this.#size = size
    this.#schemaVersion = db.prepare('PRAGMA schema_version').pluck()
    this.#loose = db.prepare<[string], string>('SELECT name FROM shard WHERE is_sealed = 0 AND name GLOB ?').pluck()
    this.#seal = db.prepare('UPDATE shard SET is_sealed = 1 WHERE name = ?')
  }

  /** `tokens`: words that no text holds (see `Facets`), behind it. */
  insert(id: number, text: string, tokens: string): void {
    this.#make(this.#shardOf(id)).insert(id, text, tokens)
  }

  remove(id: number): void {
    const no = this.#shardOf(id)
    if (this.#numbers().includes(no)) this.#shard(no).remove(id)
  }

  /** Packs a shard that got its last rows: once, as that takes long. Answers whether there was one. */
  sealOne(): boolean {
    const newest = this.#numbers()[0]
    const loose = this.#loose
      .all(`${this.#name}_*`)
      .find((table) => newest !== undefined && table !== this.#table(newest))
    if (loose === undefined) return false
    this.#pack(loose)
    this.#seal.run(loose)
    return true
  }

  /**
   * Writes the shards of these ids anew, without what was removed: until then, removed words stay in the file
   * (a contentless table only notes which rows are gone).
   */
  rewrite(ids: readonly number[]): void {
    const known = this.#numbers()
    for (const no of new Set(ids.map((id) => this.#shardOf(id)))) if (known.includes(no)) this.#pack(this.#table(no))
  }

  /** Ids within the range that match, highest first, `limit` at most. */
  newest(expression: string, { from, to }: Range, limit: number): number[] {
    const found: number[] = []
    for (const no of this.#within(from, to)) {
      found.push(...this.#shard(no).newest(expression, from, to, limit - found.length))
      if (found.length >= limit) break
    }
    return found
  }

  /**
   * The best matches within the range, shard by shard from the newest on, for as long as `mayGoOn` says so. `from` is where
   * it stopped: older rows were not looked at.
   */
  best(expression: string, range: Range, limit: number, mayGoOn: () => boolean): { rows: Row[]; from: number } {
    const rows: Row[] = []
    let from = range.to
    for (const no of this.#within(range.from, range.to)) {
      if (rows.length > 0 && !mayGoOn()) return { rows: bestOf(rows, limit), from }
      rows.push(...this.#shard(no).best(expression, range.from, range.to, limit))
      from = no * this.#size
    }
    return { rows: bestOf(rows, limit), from: range.from }
  }

  /** Forgets what it knows of the tables: after a transaction that was rolled back. */
  forget(): void {
    this.#schema = -1
    this.#open.clear()
  }

  #within(from: number, to: number): number[] {
    return this.#numbers().filter((no) => no <= this.#shardOf(to) && no >= this.#shardOf(from))
  }

  #shardOf(id: number): number {
    return Math.floor(id / this.#size)
  }

  #table(no: number): string {
    return `${this.#name}_${no}`
  }

  /** The shards that there are, newest first; another process may have made one. */
  #numbers(): readonly number[] {
    const schema = Number(this.#schemaVersion.get())
    if (schema !== this.#schema) {
      this.#known = this.#db
        .prepare<[string], string>('SELECT name FROM shard WHERE name GLOB ?')
        .pluck()
        .all(`${this.#name}_*`)
        .map((name) => Number(name.slice(this.#name.length + 1)))
        .toSorted((a, b) => b - a)
      this.#schema = schema
    }
    return this.#known
  }

  #make(no: number): Shard {
    const open = this.#open.get(no)
    if (open !== undefined) return open
    if (!this.#numbers().includes(no)) {
      const table = this.#table(no)
      this.#db.exec(
        `CREATE VIRTUAL TABLE ${table} USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'ascii')`,
      )
      this.#db.prepare('INSERT INTO shard (name, is_sealed) VALUES (?, 0)').run(table)
    }
    return this.#shard(no)
  }

  #shard(no: number): Shard {
    const open = this.#open.get(no)
    if (open !== undefined) return open
    const shard = shardOf(this.#db, this.#table(no), no)
    this.#open.set(no, shard)
    return shard
  }

  #pack(table: string): void {
    this.#db.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`)
  }
}

/** Ids are bound as bigints: as a number beyond 32 bits, better-sqlite3 binds a REAL, which FTS5 takes for no rowid. */
function shardOf(db: Connection, table: string, no: number): Shard {
  const within = `${table} MATCH ? AND rowid BETWEEN ? AND ?`
  const insert = db.prepare(`INSERT INTO ${table} (rowid, text) VALUES (?, ?)`)
  const remove = db.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
  const newest = db
    .prepare<[string, bigint, bigint, number], number>(
      `SELECT rowid FROM ${table} WHERE ${within} ORDER BY rowid DESC LIMIT ?`,
    )
    .pluck()
  const best = db.prepare<[string, bigint, bigint, number], Row>(
    `SELECT rowid AS id, rank AS score FROM ${table} WHERE ${within} ORDER BY rank LIMIT ?`,
  )
  return {
    no,
    insert: (id, text, tokens) => void insert.run(BigInt(id), `${indexedText(text)} ${tokens}`),
    remove: (id) => void remove.run(BigInt(id)),
    newest: (expression, from, to, limit) => newest.all(expression, BigInt(from), BigInt(to), limit),
    best: (expression, from, to, limit) => best.all(expression, BigInt(from), BigInt(to), limit),
  }
}

/** The best of several shards: each knows how rare a word is among its own rows only, which differs little. */
function bestOf(rows: readonly Row[], limit: number): Row[] {
  return rows.toSorted((a, b) => a.score - b.score || b.id - a.id).slice(0, limit)
}
