import { type Anchor, type AnchoredIncident, anchorLine } from '../../shared/anchors/anchor.ts'
import { messageOf } from '../../shared/message-of.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { AnchoredHeads, ANCHORED } from '../journal/anchored-heads.ts'
import type { Clock } from '../journal/clock.ts'
import { type Head, headsOf, ledgerOf } from '../journal/heads.ts'
import type { JournalStore } from '../journal/journal-store.ts'
import { appendAnchors } from './anchor-file.ts'

const HOUR_MS = 3_600_000
/** How often the rounds look whether an hour is to be anchored. */
const LOOK_EVERY_MS = 30_000
/** Lines that wait for a place that is not there (a stick, a share); the oldest go. */
const MOST_WAITING = 10_000

/**
 * Anchors the heads of a journal: by itself at each hand-over, export and hour in which something was written, and
 * whenever somebody asks. Each head becomes an entry of the ledger, so that the ledger's own head vouches for all of them,
 * and a line in `anchors.txt`.
 */
export class AnchorKeeper {
  readonly #journal: JournalStore
  readonly #clock: Clock
  readonly #places: () => Promise<readonly string[]>
  readonly #heads = new AnchoredHeads()
  readonly #waiting = new Map<string, string[]>()
  #writing: Promise<void> = Promise.resolve()
  #lookedAt = Number.NEGATIVE_INFINITY
  /** Told what could not be anchored or kept, as a sentence. */
  onTrouble: (text: string) => void = () => undefined

  /** `places`: the folders that get a line for each anchor. */
  constructor(journal: JournalStore, clock: Clock, places: () => Promise<readonly string[]>) {
    this.#journal = journal
    this.#clock = clock
    this.#places = places
  }

  /**
   * Anchors every chain that grew since its last anchor. `why`: 'at the export as md'. Never throws: what it follows is kept
   * already, and what was not anchored now is at the next hour.
   */
  anchorAfter(why: string): void {
    try {
      this.#make(why, null)
    } catch (error) {
      this.#trouble(error)
    }
  }

  /** Does the work, and anchors if by it the command of the incident went to another person. */
  anchorHandOver(incident: string, work: () => void): void {
    const commander = () => this.#journal.stateOf(incident).roles.commander?.name ?? null
    const before = commander()
    work()
    const after = commander()
    if (before !== null && after !== null && before !== after) this.anchorAfter('at a hand-over')
  }

  /** The heads of one incident, or of all (null), as they stand now; kept like any other anchor. */
  anchorNow(incident: string | null): Anchor {
    return this.#make('on request', incident).all
  }

  /** For the rounds of the process that rings: anchors the hour that is over, if something of it is not anchored yet. */
  anchorHour(): void {
    if (this.#journal.condition.readOnly !== null) return
    const monotonic = this.#clock.monotonicMs()
    if (monotonic - this.#lookedAt < LOOK_EVERY_MS) return
    this.#lookedAt = monotonic
    this.#write()
    const now = this.#clock.wallMs()
    const hour = new Date(now - (now % HOUR_MS)).toISOString()
    const isDue = this.#journal.change((db) => this.#heads.isDue(db, hour, this.#now()))
    if (isDue) this.#make('at the hour', null)
  }

  /** Once what is being written into the places is there, or failed. */
  async settle(): Promise<void> {
    await this.#writing
  }

  /** `all`: every head as it stands now; `grown`: those that were not anchored before, which are kept. */
  #make(why: string, only: string | null): { all: Anchor; grown: Anchor | null } {
    const made = this.#journal.change((db) => {
      const grown = this.#heads.grown(db, only)
      for (const { incident, chain, seq, hash } of grown) {
        this.#journal.recordHeads(incident, [{ chain, seq, hash }], `${ANCHORED}${why}`)
      }
      const ledger = ledgerOf(db)
      const heads = headsOf(db)
      const ofLedger = heads.filter(({ incident }) => incident === ledger).map(headOf)
      const anchorOf = (some: readonly Head[]): Anchor => ({
        made: this.#now(),
        ledger: ledger === null || ofLedger.length === 0 ? null : { incident: ledger, number: null, heads: ofLedger },
        incidents: this.#byIncident(some.filter(({ incident }) => incident !== ledger)),
      })
      const all = heads.filter(({ incident }) => only === null || incident === only)
      return { all: anchorOf(all), grown: grown.length === 0 ? null : anchorOf(grown) }
    })
    if (made.grown !== null) this.#write(anchorLine(made.grown))
    return made
  }

  #byIncident(heads: readonly Head[]): AnchoredIncident[] {
    const incidents = new Map<string, Head[]>()
    for (const head of heads) incidents.set(head.incident, [...(incidents.get(head.incident) ?? []), head])
    return Array.from(incidents)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([incident, of]) => ({ incident, number: this.#numberOf(incident), heads: of.map(headOf) }))
  }

  /** One writing after the other; what a place does not take waits for the next time. */
  #write(line: string | null = null): void {
    this.#writing = this.#writing.then(() => this.#writeTo(line)).catch((error: unknown) => this.#trouble(error))
  }

  async #writeTo(line: string | null): Promise<void> {
    for (const place of await this.#places()) {
      const waiting = this.#waiting.get(place) ?? []
      if (line !== null) waiting.push(line)
      if (waiting.length === 0) continue
      this.#waiting.set(place, waiting.slice(-MOST_WAITING))
      try {
        await appendAnchors(place, waiting)
        this.#waiting.delete(place)
      } catch (error) {
        this.#trouble(error, place)
      }
    }
  }

  #trouble(error: unknown, place: string | null = null): void {
    const where = place === null ? '' : ` in ${place}`
    const happened = error instanceof RefusalError ? error.refusal.happened : messageOf(error)
    this.onTrouble(`The anchor could not be kept${where}: ${happened} It is tried again.`)
  }

  #numberOf(incident: string): string | null {
    const number = this.#journal.states().find(({ id }) => id === incident)?.core.number ?? ''
    return number === '' ? null : number
  }

  #now(): string {
    return new Date(this.#clock.wallMs()).toISOString()
  }
}

function headOf({ chain, seq, hash }: Head): { chain: string; seq: number; hash: string } {
  return { chain, seq, hash }
}
