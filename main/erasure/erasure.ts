import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Erasures, erasedKind } from '../../shared/erasure/entries.ts'
import { repeatsWhatGoes, whyItStays } from '../../shared/erasure/rules.ts'
import { rawFormsOf } from '../../shared/evidence/entries.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { type Entry, type Person, personSchema } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { correctionsUnder } from '../../shared/notes/corrections.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { type JournalStore, journalFile } from '../journal/journal-store.ts'
import { syncFolder } from '../synced-folder.ts'
import { findEntry, type FoundEntry } from './find-entry.ts'
import { copiesBeside, removeOldCopies, scrubJournal, type Traces, tracesOf } from './scrub.ts'

/** What became of an erasure. */
export interface Erased {
  /** The number of the `erased` entry in its chain. */
  readonly seq: number
  /**
   * Whether nothing of it is left in the data folder. False while another process reads the journal: Muster goes on
   * trying, at every second and at its next start.
   */
  readonly isGone: boolean
  /** Copies of the journal, made by updates, that were removed with it. */
  readonly removedCopies: string[]
  /** Copies in the data folder that somebody made or rescued, and that may hold it: theirs to remove. */
  readonly leftCopies: string[]
  /** Corrections that quote what is gone: entries of their own, by hash and number. */
  readonly corrections: { readonly entry: string; readonly seq: number }[]
  /** Incidents that hold the same evidence un-erased, by number: its bytes stay for them. */
  readonly heldBy: string[]
}

/** Another process may be in the middle of an erasure for this long. */
const UNDER_WAY_MS = 10_000
/** So long an erasure waits for other readers of the journal; after that it goes on beside them. */
const WAIT_MS = 2_000

/** Erases texts and evidence. `reason` and `approver` (a name) stay for good, with who did it and when. */
export class Erasure {
  readonly #journal: JournalStore
  readonly #evidence: EvidenceStore
  readonly #file: string
  /** Lies there from before the entry is written until nothing of it is left in the journal's files. */
  readonly #begun: string

  constructor(journal: JournalStore, folder: string) {
    this.#journal = journal
    this.#evidence = new EvidenceStore(folder)
    this.#file = journalFile(folder)
    this.#begun = join(folder, 'erasing')
  }

  /**
   * Erases the text of an entry: the journal deletes it in the transaction that says so, then it is taken out of the
   * journal's files. Refuses in words what must stay, is erased already or is not there.
   */
  eraseEntry(id: string, hash: string, reason: string, approver: string, by: Person): Erased {
    const tried = 'Erase the text of an entry'
    const said = this.#said(tried, reason, approver)
    this.#assertErasable(this.#newest(id), hash, said.reason)
    const traces = tracesOf(this.#file, hash)
    const copies = copiesBeside(this.#file)
    this.#begin()
    try {
      this.#append(id, by, (state) => {
        this.#assertErasable(state, hash, said.reason)
        return [draftOf(erasedKind, { entry: hash, bundle: null, ...said })]
      })
    } catch (error) {
      this.#end()
      throw error
    }
    const state = this.#newest(id)
    const corrections = correctionsUnder(state.corrections, hash).map(({ entry, seq }) => ({ entry, seq }))
    return {
      seq: seqOf(state.erasures, hash),
      isGone: this.#takeOut(traces),
      removedCopies: [...copies.byUpdates],
      leftCopies: [...copies.others],
      corrections,
      heldBy: [],
    }
  }

