import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { ClockWitness } from '../../shared/clocks/skew.ts'
import { findKind } from '../../shared/incident/kinds.ts'
import { emptyState, type IncidentState } from '../../shared/incident/state.ts'
import { type Entry, headerSchema, type Mode, type Person, type SeenHead } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { headRecordedKind } from '../../shared/ledger/entries.ts'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
import { makeFolder } from '../synced-folder.ts'
import type { Appendix } from './appender.ts'
import { type Clock, ClockWatch, type Look, steadyMark } from './clock.ts'
import type { JournalCondition } from './condition.ts'
import { Keeping } from './keeping.ts'
import { openTables, salvageTables } from './open-tables.ts'
import type { Arrivals } from './projections.ts'
import type { ArrivedEntry } from './rows.ts'
import { isDamage } from './salvage.ts'
import { type Connection, patiently, refusingSqliteErrors } from './sqlite.ts'
import type { Tables } from './tables.ts'
import type { TimelineReader } from './timeline-reader.ts'

/** The journal's file inside a data folder. */
export function journalFile(folder: string): string {
  return join(folder, 'journal.db')
}

/** What a header holds that comes from outside the writer. */
const saidSchema = headerSchema.pick({ incident: true, at: true, happened_at: true, actor: true, recorded_by: true })
const PAGE = 500
/** The ledger remembers a chain's head at least this often: fewer of the newest entries can be cut off unseen. */
const LEDGER_EVERY = 20
/** Why the ledger remembers a head: the chain began in this folder; it came with a file of another desk. */
export const FIRST_OF_CHAIN = 'the first entry of the chain'
export const MERGED = 'merge'
const LEDGER_KEEPER: Person = { contact: null, name: 'Muster' }

/**
 * The journal of one data folder: appends drafts as entries, folds them, and tells what arrived, whoever wrote it.
 * One per process, on the journal thread; several processes may hold one on the same folder.
 *
 * A journal that cannot be read, now or later, is not written any more: what could be read of it is shown, and every
 * change is refused (`condition`).
 */
export class JournalStore {
  readonly #folder: string
  readonly #watch: ClockWatch
  readonly #keeping: Keeping
  #tables: Tables
  #dataVersion = -1

