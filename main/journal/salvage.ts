import Database from 'better-sqlite3'
import { RefusalError } from '../../shared/refusal.ts'
import { migrations } from './migrations.ts'
import { DamagedRow, readRow } from './rows.ts'
import { type Connection, openConnection } from './sqlite.ts'

/** What could be read of a damaged journal, in a database of its own that vanishes when it is closed. */
export interface Salvaged {
  readonly db: Connection
  readonly ledger: string | null
  readonly kept: number
  /** How many entries could not be read; null where nobody can say. */
  readonly lost: number | null
}

/** How many rows are asked for at once. */
const STRIDE = 64
const ENTRY_COLUMNS =
  'id, incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version, body_hash, "after", prev, hash'

/** Whether an error says that the journal itself is damaged: SQLite cannot read it, or a row is not of its form. */
export function isDamage(error: unknown): boolean {
  if (error instanceof Database.SqliteError) {
    return error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')
  }
  if (error instanceof DamagedRow) return true
  return error instanceof RefusalError && isDamage(error.cause)
}

/**
 * Copies what can be read of a damaged journal, entry by entry, and writes nothing into it. A journal of which nothing
 * can be read gives an empty one.
 */
export function salvage(file: string): Salvaged {
  const db = emptyJournal()
  const source = openOrNull(file)
  if (source === null) return { db, ledger: null, kept: 0, lost: null }
  try {
    const ledger = orNull(() => source.prepare('SELECT ledger FROM desk').pluck().get())
    const last = lastRow(source)
    const kept = db.transaction(() => copyRows(source, db, last ?? 0))()
    return {
      db,
      ledger: typeof ledger === 'string' ? ledger : null,
      kept,
      lost: last === null ? null : last - kept,
    }
  } finally {
    source.close()
  }
}

/** Keeps the file from being written when other connections to it close: only the last one that may write would. */
export function holdUnwritten(file: string): Connection | null {
  const db = openOrNull(file)
  orNull(() => db?.prepare('SELECT count(*) FROM sqlite_schema').get())
  return db
}

/** The journal's tables without their triggers: what is left of a chain need not be whole. */
function emptyJournal(): Connection {
  const db = new Database('')
  for (const { sql } of migrations) db.exec(sql)
  const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()
  for (const trigger of triggers) db.exec(`DROP TRIGGER ${trigger}`)
  return db
}

function copyRows(source: Connection, into: Connection, last: number): number {
  const columns = ENTRY_COLUMNS.split(', ')
  const entry = into.prepare(`INSERT OR IGNORE INTO entry (${ENTRY_COLUMNS}) VALUES (${columns.map(() => '?').join()})`)
  const body = into.prepare('INSERT OR IGNORE INTO body (entry, salt, bytes) VALUES (?, ?, ?)')
  let kept = 0
  for (const row of readableRows(source, last)) {
    const { salt, bytes, ...header } = row
    if (orNull(() => readRow(row)) === null) continue
    if (entry.run(...columns.map((column) => header[column.replaceAll('"', '')])).changes === 0) continue
    if (salt !== null && bytes !== null) body.run(header['id'], salt, bytes)
    kept += 1
  }
  return kept
}

type Row = Readonly<Record<string, unknown>>

/** All rows up to `last` that can be read: by strides, and within a stride that cannot be, row by row. */
function* readableRows(source: Connection, last: number): Generator<Row> {
  const select = `SELECT e.*, b.salt, b.bytes FROM entry e LEFT JOIN body b ON b.entry = e.id`
  const stride = orNull(() =>
    source.prepare<[number, number], Row>(`${select} WHERE e.id > ? AND e.id <= ? ORDER BY e.id`),
  )
  const one = orNull(() => source.prepare<[number], Row>(`${select} WHERE e.id = ?`))
  // The entry may be whole where its body is not.
  const bare = orNull(() =>
    source.prepare<[number], Row>('SELECT *, NULL AS salt, NULL AS bytes FROM entry WHERE id = ?'),
  )
  for (let from = 0; from < last; from += STRIDE) {
    const to = Math.min(from + STRIDE, last)
    const rows = orNull(() => stride?.all(from, to))
    if (rows !== null) {
      yield* rows
      continue
    }
    for (let id = from + 1; id <= to; id += 1) {
      const row = orNull(() => one?.get(id)) ?? orNull(() => bare?.get(id))
      if (row !== null) yield row
    }
  }
}

/** The number of the last row, from whatever can still say it. */
function lastRow(source: Connection): number | null {
  const answers = [
    'SELECT max(id) FROM entry',
    'SELECT max(entry) FROM body',
    'SELECT max(id) FROM entry INDEXED BY entry_in_fold_order',
  ].map((sql) => Number(orNull(() => source.prepare(sql).pluck().get()) ?? 0))
  const most = Math.max(...answers)
  return most > 0 ? most : null
}

function openOrNull(file: string): Connection | null {
  return orNull(() => openConnection(file, 'read'))
}

/** What cannot be read is left out: that is all that can be done about it. */
function orNull<T>(work: () => T | undefined): T | null {
  try {
    return work() ?? null
  } catch {
    return null
  }
}
