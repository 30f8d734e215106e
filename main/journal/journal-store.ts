import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ulid } from 'ulid'
import { z } from 'zod'
import { step } from '../../shared/incident/fold.ts'
import { findKind } from '../../shared/incident/kinds.ts'
import { emptyState, type IncidentState } from '../../shared/incident/state.ts'
import { erasedKind } from '../../shared/erasure/entries.ts'
import { compareEntries, type Place } from '../../shared/journal/chain.ts'
import { type Entry, headerSchema, type Mode, type Person } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { headRecordedKind } from '../../shared/ledger/entries.ts'
import { refuse } from '../../shared/refusal.ts'
import { makeFolder } from '../synced-folder.ts'
import { Appender, type Appendix } from './appender.ts'
import { type Clock, ClockWatch, type Look, steadyMark } from './clock.ts'
import { assertOurs, migrate } from './migrate.ts'
import { ARRIVALS, type ArrivedEntry, EntryReader } from './rows.ts'
import { TimelineReader } from './timeline-reader.ts'
import { type Connection, openConnection, patiently, refusingSqliteErrors, waitInSteps } from './sqlite.ts'

/** The journal's file inside a data folder. */
export function journalFile(folder: string): string {
  return join(folder, 'journal.db')
}

/** News of one incident. `from` is the place of the first of `entries` in the fold's order. */
export interface Arrivals {
  readonly incident: string
  readonly from: number
  readonly entries: readonly Entry[]
  readonly state: IncidentState
  /**
   * False: `entries` follow what was told before. True: some came in between, or lost their bodies, or there are too many
   * to tell: then `entries` are the incident's newest page, and whoever holds a state replaces it by `state`.
   */
  readonly refolded: boolean
}

interface Folded {
  readonly state: IncidentState
  readonly last: Place
}

/** What has not been told yet of an incident; null where its newest page must be told instead. */
type Untold = { readonly from: number; readonly entries: Entry[] } | null

/** What a header holds that comes from outside the writer. */
const saidSchema = headerSchema.pick({ incident: true, at: true, happened_at: true, actor: true, recorded_by: true })
const PAGE = 500
/** How many entries come with a state: as many as the window shows first. */
const NEWEST = 200
/** More arrivals of an incident than these are not told one by one. */
const TOLD_AT_ONCE = 1_000
/** The ledger remembers a chain's head at least this often: fewer of the newest entries can be cut off unseen. */
const LEDGER_EVERY = 20
const LEDGER_KEEPER: Person = { contact: null, name: 'Muster' }

/**
 * The journal of one data folder: appends drafts as entries, folds them, and tells what arrived, whoever wrote it.
 * One per process, on the journal thread; several processes may hold one on the same folder.
 */
export class JournalStore {
  readonly #db: Connection
  readonly #reader: EntryReader
  readonly #timeline: TimelineReader
  readonly #appender: Appender
  readonly #watch: ClockWatch
  readonly #folded = new Map<string, Folded>()
  readonly #ledger: string
  /** Incidents whose state must be folded anew from their rows, as of the next look. */
  readonly #stale = new Set<string>()
  readonly #untold = new Map<string, Untold>()
  readonly #version
  readonly #transaction
  #arrival = 0
  #dataVersion = -1

  constructor(folder: string, clock: Clock) {
    makeDataFolder(folder)
    const file = journalFile(folder)
    this.#db = openConnection(file, 'write', (db) => assertOurs(db, file))
    refusingSqliteErrors(file, () => migrate(this.#db, file))
    waitInSteps(this.#db)
    this.#reader = new EntryReader(this.#db)
    this.#timeline = new TimelineReader(this.#db, this.#reader)
    this.#appender = new Appender(this.#db)
    this.#watch = new ClockWatch(clock)
    this.#version = this.#db.prepare('PRAGMA data_version').pluck()
    this.#transaction = this.#db.transaction((work: () => unknown) => work())
    this.#ledger = this.#openLedger()
    refusingSqliteErrors(file, () => this.#fold())
    // Nobody has been told anything yet, so nothing of this is news.
    this.#untold.clear()
  }

  /**
   * Runs `decide` on the newest state and appends what it returns, in one transaction: whatever another process wrote
   * before is seen, and nothing comes between the decision and its entries. Acknowledged means synced to disk.
   */
  append(incident: string, mode: Mode, recordedBy: Person, decide: (state: IncidentState) => readonly Draft[]): void {
    const { look, written } = this.#inTransaction(() => {
      this.#fold()
      const state = this.#folded.get(incident)?.state ?? emptyState(incident)
      if (state.entries > 0 && state.mode !== mode) throw wrongMode(state, mode)
      const born = this.#appender.ownHead(incident) === null
      const drafts = decide(state)
      const look = this.#look(incident)
      // One moment for all of them, so a step before them is told by the first.
      const written = drafts.map((draft, index) =>
        this.#appendOne({
          incident,
          mode,
          recordedBy,
          at: look.at,
          clock: index === 0 ? look.mark : steadyMark,
          draft,
        }),
      )
      const reason = headReason(born, written)
      if (reason !== null) this.#recordHead(incident, reason)
      return { look, written }
    })
    if (written.length > 0) this.#watch.settle(incident, look)
    this.#takeOwn(written)
  }