  constructor(folder: string, clock: Clock) {
    makeDataFolder(folder)
    this.#folder = folder
    this.#watch = new ClockWatch(clock)
    const file = journalFile(folder)
    const opened = openTables(folder, file)
    this.#tables = opened.tables
    this.#keeping = new Keeping(folder, file, opened)
    refusingSqliteErrors(file, () => this.#whole(({ projections }) => projections.fold()))
    // Nobody has been told anything yet, so nothing of this is news.
    this.#tables.projections.forgetNews()
    this.#keeping.afterFold(this.#tables)
  }

  /** How the journal is: whether it may be written, and what a person should know of it. */
  get condition(): JournalCondition {
    return this.#keeping.condition
  }

  /**
   * Runs `decide` on the newest state and appends what it returns, in one transaction: whatever another process wrote
   * before is seen, and nothing comes between the decision and its entries. Acknowledged means synced to disk.
   */
  append(incident: string, mode: Mode, recordedBy: Person, decide: (state: IncidentState) => readonly Draft[]): void {
    const { look, written } = this.#writing(({ appender, projections }) => {
      projections.fold()
      const state = projections.stateOf(incident) ?? emptyState(incident)
      if (state.entries > 0 && state.mode !== mode) throw wrongMode(state, mode)
      const born = appender.ownHead(incident) === null
      const drafts = decide(state)
      const look = this.#look(incident)
      // One moment for all of them, so a step before them is told by the first.
      const written = drafts.map((draft, index) =>
        this.#appendOne({
          incident,
          mode,
          recordedBy,
          at: look.at,
          clock: index === 0 ? look.mark : { ...steadyMark, skew_ms: look.mark.skew_ms },
          draft,
        }),
      )
      const reason = headReason(born, written)
      if (reason !== null) this.#recordHead(incident, reason)
      return { look, written }
    })
    if (written.length > 0) this.#watch.settle(incident, look)
    this.#tables.projections.takeOwn(written)
    const last = written.at(-1)
    if (last !== undefined) this.#keeping.wrote({ arrival: last.arrival, hash: last.entry.hash })
  }

  /**
   * Other work on the tables than appending (a merge), in one IMMEDIATE transaction and on the newest state. Entries that
   * it brought are told like any that arrive.
   */
  change<T>(work: (db: Connection) => T): T {
    const value = this.#writing(({ db, projections }) => {
      projections.fold()
      return work(db)
    })
    const newest = this.#tables.newest()
    if (newest !== null) this.#keeping.wrote(newest)
    return value
  }

  /** Work beside the tables that locks nothing: it reads, or fills TEMP tables of its own. It may be done twice. */
  beside<T>(work: (db: Connection) => T): T {
    return this.#whole(({ db }) => work(db))
  }

  /** Takes in what has arrived, whichever process wrote it, without telling it: `catchUp` does that. */
  refresh(): void {
    this.#whole(({ projections }) => projections.fold())
  }

  /** Puts the head of this desk's chain of an incident into the ledger. */
  recordHead(incident: string, because: string): void {
    this.#writing(() => this.#recordHead(incident, because))
  }

  /** Puts heads of an incident's chains that came from other desks into the ledger. May be called within `change`. */
  recordHeads(incident: string, heads: readonly SeenHead[], because: string): void {
    this.#writing(() => {
      for (const head of heads) this.#remember(incident, head, because)
    })
  }

  /** A clock outside was read just now: entries that follow say how far this desk's is off. */
  witnessClock(witness: ClockWitness): void {
    this.#watch.hear(witness)
  }

  /** The state of an incident, or a refusal if there is none of that id. */
  stateOf(incident: string): IncidentState {
    const state = this.#tables.projections.stateOf(incident)
    if (state !== undefined) return state
    throw refuse('not-found', {
      tried: `Open the incident ${incident}`,
      happened: 'The journal holds no incident of that id.',
      next: 'Look at the board (or `muster incidents`) for the incidents of this desk.',
    })
  }

  states(): IncidentState[] {
    return this.#tables.projections.states()
  }

  page(incident: string, from: number, to: number): Entry[] {
    return to <= from ? [] : this.#whole(({ reader }) => reader.page(incident, from, Math.min(to - from, PAGE)))
  }

  /** The chain that this desk writes for an incident; null before its first entry. */
  ownChain(incident: string): string | null {
    return this.#whole(({ appender }) => appender.ownHead(incident)?.chain ?? null)
  }

  /** Asks the timeline's reader, with the patience of any other question. */
  timeline<T>(ask: (timeline: TimelineReader) => T): T {
    return this.#whole(({ timeline }) => ask(timeline))
  }

  allEntries(incident: string): Entry[] {
    return this.#whole(({ reader }) => Array.from(reader.each(incident)))
  }

  byHash(hash: string): Entry | null {
    return this.#whole(({ reader }) => reader.byHash(hash))
  }

  /** Calls `tell` if another connection has committed since it was last told. */
  onForeignCommits(tell: () => void): void {
    const version = this.#whole((tables) => tables.version())
    if (version === this.#dataVersion) return
    // Remembered only once it was told: a failure to read is tried again.
    tell()
    this.#dataVersion = version
  }

  /** What has arrived since the last call, from this process or another, folded and told by incident. */
  catchUp(): Arrivals[] {
    const news = this.#whole(({ projections }) => projections.news())
    this.#keeping.afterFold(this.#tables)
    return news
  }

  /** The work of quiet moments, to be called every second or so: looks after the file, keeps a snapshot, erases for good. */
  tend(): void {
    this.#keeping.tend(this.#tables)
  }

  /** Says how the check came out that `condition` asked for; `problem` is null where the journal is whole. */
  checked(problem: string | null): void {
    this.#keeping.checked(problem)
  }

  close(): void {
    this.#keeping.close(this.#tables)
  }

  #look(incident: string): Look {
    return this.#watch.look(incident, () => this.#tables.appender.ownLastAt(incident))
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
    return this.#tables.appender.append({ ...appendix, version: kind.version, draft: { ...draft, body: body.data } })
  }

  #recordHead(incident: string, because: string): void {
    const head = this.#tables.appender.ownHead(incident)
    if (head !== null) this.#remember(incident, head, because)
  }

  #remember(incident: string, { chain, seq, hash }: SeenHead, because: string): void {
    const { appender, ledger } = this.#tables
    if (ledger === null) return
    const look = this.#look(ledger)
    appender.append({
      incident: ledger,
      mode: 'routine',
      recordedBy: LEDGER_KEEPER,
      version: headRecordedKind.version,
      at: look.at,
      clock: look.mark,
      draft: draftOf(headRecordedKind, { incident, chain, seq, hash, because }),
    })
    this.#watch.settle(ledger, look)
  }

  /** Changes the journal in one transaction. What says that the journal is damaged makes it one that is only read. */
  #writing<T>(work: (tables: Tables) => T): T {
    this.#keeping.assertWritable(this.#tables)
    try {
      return this.#tables.inTransaction(() => work(this.#tables))
    } catch (error) {
      if (!isDamage(error)) throw asRefusal(error)
      this.#salvage(error)
      this.#keeping.assertWritable(this.#tables)
      throw error
    }
  }

  /** Reads the journal; where it turns out to be damaged, what can be read of it. */
  #whole<T>(work: (tables: Tables) => T): T {
    try {
      return patiently(() => work(this.#tables))
    } catch (error) {
      // Within a change the transaction must end first.
      if (!isDamage(error) || this.#keeping.isSalvaged || this.#tables.db.inTransaction) throw error
      this.#salvage(error)
      return work(this.#tables)
    }
  }

  #salvage(error: unknown): void {
    const opened = salvageTables(journalFile(this.#folder), error, this.#tables)
    this.#tables = opened.tables
    this.#keeping.salvaged(opened.condition)
    opened.tables.projections.fold()
    opened.tables.projections.tellAll()
  }
}

/** Why the ledger must remember the head now; null where it need not. */
function headReason(born: boolean, written: readonly ArrivedEntry[]): string | null {
  const [first] = written
  const last = written.at(-1)
  if (first === undefined || last === undefined) return null
  if (born) return FIRST_OF_CHAIN
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
      happened: messageOf(error),
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
