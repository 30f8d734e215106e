import { evidenceKeptKind } from '../../shared/evidence/entries.ts'
import { erasedKind } from '../../shared/erasure/entries.ts'
import { bodyAs } from './body-as.ts'
import { starredKind } from '../../shared/notes/entries.ts'
import { textOf } from '../../shared/search/text-of.ts'
import type { Connection } from '../journal/sqlite.ts'
import type { Facet, Facets } from './facets.ts'
import type { JournalReader, JournalRow, SaidEntry } from './journal-reader.ts'
import { piecesOf } from './pieces.ts'
import type { Shards } from './shards.ts'

/** As many arrivals as one row of `span` speaks of. */
export const SPAN = 1_024

interface Parts {
  readonly db: Connection
  readonly journal: JournalReader
  readonly facets: Facets
  readonly words: Shards
  readonly pieces: Shards
}

/** Brings rows of the journal into the index, within the caller's transaction. */
export class EntryIndexer {
  readonly #parts: Parts
  readonly #ledger
  readonly #isStarred
  readonly #star
  readonly #unstar
  readonly #span
  readonly #keep
  readonly #await
  readonly #keptOf
  readonly #stopAwaiting
  readonly #forgetKept
  #upto = 0

  constructor(parts: Parts) {
    const { db, journal } = parts
    this.#parts = parts
    this.#ledger = journal.ledger()
    this.#isStarred = db.prepare('SELECT 1 FROM star WHERE hash = +?').pluck()
    this.#star = db.prepare('INSERT OR IGNORE INTO star (hash) VALUES (?)')
    this.#unstar = db.prepare('DELETE FROM star WHERE hash = ?')
    this.#span = db.prepare(
      `INSERT INTO span (no, first_at, last_at) VALUES (?, ?, ?)
       ON CONFLICT (no) DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`,
    )
    this.#keep = db.prepare('INSERT OR REPLACE INTO kept (entry, bundle) VALUES (?, ?)')
    this.#await = db.prepare('INSERT OR REPLACE INTO waiting (entry, tries) VALUES (?, 0)')
    this.#keptOf = db.prepare<[string], number>('SELECT entry FROM kept WHERE bundle = ?').pluck()
    this.#stopAwaiting = db.prepare('DELETE FROM waiting WHERE entry = ?')
    this.#forgetKept = db.prepare('DELETE FROM kept WHERE entry = ?')
  }

  /** Where the index ends: what lies beyond will be added yet. To be said at the beginning of a transaction. */
  begin(upto: number): void {
    this.#upto = upto
  }

  /** Answers whether words were taken out of the index that must leave the file too. */
  add({ arrival, entry }: JournalRow): boolean {
    if (entry === null || entry.incident === this.#ledger) return false
    this.#span.run(Math.floor(arrival / SPAN), entry.at, entry.at)
    this.#insert(arrival, entry)
    this.#upto = arrival
    switch (entry.kind) {
      case starredKind.kind:
        this.#followStars(entry)
        return false
      case evidenceKeptKind.kind:
        this.#awaitEvidence(arrival, entry)
        return false
      case erasedKind.kind:
        return this.#followErasure(arrival, entry)
      default:
        return false
    }
  }

  #insert(arrival: number, entry: SaidEntry): void {
    const { facets, words } = this.#parts
    const starred: Facet[] = this.#isStarred.get(entry.hash) === undefined ? [] : [{ sort: 'star', name: 'starred' }]
    words.insert(arrival, textOf(entry), facets.tokens([...facetsOf(entry), ...starred], arrival))
  }

  #again(arrival: number): void {
    const entry = this.#parts.journal.at(arrival)
    this.#parts.words.remove(arrival)
    if (entry !== null) this.#insert(arrival, entry)
  }

  /** Stars go by the order of the fold, which a merge may bring in another: so all of the incident's are read. */
  #followStars(entry: SaidEntry): void {
    const { journal } = this.#parts
    const target = bodyAs(starredKind, entry)?.entry
    if (target === undefined) return
    const last = journal
      .stars(entry.incident)
      .flatMap((one) => bodyAs(starredKind, one) ?? [])
      .findLast((body) => body.entry === target)
    const wasStarred = this.#isStarred.get(target) !== undefined
    if (wasStarred === (last?.on === true)) return
    if (wasStarred) this.#unstar.run(target)
    else this.#star.run(target)
    const arrival = journal.arrivalOf(target)
    if (arrival !== null && arrival <= this.#upto) this.#again(arrival)
  }

  #awaitEvidence(arrival: number, entry: SaidEntry): void {
    const kept = bodyAs(evidenceKeptKind, entry)
    if (kept === null) return
    this.#keep.run(arrival, kept.bundle)
    this.#await.run(arrival)
  }

  #followErasure(arrival: number, entry: SaidEntry): boolean {
    const { journal, words } = this.#parts
    const bodies = journal.erasedBy(arrival).filter((target) => target <= this.#upto)
    for (const target of bodies) this.#again(target)
    words.rewrite(bodies)
    const bundle = bodyAs(erasedKind, entry)?.bundle ?? null
    // Another incident that holds the same evidence goes on holding it.
    const kept = bundle === null ? [] : this.#keptOf.all(bundle)
    const keepers = [...kept.filter((keeper) => journal.at(keeper)?.incident === entry.incident), ...bodies]
    for (const keeper of keepers) this.#dropEvidence(keeper)
    return bodies.length > 0 || keepers.length > 0
  }

  #dropEvidence(arrival: number): void {
    const { db, pieces } = this.#parts
    const { from, to } = piecesOf(arrival)
    const ids = db
      .prepare<[bigint, bigint], number>('SELECT id FROM piece WHERE id BETWEEN ? AND ?')
      .pluck()
      .all(BigInt(from), BigInt(to))
    for (const id of ids) pieces.remove(id)
    db.prepare('DELETE FROM piece WHERE id BETWEEN ? AND ?').run(BigInt(from), BigInt(to))
    pieces.rewrite(ids)
    this.#stopAwaiting.run(arrival)
    this.#forgetKept.run(arrival)
  }
}

/** What filters ask for of an entry. `live` is most of them, and needs no word. */
export function facetsOf(entry: SaidEntry): Facet[] {
  const mode: Facet[] = entry.mode === 'live' ? [] : [{ sort: 'mode', name: entry.mode }]
  return [
    { sort: 'in', name: entry.incident },
    { sort: 'kind', name: entry.kind },
    { sort: 'by', name: entry.actor.name },
    ...mode,
  ]
}
