import { ulid } from 'ulid'
import { type CheckedBody, checkedKind, isSame } from '../../shared/checklists/entries.ts'
import { respondedKind } from '../../shared/clocks/entries.ts'
import {
  classifiedKind,
  confirmedKind,
  declaredKind,
  type GridChoice,
  impactStatedKind,
  overlayPinnedKind,
  type PinnedOverlay,
  type PinnedPack,
  packPinnedKind,
  reopenedKind,
  resolvedKind,
  type Severity,
  severitySetKind,
  type TriageAnswer,
} from '../../shared/incident/entries.ts'
import type { ConflictField } from '../../shared/incident/conflicts.ts'
import { nextNumber } from '../../shared/incident/number.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import { contradictingClaims } from '../../shared/journal/claims.ts'
import type { Mode, Person } from '../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../shared/journal/kind.ts'
import { updateGivenKind } from '../../shared/communications/entries.ts'
import { correctedKind, notedKind, starredKind } from '../../shared/notes/entries.ts'
import { type Role, roleTakenKind } from '../../shared/people/entries.ts'
import { refuse } from '../../shared/refusal.ts'
import { decidedKind, type DecisionOutcome, type Poll, taskGivenKind } from '../../shared/tasks/entries.ts'
import type { JournalStore } from '../journal/journal-store.ts'

/** A severity with where it came from: named by a person, or led to by answers. */
export interface SeverityChoice {
  readonly severity: Severity
  readonly assumed: boolean
  readonly reason: string
  readonly path: readonly TriageAnswer[]
  /** Left out where the grid was not used. */
  readonly grid?: GridChoice
  /** Its reason is still to be said. */
  readonly owed?: true
}

export interface Declaration {
  readonly pack: PinnedPack
  readonly packText: string
  readonly overlay: { readonly pinned: PinnedOverlay; readonly text: string } | null
  readonly title: string
  readonly mode: Mode
  readonly unconfirmed: boolean
  /** ISO UTC; null: now. */
  readonly detectedAt: string | null
  readonly severity: SeverityChoice | null
  readonly commander: string | null
  /** Incident types of the pack; none where nobody said. */
  readonly types?: readonly { readonly id: string; readonly title: string }[]
  readonly systems?: readonly string[]
  readonly reportedBy?: string | null
}

/** A decision as it was made; what else was weighed and asked may be left out. */
export interface SaidDecision {
  readonly text: string
  readonly options?: readonly string[] | undefined
  readonly poll?: Poll | null | undefined
  readonly outcome?: DecisionOutcome | undefined
}

/**
 * What can be done to an incident. Each decides on the newest state and appends in one transaction; each throws a
 * refusal that says what stands in the way. Times are ISO UTC, `by` is the person who records.
 */
export class Incidents {
  readonly #journal: JournalStore
  readonly #now: () => string

  constructor(journal: JournalStore, now: () => string) {
    this.#journal = journal
    this.#now = now
  }