  /**
   * Other work on the tables than appending (a merge), in one IMMEDIATE transaction and on the newest state. Entries that
   * it brought are told like any that arrive.
   */
  change<T>(work: (db: Connection) => T): T {
    return this.#inTransaction(() => {
      this.#fold()
      return work(this.#db)
    })
  }

  /** Puts the head of this desk's chain of an incident into the ledger. */
  recordHead(incident: string, because: string): void {
    this.#inTransaction(() => this.#recordHead(incident, because))
  }

  /** The state of an incident, or a refusal if there is none of that id. */
  stateOf(incident: string): IncidentState {
    const folded = this.#folded.get(incident)
    if (folded !== undefined) return folded.state
    throw refuse('not-found', {
      tried: `Open the incident ${incident}`,
      happened: 'The journal holds no incident of that id.',
      next: 'Look at the board (or `muster incidents`) for the incidents of this desk.',
    })
  }

  states(): IncidentState[] {
    return Array.from(this.#folded.values(), ({ state }) => state)
  }

  page(incident: string, from: number, to: number): Entry[] {
    return to <= from ? [] : patiently(() => this.#reader.page(incident, from, Math.min(to - from, PAGE)))
  }

  /** Asks the timeline's reader, with the patience of any other question. */
  timeline<T>(ask: (timeline: TimelineReader) => T): T {
    return patiently(() => ask(this.#timeline))
  }

  allEntries(incident: string): Entry[] {
    return patiently(() => Array.from(this.#reader.each(incident)))
  }

  byHash(hash: string): Entry | null {
    return patiently(() => this.#reader.byHash(hash))
  }

  /** Calls `tell` if another connection has committed since it was last told (`PRAGMA data_version`, 1.6 µs; file watching misses commits). */
  onForeignCommits(tell: () => void): void {
    const version = Number(patiently(() => this.#version.get()))
    if (version === this.#dataVersion) return
    // Remembered only once it was told: a failure to read is tried again.
    tell()
    this.#dataVersion = version
  }

  /** What has arrived since the last call, from this process or another, folded and told by incident. */
  catchUp(): Arrivals[] {
    this.#fold()
    const told = Array.from(this.#untold, ([incident, untold]) => this.#told(incident, untold))
    this.#untold.clear()
    return told
  }

  close(): void {
    this.#db.close()
  }

  #told(incident: string, untold: Untold): Arrivals {
    const state = this.stateOf(incident)
    if (untold !== null) return { incident, ...untold, state, refolded: false }
    const from = Math.max(0, state.entries - NEWEST)
    return { incident, from, entries: this.page(incident, from, state.entries), state, refolded: true }
  }

  #fold(): void {
    for (;;) {
      const arrived = patiently(() => this.#reader.since(this.#arrival))
      for (const { arrival, entry } of arrived) {
        this.#arrival = arrival
        if (entry.incident !== this.#ledger) this.#take(entry)
      }
      if (arrived.length < ARRIVALS) break
    }
    for (const incident of this.#stale) this.#refold(incident)
  }

  /** Steps on where that gives what folding everything would; else the incident is folded anew, once for all that arrived. */
  #take(entry: Entry): void {
    const { incident } = entry
    const folded = this.#folded.get(incident)
    const inOrder = folded === undefined || compareEntries(folded.last, entry) < 0
    if (!inOrder || entry.kind === erasedKind.kind || this.#stale.has(incident)) {
      this.#stale.add(incident)
      this.#untold.set(incident, null)
      return
    }
    const before = folded?.state ?? emptyState(incident)
    this.#folded.set(incident, { state: step(before, entry), last: placeOf(entry) })
    const untold = this.#untold.get(incident)
    if (untold === undefined) this.#untold.set(incident, { from: before.entries, entries: [entry] })
    else if (untold !== null && untold.entries.push(entry) > TOLD_AT_ONCE) this.#untold.set(incident, null)
  }

  #refold(incident: string): void {
    const folded = patiently(() => foldRows(this.#reader.each(incident), incident))
    if (folded !== null) this.#folded.set(incident, folded)
    this.#stale.delete(incident)
  }

  /** What this process wrote itself needs no reading back, where nothing stands between it and what was read before. */
  #takeOwn(written: readonly ArrivedEntry[]): void {
    for (const { arrival, entry } of written) {
      // Folding anew reads, and may fail: that must not say that what was written was not kept.
      if (arrival !== this.#arrival + 1 || entry.kind === erasedKind.kind) return
      this.#arrival = arrival
      this.#take(entry)
    }
  }

  #look(incident: string): Look {
    return this.#watch.look(incident, () => this.#appender.ownLastAt(incident))
  }

  #appendOne(appendix: Omit<Appendix, 'version'>): ArrivedEntry {
    const { draft } = appendix
    const kind = findKind(draft.kind)
    if (kind === null) throw new Error(`No kind of entry is called ${draft.kind}`)
    const said = saidSchema.safeParse({
      incident: appendix.incident,
      at: appendix.at,
      happened_at: draft.happenedAt ?? appendix.at,
      actor: draft.actor ?? appendix.recordedBy,
      recorded_by: appendix.recordedBy,
    })
    if (!said.success) throw unfit(draft, said.error)
    const body = kind.body.safeParse(draft.body)
    if (!body.success) throw unfit(draft, body.error)
    return this.#appender.append({ ...appendix, version: kind.version, draft: { ...draft, body: body.data } })
  }

  #recordHead(incident: string, because: string): void {
    const head = this.#appender.ownHead(incident)
    if (head === null) return
    const look = this.#look(this.#ledger)
    this.#appender.append({
      incident: this.#ledger,
      mode: 'routine',
      recordedBy: LEDGER_KEEPER,
      version: headRecordedKind.version,
      at: look.at,
      clock: look.mark,
      draft: draftOf(headRecordedKind, { incident, ...head, because }),
    })
    this.#watch.settle(this.#ledger, look)
  }

  #openLedger(): string {
    return this.#inTransaction(() => {
      const known = this.#db.prepare('SELECT ledger FROM desk').pluck().get()
      if (typeof known === 'string') return known
      const ledger = ulid()
      this.#db.prepare('INSERT INTO desk (only, ledger) VALUES (1, ?)').run(ledger)
      return ledger
    })
  }

  /** IMMEDIATE: a deferred transaction that turns to writing fails with BUSY_SNAPSHOT, which no timeout cures. */
  #inTransaction<T>(work: () => T): T {
    try {
      return patiently(() => this.#transaction.immediate(work) as T)
    } catch (error) {
      throw asRefusal(error)
    }
  }
}

function foldRows(entries: Iterable<Entry>, incident: string): Folded | null {
  let state = emptyState(incident)
  let last: Place | null = null
  for (const entry of entries) {
    state = step(state, entry)
    last = placeOf(entry)
  }
  return last === null ? null : { state, last }
}

/** No more than its place: the entry itself may be erased, and must not be held. */
function placeOf({ lamport, chain, seq }: Entry): Place {
  return { lamport, chain, seq }
}

/** Why the ledger must remember the head now; null where it need not. */
function headReason(born: boolean, written: readonly ArrivedEntry[]): string | null {
  const [first] = written
  const last = written.at(-1)
  if (first === undefined || last === undefined) return null
  if (born) return 'the first entry of the chain'
  const crossed = Math.floor(last.entry.seq / LEDGER_EVERY) > Math.floor((first.entry.seq - 1) / LEDGER_EVERY)
  return crossed ? `every ${LEDGER_EVERY} entries` : null
}

/** A draft that could be written, but not be read again, must not get into the journal. */
function unfit(draft: Draft, error: z.ZodError) {
  return refuse('bad-input', {
    tried: `Write '${draft.kind}' into the journal`,
    happened: z.prettifyError(error),
    next: 'Correct what it names, then try again.',
  })
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    throw refuse('storage', {
      tried: `Use the data folder ${folder}`,
      happened: error instanceof Error ? error.message : String(error),
      next: 'Choose a folder that you may write to (--data FOLDER).',
      cause: error,
    })
  }
}

function wrongMode(state: IncidentState, mode: Mode) {
  return refuse('not-allowed', {
    tried: `Write an entry of mode '${mode}' into ${state.core.number}`,
    happened: `The incident is of mode '${state.mode}', and an incident never mixes them.`,
    next: 'Use the incident that belongs to this mode, or declare a new one.',
  })
}

/** SQLite's own failures (disk full, locked for too long, read-only) are refusals; everything else stays what it is. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  return refuse('storage', {
    tried: 'Write into the journal',
    happened: `${error.message} (${error.code}). The entry was not kept.`,
    next: 'Make room on the disk or free the journal from the program that locks it, then try again.',
    cause: error,
  })
}
