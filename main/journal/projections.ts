import { erasedKind } from '../../shared/erasure/entries.ts'
import { step } from '../../shared/incident/fold.ts'
import { emptyState, type IncidentState } from '../../shared/incident/state.ts'
import { compareEntries, type Place } from '../../shared/journal/chain.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { ARRIVALS, type ArrivedEntry, type EntryReader } from './rows.ts'
import { patiently } from './sqlite.ts'

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

/** An incident's state, and the place of the newest entry in it. */
export interface Folded {
  readonly state: IncidentState
  readonly last: Place
}

/** All states as of an arrival. */
export interface Snapshot {
  readonly arrival: number
  readonly folded: ReadonlyMap<string, Folded>
}

/** What has not been told yet of an incident; null where its newest page must be told instead. */
type Untold = { readonly from: number; readonly entries: Entry[] } | null

/** How many entries come with a state: as many as the window shows first. */
const NEWEST = 200
/** More arrivals of an incident than these are not told one by one. */
const TOLD_AT_ONCE = 1_000

/** The states of all incidents, carried on by what arrives in the journal. */
export class Projections {
  readonly #reader: EntryReader
  readonly #ledger: string | null
  readonly #folded: Map<string, Folded>
  /** Incidents whose state must be folded anew from their rows, as of the next look. */
  readonly #stale = new Set<string>()
  readonly #untold = new Map<string, Untold>()
  #arrival: number
  #hasErased = false

  /** Goes on from `snapshot`, which must be of the same journal. `ledger`: the incident id of the ledger's chain. */
  constructor(reader: EntryReader, ledger: string | null, snapshot: Snapshot | null) {
    this.#reader = reader
    this.#ledger = ledger
    this.#arrival = snapshot?.arrival ?? 0
    this.#folded = new Map(snapshot?.folded)
  }

  /** The states as they stand; null while one of them is behind its rows. */
  get snapshot(): Snapshot | null {
    return this.#stale.size > 0 ? null : { arrival: this.#arrival, folded: this.#folded }
  }

  stateOf(incident: string): IncidentState | undefined {
    return this.#folded.get(incident)?.state
  }

  states(): IncidentState[] {
    return Array.from(this.#folded.values(), ({ state }) => state)
  }

  /** Whether an entry that erases has arrived since this was asked last. */
  hasErased(): boolean {
    const answer = this.#hasErased
    this.#hasErased = false
    return answer
  }

  /** Whoever listens knows other states: all are news. */
  tellAll(): void {
    for (const incident of this.#folded.keys()) this.#untold.set(incident, null)
  }

  /** Everything so far is known to whoever listens. */
  forgetNews(): void {
    this.#untold.clear()
  }

  /** What has arrived since the last call, told by incident. */
  news(): Arrivals[] {
    this.fold()
    const told = Array.from(this.#untold, ([incident, untold]) => this.#told(incident, untold))
    this.#untold.clear()
    return told
  }

  /** Takes in whatever has arrived. */
  fold(): void {
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

  /** What this process wrote itself needs no reading back, where nothing stands between it and what was read before. */
  takeOwn(written: readonly ArrivedEntry[]): void {
    for (const { arrival, entry } of written) {
      // Folding anew reads, and may fail: that must not say that what was written was not kept.
      if (arrival !== this.#arrival + 1 || entry.kind === erasedKind.kind) return
      this.#arrival = arrival
      this.#take(entry)
    }
  }

  /** Steps on where that gives what folding everything would; else the incident is folded anew, once for all that arrived. */
  #take(entry: Entry): void {
    const { incident } = entry
    const folded = this.#folded.get(incident)
    const inOrder = folded === undefined || compareEntries(folded.last, entry) < 0
    const isErased = entry.kind === erasedKind.kind
    if (isErased) this.#hasErased = true
    if (!inOrder || isErased || this.#stale.has(incident)) {
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

  #told(incident: string, untold: Untold): Arrivals {
    const state = this.stateOf(incident) ?? emptyState(incident)
    if (untold !== null) return { incident, ...untold, state, refolded: false }
    const from = Math.max(0, state.entries - NEWEST)
    return { incident, from, entries: this.#reader.page(incident, from, NEWEST), state, refolded: true }
  }
}

/** The state that the rows give as they stand; null where there are none. `entries` come in the order of the fold. */
export function foldRows(entries: Iterable<Entry>, incident: string): Folded | null {
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
