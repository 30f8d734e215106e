import type { Connection } from '../journal/sqlite.ts'
import type { Range } from './shards.ts'

/** What filters ask for: incident (by id), actor (by name), kind, mode (of an exercise and of a routine only), star. */
export type FacetSort = 'in' | 'by' | 'kind' | 'mode' | 'star'

export interface Facet {
  readonly sort: FacetSort
  readonly name: string
}

/** A facet as the index knows it: the word that stands for it, and the arrivals between which it stands. */
export interface KnownFacet extends Range {
  readonly name: string
  readonly token: string
}

/** A letter of a private-use area, which no word of a text holds: `wordsOf` takes it for a gap. */
const SIGN = '\ue000'

/**
 * Facets stand in the index as words of their own behind the text, so that a filter is one more word to be found: FTS5
 * then leaps over what does not fit, however common the words that were typed.
 */
export class Facets {
  readonly #numbers = new Map<string, number>()
  readonly #seen = new Map<number, { from: number; to: number }>()
  readonly #find
  readonly #make
  readonly #widen
  readonly #of

  constructor(db: Connection) {
    this.#find = db.prepare<[string, string], number>('SELECT no FROM facet WHERE sort = +? AND name = +?').pluck()
    this.#make = db.prepare('INSERT INTO facet (sort, name, first, last) VALUES (?, ?, ?, ?)')
    this.#widen = db.prepare('UPDATE facet SET first = min(first, ?), last = max(last, ?) WHERE no = ?')
    this.#of = db.prepare<[string], { no: number; name: string; first: number; last: number }>(
      'SELECT no, name, first, last FROM facet WHERE sort = ?',
    )
  }

  /** The words that stand for the facets of one entry; written down as standing there. */
  tokens(facets: readonly Facet[], arrival: number): string {
    return facets.map((facet) => tokenOf(this.#see(facet, arrival))).join(' ')
  }

  /** Writes down where facets were seen: at the end of each transaction that asked for tokens. */
  flush(): void {
    for (const [no, { from, to }] of this.#seen) this.#widen.run(from, to, no)
    this.#seen.clear()
  }

  /** After a transaction that was rolled back. */
  forget(): void {
    this.#numbers.clear()
    this.#seen.clear()
  }

  of(sort: FacetSort): KnownFacet[] {
    return this.#of.all(sort).map(({ no, name, first, last }) => ({ name, token: tokenOf(no), from: first, to: last }))
  }

  #see({ sort, name }: Facet, arrival: number): number {
    const no = this.#numberOf(sort, name, arrival)
    const seen = this.#seen.get(no)
    if (seen === undefined) this.#seen.set(no, { from: arrival, to: arrival })
    else {
      seen.from = Math.min(seen.from, arrival)
      seen.to = Math.max(seen.to, arrival)
    }
    return no
  }

  #numberOf(sort: FacetSort, name: string, arrival: number): number {
    const key = `${sort} ${name}`
    const known = this.#numbers.get(key) ?? this.#find.get(sort, name)
    const no = known ?? Number(this.#make.run(sort, name, arrival, arrival).lastInsertRowid)
    this.#numbers.set(key, no)
    return no
  }
}

function tokenOf(no: number): string {
  return `${SIGN}${no.toString(36)}`
}
