import { type Connection, openConnection, refusingSqliteErrors } from '../journal/sqlite.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { journalFile } from '../journal/journal-store.ts'
import type { IndexState } from '../../shared/search/found.ts'
import { EntryIndexer } from './entry-indexer.ts'
import { EvidenceIndexer } from './evidence-indexer.ts'
import { Facets } from './facets.ts'
import { Finder, type FoundThere, type Question } from './finder.ts'
import { discardIndex, type IndexFile, indexFile, isBusy, isUnfit, openIndexFile } from './index-file.ts'
import { JournalReader } from './journal-reader.ts'
import { PIECES_PER_ENTRY } from './pieces.ts'
import { Shards } from './shards.ts'
import { statSync } from 'node:fs'

/** How many arrivals a shard of the index spans: a beginning of a word costs what one shard holds of it. */
const usualSizes = { entries: 65_536, evidence: 16_384 }
/** As long as one slice of work may take, in ms: a question waits no longer. */
const SLICE_MS = 12
/** A point is remembered at least this often. */
const MARK_EVERY = 65_536
/** Pages that may stand free without being given back, and how many are given back at once. */
const FREE_PAGES = 250
/** So many arrivals behind is behind; fewer are a moment's. */
const BEHIND = 500

/** The index over an open file, with everything that works on it. */
interface Opened {
  readonly file: IndexFile
  readonly entries: EntryIndexer
  readonly evidence: EvidenceIndexer
  readonly finder: Finder
  readonly waiting: { get(): unknown }
  readonly facets: Facets
  readonly shards: readonly Shards[]
}

/** What became of a slice of work. `busy`: another process is writing the index. */
export type Slice = 'worked' | 'idle' | 'busy'

/**
 * The search index of one data folder: follows the journal in slices, and answers questions in between. Several processes
 * may have one on the same folder: they write in turn, and each finds what another wrote. Lives on the search thread.
 */
export class SearchIndex {
  readonly #folder: string
  readonly #sizes: typeof usualSizes
  readonly #journalDb: Connection
  readonly #journal: JournalReader
  readonly #store: EvidenceStore
  #open: Opened
  #journalVersion = -1
  #mustEmptyLog = true

  /** Refuses (`storage`, `damaged`) where the journal cannot be read or the folder takes no index. */
  constructor(folder: string, sizes = usualSizes) {
    this.#folder = folder
    this.#sizes = sizes
    this.#journalDb = openConnection(journalFile(folder), 'read')
    this.#store = new EvidenceStore(folder)
    try {
      const db = this.#journalDb
      this.#journal = refusingSqliteErrors(journalFile(folder), () => new JournalReader(db, journalFile(folder)))
      this.#open = this.#openFile()
    } catch (error) {
      this.#journalDb.close()
      throw error
    }
  }

