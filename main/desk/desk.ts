import { type Ring, ringsOf } from '../../shared/clocks/alarms.ts'
import { type AlarmAt, alarmGivenKind } from '../../shared/clocks/entries.ts'
import type { ClockWitness } from '../../shared/clocks/skew.ts'
import { type BoardRow, boardRow, compareBoardRows } from '../../shared/incident/board.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry, Mode, Person } from '../../shared/journal/header.ts'
import { draftOf } from '../../shared/journal/kind.ts'
import type { Rehearsed } from '../../shared/packs/due.ts'
import type { EffectivePack } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { exportedKind, type ExportFormat } from '../../shared/postmortem/entries.ts'
import { postmortemDocument } from '../../shared/postmortem/document.ts'
import { postmortemHtml } from '../../shared/postmortem/html.ts'
import { timelineCsv } from '../../shared/postmortem/csv.ts'
import { postmortemJson } from '../../shared/postmortem/json.ts'
import { postmortemMarkdown } from '../../shared/postmortem/markdown.ts'
import type { VerificationOutcome } from '../../shared/postmortem/model.ts'
import { Erasure } from '../erasure/erasure.ts'
import { EvidenceRecord } from '../evidence/evidence-record.ts'
import { looksOn } from '../../shared/people/handover.ts'
import { HandOver } from '../handover/hand-over.ts'
import { Papers } from '../handover/papers.ts'
import { LedgerChains } from '../handover/known-chains.ts'
import { AnchorKeeper } from '../anchors/anchor-keeper.ts'
import { anchorPlaces } from '../anchors/places.ts'
import { qrOf } from '../anchors/qr.ts'
import { findIncident } from '../incidents/find-incident.ts'
import { Incidents } from '../incidents/incidents.ts'
import { Response } from '../incidents/response.ts'
import { Drafts } from '../communications/drafts.ts'
import { RoomWork } from '../incidents/room-work.ts'
import { Timeline } from '../incidents/timeline.ts'
import type { Clock } from '../journal/clock.ts'
import type { JournalCondition } from '../journal/condition.ts'
import { JournalStore } from '../journal/journal-store.ts'
import type { Arrivals } from '../journal/projections.ts'
import { RunnerLease } from '../journal/lease.ts'
import { Merging } from '../merge/merging.ts'
import { version } from '../version.ts'
import { PinnedPacks } from './pinned-packs.ts'

/** A clock that was rung, once, by the process that holds the lease. `id` and `number` are the incident's. */
export interface Alarm {
  readonly id: string
  readonly number: string
  readonly mode: Mode
  readonly title: string
  readonly at: AlarmAt
  /** When what it rings for is due, or was; ISO UTC. */
  readonly dueAt: string
  readonly owner: string | null
}

export interface OpenedIncident {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly entries: readonly Entry[]
}

const renderers = { md: postmortemMarkdown, html: postmortemHtml, json: postmortemJson, csv: timelineCsv } as const
/** How many of an incident's newest entries come with opening it. */
const FIRST_SCREEN = 200
/** Pack and overlay follow the declaration at once; entries of other desks may stand between. */
const PINNED_WITHIN = 20

/** Everything that reads or writes one data folder; lives on the journal thread. Its methods are the thread's questions. */
export class Desk {
  readonly #journal: JournalStore
  readonly #lease: RunnerLease
  readonly #clock: Clock
  readonly #packs = new PinnedPacks()
  readonly chains: LedgerChains
  readonly incidents: Incidents
  readonly response: Response
  readonly room: RoomWork
  readonly papers: Papers
  readonly handover: HandOver
  readonly drafts: Drafts
  readonly anchors: AnchorKeeper
  readonly evidence: EvidenceRecord
  readonly timeline: Timeline
  readonly erasure: Erasure
  readonly merging: Merging

