import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { messageOf } from '../../shared/message-of.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { assertSqliteVersion, type Connection, createPrivately } from '../journal/sqlite.ts'
import type { JournalReader } from './journal-reader.ts'

/** 'MSRC': marks the file as a search index of Muster. */
const APPLICATION_ID = 0x4d53_5243
/** Rises with every change of what stands in the index or how: an index of another format is built anew. */
const FORMAT = 1
const WAIT_MS = 2_000

/**
 * `progress`: everything up to `upto` (an arrival number of the journal, whose entry has `hash`) is in the index. `mark`: the
 * same for points before. `facet`: what filters ask for, each with the arrivals between which it stands. `span`: between
 * which times the entries of 1,024 arrivals were logged. `star`: hashes of starred entries. `waiting`: evidence to be
 * read. `piece`: a stretch of a text that is evidence, compressed, as excerpts are cut from it.
 */
const TABLES = `
CREATE TABLE progress (only INTEGER PRIMARY KEY CHECK (only = 1), ledger TEXT NOT NULL, upto INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE mark (arrival INTEGER PRIMARY KEY, hash TEXT NOT NULL) STRICT;
CREATE TABLE facet (no INTEGER PRIMARY KEY, sort TEXT NOT NULL, name TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, UNIQUE (sort, name)) STRICT;
CREATE TABLE span (no INTEGER PRIMARY KEY, first_at TEXT NOT NULL, last_at TEXT NOT NULL) STRICT;
CREATE TABLE star (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE kept (entry INTEGER PRIMARY KEY, bundle TEXT NOT NULL) STRICT;
CREATE TABLE waiting (entry INTEGER PRIMARY KEY, tries INTEGER NOT NULL) STRICT;
CREATE TABLE piece (id INTEGER PRIMARY KEY, item TEXT NOT NULL, text BLOB NOT NULL) STRICT;
CREATE TABLE shard (name TEXT PRIMARY KEY, is_sealed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

/** Where a data folder keeps its search index. It holds nothing that the journal and the evidence do not: it may be deleted. */
export function indexFile(folder: string): string {
  return join(folder, 'search.db')
}

/** The open index. `isCurrent`: whether the file under its name is still the one that is open. */
export interface IndexFile {
  readonly db: Connection
  isCurrent(): boolean
  close(): void
}

/**
 * Opens the index of a data folder, made anew where there is none, or one that is damaged, foreign, of another format,
 * or not of this journal (which was restored from a backup, say). Refuses (`storage`) where the folder takes no file.
 */
export function openIndexFile(folder: string, journal: JournalReader): IndexFile {
  const file = indexFile(folder)
  try {
    const found = tryOpen(file, journal)
    if (found !== null) return found
    discardIndex(folder, inodeOf(file))
    const made = tryOpen(file, journal)
    if (made !== null) return made
  } catch (error) {
    // The journal's own troubles are told as such.
    throw error instanceof RefusalError ? error : notOpened(file, error)
  }
  throw notOpened(file, new Error('What was made anew is not fit either'))
}

/**
 * Takes the index's files away, unless another process was first (`inode`: that of the file that was found unfit).
 * Under a lock, as a process that just made a new one must not lose the log beside it.
 */
export function discardIndex(folder: string, inode: number | null): void {
  const lock = new Database(join(folder, 'search.lock'), { timeout: WAIT_MS })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    const file = indexFile(folder)
    if (inodeOf(file) !== inode) return
    for (const part of ['-wal', '-shm', '']) rmSync(`${file}${part}`, { force: true, recursive: true })
  } finally {
    lock.close()
  }
}

/** Whether an error says that the index itself is unfit, which making it anew cures; a failing disk is another matter. */
export function isUnfit(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false
  if (error.code === 'SQLITE_ERROR') return /no such (table|column)|vtable constructor failed/.test(error.message)
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT|CONSTRAINT|IOERR_SHORT_READ|READONLY_DBMOVED)/.test(error.code)
}

export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** Null where what lies there is not the index of this journal. */
function tryOpen(file: string, journal: JournalReader): IndexFile | null {
  let db: Connection | null = null
  try {
    // What people said stands in it: for its owner alone, as the journal is.
    createPrivately(file)
    db = new Database(file, { timeout: WAIT_MS })
    const opened = db
    assertSqliteVersion(opened)
    settle(opened)
    if (!isOurs(opened, journal)) {
      opened.close()
      return null
    }
    const inode = inodeOf(file)
    return { db: opened, isCurrent: () => inodeOf(file) === inode, close: () => opened.close() }
  } catch (error) {
    db?.close()
    if (isUnfit(error) || isFolder(file)) return null
    throw error
  }
}

/** NORMAL: a power cut may take the newest rounds, and the journal gives them again. Pages that are freed are blanked. */
function settle(db: Connection): void {
  // Takes effect on a new file alone, before anything is in it.
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('secure_delete = ON')
  db.pragma('wal_autocheckpoint = 4000')
  db.pragma('cache_size = -32000')
  db.pragma('temp_store = MEMORY')
}

function isOurs(db: Connection, journal: JournalReader): boolean {
  return db
    .transaction((): boolean => {
      const isEmpty = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
      if (isEmpty) makeTables(db, journal.ledger())
      const application = db.pragma('application_id', { simple: true })
      const format = db.pragma('user_version', { simple: true })
      return application === APPLICATION_ID && format === FORMAT && isOfJournal(db, journal)
    })
    .immediate()
}

function makeTables(db: Connection, ledger: string): void {
  db.exec(TABLES)
  db.prepare("INSERT INTO progress (only, ledger, upto, hash) VALUES (1, ?, 0, '')").run(ledger)
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma(`user_version = ${FORMAT}`)
}

/** Whether every point that the index remembers is the journal's: else the journal was restored or exchanged. */
function isOfJournal(db: Connection, journal: JournalReader): boolean {
  const progress = db.prepare<[], { ledger: string; upto: number; hash: string }>('SELECT * FROM progress').get()
  if (progress === undefined || progress.ledger !== journal.ledger()) return false
  const marks = db.prepare<[], { arrival: number; hash: string }>('SELECT arrival, hash FROM mark').all()
  const points = progress.upto === 0 ? marks : [...marks, { arrival: progress.upto, hash: progress.hash }]
  return points.every(({ arrival, hash }) => journal.hashAt(arrival) === hash)
}

function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
}

function notOpened(file: string, cause: unknown) {
  return refuse('storage', {
    tried: `Open the search index ${file}`,
    happened: messageOf(cause),
    next: 'Make room on the disk or make the data folder writable. Everything but search works without it.',
    cause,
  })
}