  /**
   * Erases the bytes of evidence; its record (names, sizes, hashes, who collected it) stays. The entry comes first: a
   * process that dies in between has it completed by the next start.
   */
  eraseEvidence(id: string, bundle: string, reason: string, approver: string, by: Person): Erased {
    const tried = 'Erase evidence'
    const said = this.#said(tried, reason, approver)
    this.#append(id, by, (state) => {
      const done = state.erasures[bundle]
      if (done !== undefined) throw erasedAlready(tried, done)
      if (!state.evidence.some((known) => known.bundle === bundle)) throw noSuch(tried, 'evidence')
      // What was masked in it stands in its sealed raw forms.
      const forms = rawFormsOf(state.evidence, bundle).filter((form) => state.erasures[form.bundle] === undefined)
      return [bundle, ...forms.map((form) => form.bundle)].map((gone) =>
        draftOf(erasedKind, { entry: null, bundle: gone, ...said }),
      )
    })
    const { seq } = this.#newest(id).erasures[bundle] ?? { seq: 0 }
    this.completeEvidence()
    const heldBy = this.#holders(bundle).map(({ core }) => core.number)
    return { seq, isGone: heldBy.length === 0, removedCopies: [], leftCopies: [], corrections: [], heldBy }
  }

  /** The entry of an incident that a person names by its number ('#12', '12') or the beginning of its hash. */
  findEntry(id: string, named: string): FoundEntry {
    this.#journal.stateOf(id)
    return findEntry(this.#file, id, named)
  }

  /** Removes the bytes of evidence that an `erased` entry names and that no incident holds un-erased. Cheap: asked at each start. */
  completeEvidence(): void {
    // Of a damaged journal not all is read: another incident may hold the bytes.
    if (this.#journal.condition.readOnly !== null) return
    for (const { erasures } of this.#journal.states()) {
      for (const target of Object.keys(erasures)) {
        if (this.#evidence.find(target) !== null && this.#holders(target).length === 0) this.#evidence.erase(target)
      }
    }
  }

  /**
   * After a merge that brought erasures: takes the bytes of evidence away, and what went of `texts` texts out of the
   * journal's files, now or as soon as no other process reads them.
   */
  followMerge(texts: number): void {
    this.completeEvidence()
    if (texts === 0) return
    this.#begin()
    this.#takeOut(null)
  }

  /** Goes on with an erasure that was cut short, or that another process stood in the way of. Asked every second: cheap where there is none. */
  finish(): void {
    const begun = statSync(this.#begun, { throwIfNoEntry: false })
    if (begun === undefined || this.#journal.condition.readOnly !== null || isRecent(begun.mtimeMs)) return
    // What to look for is no longer known. Where it cannot be done now, it is tried again after a while.
    removeOldCopies(this.#file)
    if (scrubJournal(this.#file, null, 50)) this.#end()
    else this.#begin()
  }

  /** Incidents that hold the bytes of evidence and have not erased them. */
  #holders(bundle: string): IncidentState[] {
    return this.#journal
      .states()
      .filter((state) => state.erasures[bundle] === undefined && state.evidence.some((kept) => kept.bundle === bundle))
  }

  #assertErasable(state: IncidentState, hash: string, reason: string): void {
    const tried = 'Erase the text of an entry'
    const entry = this.#journal.byHash(hash)
    if (entry === null || entry.incident !== state.id) throw noSuch(tried, 'entry')
    const stays = whyItStays(entry, state)
    if (stays !== null) throw refuse('not-allowed', { tried: `${tried} (${nameOf(entry)})`, ...stays })
    if (repeatsWhatGoes(reason, entry)) {
      throw refuse('bad-input', {
        tried,
        happened: 'The reason repeats what is to be erased, and a reason stays.',
        next: "Say what kind of thing it was ('a password', 'a customer's name'), not the thing.",
      })
    }
  }

  /**
   * Answers whether nothing is left in the journal's own files. The entry stands by now, so a disk that says no is no
   * failure of the erasure: `finish` tries again.
   */
  #takeOut(traces: Traces | null): boolean {
    try {
      removeOldCopies(this.#file)
      if (!scrubJournal(this.#file, traces, WAIT_MS)) return false
      this.#end()
      return true
    } catch (error) {
      if (!(error instanceof RefusalError || (error instanceof Error && 'code' in error))) throw error
      return false
    }
  }

  #begin(): void {
    writeFileSync(this.#begun, '', { mode: 0o600 })
    syncFolder(join(this.#begun, '..'))
  }

  #end(): void {
    if (existsSync(this.#begun)) rmSync(this.#begun, { force: true })
  }

  #said(tried: string, reason: string, approver: string): { reason: string; approver: Person } {
    const name = personSchema.safeParse({ contact: null, name: approver.trim() })
    if (reason.trim() !== '' && name.success) return { reason: reason.trim(), approver: name.data }
    throw refuse('bad-input', {
      tried,
      happened: reason.trim() === '' ? 'Nobody said why.' : 'Nobody said who approved it.',
      next: 'Say why, and who approved it: both stay in the journal.',
    })
  }

  #append(id: string, by: Person, decide: (state: IncidentState) => readonly Draft[]): void {
    const { mode } = this.#journal.stateOf(id)
    this.#journal.append(id, mode, by, decide)
  }

  /** The state with what this process or another appended just now. */
  #newest(id: string): IncidentState {
    this.#journal.refresh()
    return this.#journal.stateOf(id)
  }
}

/** What lies in the future was written before the clock was set back, nobody knows when. */
function isRecent(writtenMs: number): boolean {
  const agoMs = Date.now() - writtenMs
  return agoMs >= 0 && agoMs < UNDER_WAY_MS
}

function seqOf(erasures: Erasures, hash: string): number {
  return erasures[hash]?.seq ?? 0
}

function nameOf({ kind, seq }: Entry): string {
  return `#${seq}, ${kind}`
}

function erasedAlready(tried: string, { seq, by, approver }: Erasures[string]) {
  return refuse('not-allowed', {
    tried,
    happened: `It was erased by #${seq}: ${by}, approved by ${approver}.`,
    next: 'Nothing is left to erase. Copies made before are where they were put: an export, a backup.',
  })
}

function noSuch(tried: string, what: 'entry' | 'evidence') {
  return refuse('not-found', {
    tried,
    happened: `This incident holds no such ${what}.`,
    next:
      what === 'entry'
        ? 'Name the entry by its number (#12) or the beginning of its hash, as the timeline shows them.'
        : 'Name the evidence by its sha256, or the beginning of it, as `muster evidence` and the window list it.',
  })
}
