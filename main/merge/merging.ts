import { clockPausedKind, clockResumedKind, dutyHeldKind } from '../../shared/clocks/entries.ts'
import { type ClaimingEntry, type ConflictField, fieldWords } from '../../shared/incident/conflicts.ts'
import {
  classifiedKind,
  confirmedKind,
  impactStatedKind,
  relatedKind,
  reopenedKind,
  resolvedKind,
  severitySetKind,
} from '../../shared/incident/entries.ts'
import type { Person } from '../../shared/journal/header.ts'
import { contradictingClaims } from '../../shared/journal/claims.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { roleTakenKind } from '../../shared/people/entries.ts'
import { refuse } from '../../shared/refusal.ts'
import type { JournalStore } from '../journal/journal-store.ts'
import { type MergedEntries, mergeEntries } from './merge-entries.ts'
import { unfitFile } from './incident-file.ts'
import { readIncidentFile } from './read-incident-file.ts'

/** What other desks bring to a journal, and how it is settled. On the journal thread. */
export class Merging {
  readonly #journal: JournalStore
  readonly #followErasures: (texts: number) => void

  /** `followErasures` takes away what a merge has erased beside the rows; `texts`: how many texts went that were here. */
  constructor(journal: JournalStore, followErasures: (texts: number) => void) {
    this.#journal = journal
    this.#followErasures = followErasures
  }

  /**
   * Merges the entries of a file whose every member was checked already; reads no evidence. `sha256` is that of the entries
   * as they were checked: where the file has changed since, it is refused. Refusals: see `mergeEntries`.
   */
  async mergeFile(file: string, sha256: string): Promise<MergedEntries> {
    const read = await readIncidentFile(file)
    if (read.sha256 !== sha256) throw unfitFile('damaged', file, 'It was changed while it was read.')
    const merged = mergeEntries(this.#journal, file, read)
    this.#followErasures(merged.erasedTexts)
    return merged
  }

  /** The ledger remembers the head of this desk's chain, as somebody takes the incident with them. */
  exported(incident: string): void {
    this.#journal.recordHead(incident, 'journal export')
  }

  /**
   * Ends a conflict: what the entry `holds` says of `field` is written again, by somebody who has seen all sides. May be
   * done after the incident ended, too. Refuses (`not-allowed`) where that conflict does not stand, or no longer.
   */
  settle(incident: string, field: ConflictField, holds: string, by: Person): void {
    const { mode } = this.#journal.stateOf(incident)
    this.#journal.append(incident, mode, by, (state) => {
      const claims = contradictingClaims(state.claims, field)
      const chosen = claims.find(({ entry }) => entry.hash === holds)
      if (chosen === undefined) throw settledAlready(field)
      const others = claims.filter(({ value }) => value !== chosen.value).map(({ words }) => `'${words}'`)
      return [sayAgain(chosen.entry, `Settled: '${chosen.words}' holds, not ${others.join(' or ')}.`)]
    })
  }
}

function sayAgain(entry: ClaimingEntry, why: string): Draft {
  switch (entry.kind) {
    case 'severity-set':
      return draftOf(severitySetKind, { ...entry.body, reason: why })
    case 'impact-stated':
      return draftOf(impactStatedKind, entry.body)
    case 'role-taken':
      return draftOf(roleTakenKind, entry.body)
    case 'resolved':
      return draftOf(resolvedKind, entry.body)
    case 'classified':
      return draftOf(classifiedKind, entry.body)
    case 'related':
      return draftOf(relatedKind, entry.body)
    case 'clock-paused':
      return draftOf(clockPausedKind, { ...entry.body, reason: why })
    case 'clock-resumed':
      return draftOf(clockResumedKind, { ...entry.body, reason: why })
    case 'duty-held':
      return draftOf(dutyHeldKind, { ...entry.body, reason: why })
    case 'reopened':
      return draftOf(reopenedKind, { reason: why })
    case 'declared':
    case 'confirmed':
      return draftOf(confirmedKind, {})
  }
}

function settledAlready(field: ConflictField) {
  return refuse('not-allowed', {
    tried: `Settle ${fieldWords(field)}`,
    happened: 'That conflict does not stand, or no longer: somebody has settled it.',
    next: 'Look at the timeline for who did it, and change it there if it should be otherwise.',
  })
}