  constructor(folder: string, clock: Clock) {
    this.#clock = clock
    this.#journal = new JournalStore(folder, clock)
    this.chains = new LedgerChains(this.#journal)
    this.anchors = new AnchorKeeper(this.#journal, clock, () => anchorPlaces(folder))
    this.#lease = new RunnerLease(folder)
    this.incidents = new Incidents(this.#journal, () => this.#now())
    const parts = { journal: this.#journal, now: () => this.#now(), packOf: (id: string) => this.#packOf(id) }
    this.response = new Response(parts)
    this.room = new RoomWork(parts)
    this.papers = new Papers(parts)
    this.handover = new HandOver({ journal: this.#journal, chains: this.chains, papers: this.papers })
    this.drafts = new Drafts({
      stateOf: (id) => this.#journal.stateOf(id),
      effective: (id) => this.effective(id),
      nowMs: () => this.#clock.wallMs(),
    })
    this.evidence = new EvidenceRecord(this.#journal, clock)
    this.timeline = new Timeline(this.#journal)
    this.erasure = new Erasure(this.#journal, folder)
    this.erasure.completeEvidence()
    this.merging = new Merging(this.#journal, (texts) => this.erasure.followMerge(texts))
  }

  /** A clock outside was read just now. */
  witnessClock(witness: ClockWitness): void {
    this.#journal.witnessClock(witness)
  }

  /** Whether this process rings the clocks; takes the lease if it is free. */
  isRunner(): boolean {
    return this.#lease.tryTake()
  }

  board(): BoardRow[] {
    return this.#journal.states().map(boardRow).toSorted(compareBoardRows)
  }

  /** What every incident says of drills and routines; `doneOf` reads it. */
  rehearsed(): Rehearsed[] {
    return this.#journal.states().map(({ mode, core: { pack, resolvedAt, severities }, checks }) => ({
      mode,
      core: { pack, resolvedAt, severities },
      checks,
    }))
  }

  find(named: string): IncidentState {
    return findIncident(this.#journal.states(), named)
  }

  open(id: string): OpenedIncident & Pick<EffectivePack, 'yours'> {
    const state = this.#journal.stateOf(id)
    const entries = this.#journal.page(id, Math.max(0, state.entries - FIRST_SCREEN), state.entries)
    const { pack = null, yours = [] } = this.effective(id) ?? {}
    return { state, pack, yours, entries }
  }

  page(id: string, from: number, to: number): Entry[] {
    this.#journal.stateOf(id)
    return this.#journal.page(id, from, to)
  }

  /** The incident whole, for an export: its state, all entries in the order of the fold, its pack. */
  whole(id: string): OpenedIncident {
    return { state: this.#journal.stateOf(id), pack: this.#packOf(id), entries: this.#journal.allEntries(id) }
  }

  /**
   * The post-mortem as text, with a name for its file. Told up to the head, so that the same head gives the same text;
   * `verified` is how the check of the journal made for it came out.
   */
  renderPostmortem(
    id: string,
    format: Exclude<ExportFormat, 'pdf'>,
    verified: VerificationOutcome,
  ): { text: string; name: string; head: string } {
    const { state, pack, entries } = this.whole(id)
    const { head } = state
    if (head === null) throw new Error(`The incident ${id} has no entries`)
    const document = postmortemDocument({
      state,
      entries,
      pack,
      madeAt: head.at,
      version,
      verified: { ...verified, entries: state.entries },
      offsetMinutes: null,
      drawCode: qrOf,
    })
    const prefix = state.mode === 'exercise' ? 'EXERCISE-' : ''
    return {
      text: renderers[format](document),
      name: `${prefix}${state.core.number}-${format === 'csv' ? 'timeline' : 'postmortem'}`,
      head: head.hash,
    }
  }

  /** The incident's pack as its own overlay fills it; null where it cannot be read. */
  effective(id: string): EffectivePack | null {
    const { pack, overlay, overlayKept } = this.#journal.stateOf(id).core
    const filledBy = overlayKept ? (overlay?.hash ?? null) : null
    if (pack === null) return null
    return this.#packs.read({ pack: pack.hash, overlay: filledBy }, () => this.#journal.page(id, 0, PINNED_WITHIN))
  }

  /** What has arrived since the last call, whichever process wrote it. */
  arrivals(): Arrivals[] {
    return this.#journal.catchUp()
  }

  /** Calls `tell` if another process has committed since it was last told. */
  onForeignCommits(tell: () => void): void {
    this.#journal.onForeignCommits(tell)
  }

  /** The entry about an export follows what was exported; the ledger remembers the head. */
  recordExport(
    id: string,
    exported: { format: ExportFormat; name: string; size: number; sha256: string; head: string },
    by: Person,
  ): void {
    const { mode } = this.#journal.stateOf(id)
    this.#journal.append(id, mode, by, () => [draftOf(exportedKind, exported)])
    this.anchors.anchorAfter(`at the export as ${exported.format}`)
  }

  /**
   * Rings every clock that has to ring now (`ringsOf`) and was not rung yet, and tells the alarms of each incident once their
   * entries are kept. Of an incident that this desk gave away it rings nothing. Only the holder of the lease may call it. An
   * incident that fails keeps no other from ringing; the first failure is thrown at the end.
   */
  ringDue(onAlarms: (alarms: readonly Alarm[]) => void): void {
    const failures: unknown[] = []
    for (const { id } of this.#journal.states()) {
      try {
        const alarms = this.#ringDueOf(id)
        if (alarms.length > 0) onAlarms(alarms)
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }

  /** Whether another desk has the incident: this one then rings nothing for it. */
  looksOn(id: string): boolean {
    const state = this.#journal.stateOf(id)
    return looksOn(state.handovers, this.chains.of(state))
  }

  /** How the journal is: whether it may be written, and what a person should know of it. */
  get condition(): JournalCondition {
    return this.#journal.condition
  }

  /** The work of quiet moments, to be called every second or so. */
  tend(): void {
    this.#journal.tend()
  }

  /** Says what the check of the journal's file found; null where it is whole. */
  checked(problem: string | null): void {
    this.#journal.checked(problem)
  }

  close(): void {
    this.#lease.release()
    this.#journal.close()
  }

  #ringDueOf(id: string): Alarm[] {
    if (this.#unrung(this.#journal.stateOf(id)).length === 0 || this.looksOn(id)) return []
    let alarms: Alarm[] = []
    const { mode } = this.#journal.stateOf(id)
    this.#journal.append(id, mode, { contact: null, name: 'Muster' }, (state) => {
      const rings = this.#unrung(state)
      alarms = rings.map(({ clock: { title, dueAt, owner }, at }) => {
        return { id, number: state.core.number, mode, title, at, dueAt, owner }
      })
      return rings.map(({ clock, at, dueAt }) =>
        draftOf(alarmGivenKind, { clock: clock.id, title: clock.title, due_at: dueAt, at }),
      )
    })
    return alarms
  }

  #unrung(state: IncidentState): Ring[] {
    const pack = this.#packOf(state.id)
    if (pack === null) return []
    return ringsOf(state, pack, this.#clock.wallMs())
  }

  #packOf(id: string): Pack | null {
    return this.effective(id)?.pack ?? null
  }

  #now(): string {
    return new Date(this.#clock.wallMs()).toISOString()
  }
}
