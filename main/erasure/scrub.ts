import { closeSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openConnection, patiently } from '../journal/sqlite.ts'

/** What is looked for in the journal's file after its row is gone: bytes that stood in the row and nowhere else. */
export interface Traces {
  readonly salt: Buffer
  readonly slices: readonly Buffer[]
}

const SLICE = 48
const PIECE = 1_048_576

/** What a body leaves to be looked for; null where there is none of that entry. */
export function tracesOf(file: string, entry: string): Traces | null {
  const db = openConnection(file, 'read')
  try {
    const row = patiently(() =>
      db
        .prepare<[string], { salt: Buffer; bytes: Buffer }>(
          'SELECT b.salt, b.bytes FROM body b JOIN entry e ON e.id = b.entry WHERE e.hash = ?',
        )
        .get(entry),
    )
    return row === undefined ? null : { salt: row.salt, slices: slicesOf(row.bytes) }
  } finally {
    db.close()
  }
}

/** From the beginning, the middle and the end: a page that SQLite rebuilt may hold any part. */
function slicesOf(bytes: Buffer): Buffer[] {
  if (bytes.length < SLICE) return []
  const middle = Math.floor((bytes.length - SLICE) / 2)
  const starts = new Set([0, middle, bytes.length - SLICE])
  return Array.from(starts, (start) => Buffer.from(bytes.subarray(start, start + SLICE)))
}

/**
 * Takes what SQLite may still hold of deleted rows out of the journal's files: the write-ahead log is emptied, and where
 * traces are left in pages that were rebuilt, the file is written anew (`secure_delete` overwrites what is freed, not what
 * an earlier balancing of the tree left behind: 5 of 2,500 deletions, SQLite 3.54.1). `traces` null: what to look for is not
 * known, so the file is written anew. False where another process was reading all the while, `waitMs` long: to be tried
 * again.
 */
export function scrubJournal(file: string, traces: Traces | null, waitMs: number): boolean {
  const db = openConnection(file, 'write')
  try {
    db.pragma(`busy_timeout = ${waitMs}`)
    const emptyLog = () => {
      const [outcome] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      return outcome?.busy === 0
    }
    if (!emptyLog()) return false
    if (traces !== null && !hasTrace(file, onlyIn(traces))) return true
    patiently(() => db.exec('VACUUM'))
    return emptyLog()
  } finally {
    db.close()
  }

  /** Words that another entry holds as well are no trace of this one. */
  function onlyIn({ salt, slices }: Traces): Buffer[] {
    const elsewhere = db.prepare('SELECT 1 FROM body WHERE instr(bytes, ?) > 0 LIMIT 1')
    return [salt, ...slices.filter((slice) => elsewhere.get(slice) === undefined)]
  }
}

/** Reads the file piece by piece: a journal may be larger than memory. */
function hasTrace(file: string, wanted: readonly Buffer[]): boolean {
  const descriptor = readerOf(file)
  const buffer = Buffer.alloc(PIECE + SLICE)
  let kept = 0
  for (let at = 0; ; ) {
    const read = readSync(descriptor, buffer, kept, PIECE, at)
    if (read === 0) return false
    const seen = buffer.subarray(0, kept + read)
    if (wanted.some((bytes) => seen.includes(bytes))) return true
    at += read
    kept = Math.min(SLICE, seen.length)
    buffer.copy(buffer, 0, seen.length - kept, seen.length)
  }
}

const readers = new Map<string, { readonly descriptor: number; readonly place: string }>()

/**
 * A descriptor that stays open for as long as the file is there: to close it would take away the locks of every
 * connection of this process (see `createPrivately`).
 */
function readerOf(file: string): number {
  const { ino, dev } = statSync(file, { bigint: true })
  const place = `${ino} ${dev}`
  const known = readers.get(file)
  if (known?.place === place) return known.descriptor
  if (known !== undefined) closeSync(known.descriptor)
  const descriptor = openSync(file, 'r')
  readers.set(file, { descriptor, place })
  return descriptor
}

/** Copies of the journal that lie beside it, by name: they hold every text as it was. */
export interface Copies {
  /** Made by updates of Muster; nobody else needs them. */
  readonly byUpdates: readonly string[]
  /** Rescued, or made by a person: theirs to remove. */
  readonly others: readonly string[]
}

export function copiesBeside(file: string): Copies {
  const own = basename(file)
  const copies = readdirSync(dirname(file)).filter((name) => name.startsWith(`${own}.`))
  const isByUpdate = (name: string) => name.startsWith(`${own}.before-`)
  return { byUpdates: copies.filter(isByUpdate), others: copies.filter((name) => !isByUpdate(name)) }
}

/** Removes the copies that updates made; answers their names. */
export function removeOldCopies(file: string): readonly string[] {
  const { byUpdates } = copiesBeside(file)
  for (const copy of byUpdates) rmSync(join(dirname(file), copy), { force: true })
  return byUpdates
}