  declare(declaration: Declaration, by: Person): { id: string; number: string } {
    const id = ulid()
    const now = this.#now()
    const detectedAt = declaration.detectedAt ?? now
    if (detectedAt > now) throw inTheFuture('Declare an incident', detectedAt)
    let number = ''
    this.#journal.append(id, declaration.mode, by, () => {
      number = nextNumber(
        now,
        this.#journal.states().map((state) => state.core.number),
      )
      const { pack, overlay, title, unconfirmed, severity, commander, types = [], systems = [] } = declaration
      const reporter = declaration.reportedBy ?? null
      const filled = overlay === null ? {} : { overlay: overlay.pinned }
      return [
        draftOf(declaredKind, {
          number,
          title,
          pack,
          ...filled,
          unconfirmed,
          detected_at: detectedAt,
          ...(reporter === null ? {} : { reported_by: reporter }),
        }),
        draftOf(packPinnedKind, { hash: pack.hash, text: declaration.packText }),
        ...(overlay === null ? [] : [draftOf(overlayPinnedKind, { hash: overlay.pinned.hash, text: overlay.text })]),
        ...(types.length === 0 && systems.length === 0
          ? []
          : [draftOf(classifiedKind, { types: [...types], priority: null, systems: [...systems] })]),
        ...(severity === null ? [] : [severityDraft(severity)]),
        ...(commander === null ? [] : [draftOf(roleTakenKind, { role: 'commander', person: named(commander) })]),
      ]
    })
    return { id, number }
  }

  confirm(id: string, by: Person): void {
    this.#change(id, { tried: 'Confirm the incident' }, by, (state) => {
      if (state.core.status !== 'unconfirmed' && !isContradicted(state, 'status')) {
        throw already(state, 'It is confirmed already.')
      }
      return [draftOf(confirmedKind, {})]
    })
  }

  respond(id: string, by: Person): void {
    this.#change(id, { tried: 'Acknowledge the incident' }, by, (state) => {
      if (state.clocks.respondedAt !== null) throw already(state, 'Somebody has acknowledged it already.')
      return [draftOf(respondedKind, {})]
    })
  }

  setSeverity(id: string, choice: SeverityChoice, by: Person): void {
    this.#change(id, { tried: 'Change the severity', field: 'severity' }, by, (state) => {
      const isSame = state.core.severity?.id === choice.severity.id && state.core.assumed === choice.assumed
      if (isSame && !isContradicted(state, 'severity')) {
        throw already(state, `It is ${choice.severity.code} already.`)
      }
      if (choice.owed === true && state.core.severity !== null && choice.severity.rank > state.core.severity.rank) {
        throw refuse('bad-input', {
          tried: `Lower the severity of ${state.core.number} to ${choice.severity.code}`,
          happened: 'It does not say why. A reason may follow when it is raised, not when it is lowered.',
          next: 'Say in one line why it is lower.',
        })
      }
      return [severityDraft(choice)]
    })
  }

  stateImpact(id: string, text: string, by: Person): void {
    this.#change(id, { tried: 'State the impact', field: 'impact' }, by, () => [draftOf(impactStatedKind, { text })])
  }

  assign(id: string, role: Role, name: string | null, by: Person): void {
    this.#change(id, { tried: `Give the role of ${role}`, field: `role:${role}` }, by, () => [
      draftOf(roleTakenKind, { role, person: name === null ? null : named(name) }),
    ])
  }

  /** Notes may follow after the end: people remember. `happenedAt` null: now; so in the next three. */
  note(id: string, text: string, happenedAt: string | null, by: Person): void {
    const also = this.#backDated('Log a note', happenedAt)
    this.#append(id, by, () => [draftOf(notedKind, { text }, also)])
  }

  /** `minutes`: when to ask back, null where nobody said. */
  giveTask(
    id: string,
    task: { owner: string; minutes: number | null; text: string },
    happenedAt: string | null,
    by: Person,
  ): void {
    const also = this.#backDated('Give a task', happenedAt)
    this.#change(id, { tried: 'Give a task' }, by, () => [draftOf(taskGivenKind, task, also)])
  }

  /** What is decided about an incident that has ended (its review) is written down too. */
  decide(id: string, said: SaidDecision, happenedAt: string | null, by: Person): void {
    const also = this.#backDated('Log a decision', happenedAt)
    const { text, options = [], poll = null, outcome = 'decided' } = said
    this.#append(id, by, () => [draftOf(decidedKind, { text, options: [...options], poll, outcome }, also)])
  }

  /** The last update often follows the end. */
  giveUpdate(id: string, text: string, happenedAt: string | null, by: Person): void {
    const also = this.#backDated('Log an update', happenedAt)
    this.#append(id, by, () => [draftOf(updateGivenKind, { text }, also)])
  }

  /** Ticks an item of a list, or takes the tick off (`done` false). What is so already is refused. */
  check(id: string, what: CheckedBody, happenedAt: string | null, by: Person): void {
    const also = this.#backDated('Tick an item', happenedAt)
    this.#append(id, by, (state) => {
      const ticked = state.checks.find((one) => isSame(one, what))
      if (what.done && ticked !== undefined) throw already(state, `It was ticked by ${ticked.by} at ${ticked.at}.`)
      if (!what.done && ticked === undefined) throw already(state, 'It is not ticked.')
      return [draftOf(checkedKind, what, also)]
    })
  }

  /** Pins an entry for the report, or takes the star off it. What is so already writes nothing. */
  star(id: string, entry: string, on: boolean, by: Person): void {
    this.#append(id, by, (state) => {
      if (this.#journal.byHash(entry)?.incident !== state.id) {
        throw refuse('not-found', {
          tried: 'Star an entry',
          happened: 'This incident holds no such entry.',
          next: 'Choose the entry in the timeline; `muster star` takes the beginning of its hash.',
        })
      }
      return state.stars.includes(entry) === on ? [] : [draftOf(starredKind, { entry, on })]
    })
  }

  correct(id: string, entry: string, text: string, by: Person): void {
    this.#append(id, by, (state) => {
      const corrected = this.#journal.byHash(entry)
      if (corrected?.incident !== state.id) {
        throw refuse('not-found', {
          tried: 'Correct an entry',
          happened: 'This incident holds no such entry.',
          next: 'Choose the entry in the timeline and correct it there.',
        })
      }
      if (corrected.body === null) {
        throw refuse('not-allowed', {
          tried: 'Correct an entry',
          happened: 'Its text was erased: there is nothing left to correct.',
          next: 'Log a note.',
        })
      }
      return [draftOf(correctedKind, { entry, text })]
    })
  }

  /** Never without a word on how it ended: no status changes without a reason. */
  resolve(id: string, outcome: 'resolved' | 'false-alarm', summary: string, by: Person): void {
    if (summary.trim() === '') {
      throw refuse('bad-input', {
        tried: 'End the incident',
        happened: 'It does not say how it ended.',
        next: 'Say it in a sentence; in the terminal: --summary "…".',
      })
    }
    this.#change(id, { tried: 'End the incident', field: 'status' }, by, () => [
      draftOf(resolvedKind, { outcome, summary }),
    ])
    this.#journal.recordHead(id, 'the incident ended')
  }

  reopen(id: string, reason: string, by: Person): void {
    this.#append(id, by, (state) => {
      if (isOpen(state) && !isContradicted(state, 'status')) throw already(state, 'It is open already.')
      return [draftOf(reopenedKind, { reason })]
    })
  }

  #backDated(tried: string, happenedAt: string | null): { happenedAt?: string } {
    if (happenedAt === null) return {}
    if (happenedAt > this.#now()) throw inTheFuture(tried, happenedAt)
    return { happenedAt }
  }

  /** Appends to an incident that must still be open, unless it settles a conflict of desks on `field`. */
  #change(
    id: string,
    { tried, field }: { readonly tried: string; readonly field?: ConflictField },
    by: Person,
    decide: (state: IncidentState) => readonly Draft[],
  ): void {
    this.#append(id, by, (state) => {
      if (!isOpen(state) && !(field !== undefined && isContradicted(state, field))) {
        throw refuse('not-allowed', {
          tried: `${tried} of ${state.core.number}`,
          happened: `The incident ended at ${state.core.resolvedAt ?? 'an unknown time'}.`,
          next: 'Reopen it first, or write a note.',
        })
      }
      return decide(state)
    })
  }

  #append(id: string, by: Person, decide: (state: IncidentState) => readonly Draft[]): void {
    const { mode } = this.#journal.stateOf(id)
    this.#journal.append(id, mode, by, decide)
  }
}

function isContradicted({ claims }: IncidentState, field: ConflictField): boolean {
  return contradictingClaims(claims, field).length > 0
}

function severityDraft(choice: SeverityChoice): Draft {
  return draftOf(severitySetKind, { ...choice, path: [...choice.path] })
}

function named(name: string): Person {
  return { contact: null, name }
}

function already(state: IncidentState, happened: string) {
  return refuse('not-allowed', {
    tried: `Change ${state.core.number}`,
    happened,
    next: 'Nothing needs to be done; look at the timeline for who did it and when.',
  })
}

function inTheFuture(tried: string, at: string) {
  return refuse('bad-input', {
    tried,
    happened: `The time ${at} lies in the future.`,
    next: 'Give a time that has passed, in UTC.',
  })
}