  /** Brings the next rows of the journal into the index, for about `SLICE_MS`. */
  follow(): Slice {
    const version = this.#journal.version()
    if (version === this.#journalVersion && !this.#mustEmptyLog) return 'idle'
    const slice = this.#mending(() => this.#followOnce())
    // Remembered only once all was read: what came in between is seen the next time.
    if (slice === 'idle') this.#journalVersion = version
    if (slice !== 'busy' && this.#mustEmptyLog) this.#emptyLog()
    return slice
  }

  /** Reads the next bundle of evidence that waits. Answers whether there was one. */
  async readEvidence(nowMs: number, pause: () => Promise<void>): Promise<boolean> {
    try {
      return await this.#open.evidence.readNext(nowMs, pause)
    } catch (error) {
      this.#mend(error)
      return true
    }
  }

  find(question: Question): FoundThere {
    return this.#mending(() => this.#open.finder.find(question))
  }

  state(): IndexState {
    return this.#mending(() => {
      const { file, waiting } = this.#open
      const done = uptoOf(file.db).upto
      const of = Math.max(done, this.#journal.last())
      const bundles = Number(waiting.get())
      return { state: of - done > BEHIND || bundles > 0 ? 'building' : 'ready', done, of, bundles }
    })
  }

  /** Whether everything that the journal has now is in the index, and nothing erased is left in its file. */
  isCaughtUp(): boolean {
    return this.#mending(() => uptoOf(this.#open.file.db).upto >= this.#journal.last()) && !this.#mustEmptyLog
  }

  close(): void {
    this.#open.file.close()
    this.#journalDb.close()
  }

  #openFile(): Opened {
    const file = openIndexFile(this.#folder, this.#journal)
    const { db } = file
    const journal = this.#journal
    const facets = new Facets(db)
    const words = new Shards(db, 'words', this.#sizes.entries)
    const pieces = new Shards(db, 'pieces', this.#sizes.evidence * PIECES_PER_ENTRY)
    const parts = { db, journal, facets, words, pieces }
    const write = (work: () => void) => this.#write(work)
    return {
      file,
      waiting: db.prepare('SELECT count(*) FROM waiting WHERE tries = 0').pluck(),
      facets,
      shards: [words, pieces],
      entries: new EntryIndexer(parts),
      evidence: new EvidenceIndexer({ ...parts, store: this.#store, write }),
      finder: new Finder(parts),
    }
  }

  #followOnce(): Slice {
    if (!this.#open.file.isCurrent()) this.#reopen()
    let isDone = false
    const wasWritten = this.#write(() => {
      isDone = this.#addRows()
    })
    if (!wasWritten) return 'busy'
    return isDone ? 'idle' : 'worked'
  }

  /** Answers whether nothing is left to be read. */
  #addRows(): boolean {
    const { file, entries, shards } = this.#open
    const { db } = file
    const deadline = performance.now() + SLICE_MS
    let { upto, hash } = uptoOf(db)
    let added = 0
    entries.begin(upto)
    for (const row of this.#journal.since(upto)) {
      if (entries.add(row)) this.#mustEmptyLog = true
      upto = row.arrival
      hash = row.hash
      added += 1
      if (upto % MARK_EVERY === 0)
        db.prepare('INSERT OR REPLACE INTO mark (arrival, hash) VALUES (?, ?)').run(upto, hash)
      if (performance.now() > deadline) break
    }
    if (added === 0) return !shards.some((some) => some.sealOne()) && !giveBackRoom(db)
    db.prepare('UPDATE progress SET upto = ?, hash = ?').run(upto, hash)
    for (const some of shards) some.sealOne()
    return false
  }

  /** In one transaction; false where another process is writing. */
  #write(work: () => void): boolean {
    const { file, facets, shards } = this.#open
    try {
      file.db
        .transaction(() => {
          work()
          facets.flush()
        })
        .immediate()
      return true
    } catch (error) {
      facets.forget()
      for (const some of shards) some.forget()
      if (isBusy(error)) return false
      throw error
    }
  }

  /** What was erased must leave the write-ahead log too. Another process that reads just now is waited for. */
  #emptyLog(): void {
    const [result] = this.#open.file.db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    this.#mustEmptyLog = result?.busy !== 0
  }

  /** Does the work; an index that proves unfit is made anew, once. */
  #mending<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      this.#mend(error)
      return work()
    }
  }

  /** Throws what a new index would not cure. */
  #mend(error: unknown): void {
    if (!isUnfit(error)) throw error
    const inode = statSync(indexFile(this.#folder), { throwIfNoEntry: false })?.ino ?? null
    if (this.#open.file.isCurrent()) discardIndex(this.#folder, inode)
    this.#reopen()
  }

  #reopen(): void {
    this.#open.file.close()
    this.#open = this.#openFile()
    this.#journalVersion = -1
    this.#mustEmptyLog = true
  }
}

/** Gives back pages that merging left free, some at a time, where they are many. Answers whether there were. */
function giveBackRoom(db: Connection): boolean {
  const free = Number(db.pragma('freelist_count', { simple: true }))
  if (free < FREE_PAGES || free < Number(db.pragma('page_count', { simple: true })) / 50) return false
  db.pragma(`incremental_vacuum(${FREE_PAGES})`)
  return true
}

function uptoOf(db: Connection): { upto: number; hash: string } {
  const progress = db.prepare<[], { upto: number; hash: string }>('SELECT upto, hash FROM progress').get()
  return progress ?? { upto: 0, hash: '' }
}
