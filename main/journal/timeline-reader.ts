import { z } from 'zod'
import { groupOf, kindsIn, type TimelineFilter, type TimelineGroup } from '../../shared/incident/timeline-filter.ts'
import { compareEntries, type Place } from '../../shared/journal/chain.ts'
import { type Entry, personSchema } from '../../shared/journal/header.ts'
import type { EntryReader } from './rows.ts'
import type { Connection } from './sqlite.ts'

/** What the timeline of an incident can be asked for, with how many entries answer to each. */
export interface TimelineFacets {
  readonly groups: readonly { readonly group: TimelineGroup; readonly count: number }[]
  /** Who said or did something, the busiest first. */
  readonly people: readonly { readonly name: string; readonly count: number }[]
}

export interface FilteredPage {
  /** How many entries of the incident pass. */
  readonly total: number
  readonly entries: Entry[]
}

/** Rows that pass a filter in the order of the fold, as of the newest row that was looked at. */
interface Passed {
  readonly ids: number[]
  upTo: number
  last: Place | null
}

interface PlacedRow extends Place {
  readonly id: number
}

const PEOPLE = 50
/** A person changes the filter a few times; each list holds a number for each entry. */
const KEPT = 6
const PAGE = 500

/** The filter as the statements take it: kinds by name as JSON (null: any), who (null: anybody). */
interface Bound {
  readonly incident: string
  readonly kinds: string | null
  readonly person: string | null
}

/** Questions that the timeline asks: filtered pages, and where a moment or an entry stands. Changes nothing. */
export class TimelineReader {
  readonly #entries: EntryReader
  readonly #passing
  readonly #newest
  readonly #kinds
  readonly #actors
  readonly #placeOf
  readonly #before
  readonly #firstSince
  readonly #idsSince
  readonly #starred
  readonly #passed = new Map<string, Passed>()

  constructor(db: Connection, entries: EntryReader) {
    this.#entries = entries
    const kindAndPerson = `(@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds))) AND
      (@person IS NULL OR json_extract(actor, '$.name') = @person OR json_extract(recorded_by, '$.name') = @person)`
    this.#passing = db.prepare<[Bound & { after: number }], PlacedRow>(
      `SELECT id, lamport, chain, seq FROM entry WHERE incident = @incident AND id > @after AND ${kindAndPerson}
        ORDER BY lamport, chain, seq`,
    )
    this.#starred = db.prepare<[Bound & { hashes: string }], PlacedRow>(
      `SELECT id, lamport, chain, seq FROM entry WHERE hash IN (SELECT value FROM json_each(@hashes))
        AND incident = @incident AND ${kindAndPerson} ORDER BY lamport, chain, seq`,
    )
    this.#newest = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM entry').pluck()
    this.#kinds = db.prepare<[string], { kind: string; count: number }>(
      'SELECT kind, count(*) AS count FROM entry WHERE incident = ? GROUP BY kind',
    )
    this.#actors = db.prepare<[string], { actor: string; count: number }>(
      'SELECT actor, count(*) AS count FROM entry WHERE incident = ? GROUP BY actor ORDER BY count DESC, actor',
    )
    this.#placeOf = db.prepare<[string, string], PlacedRow>(
      'SELECT id, lamport, chain, seq FROM entry WHERE hash = ? AND incident = ?',
    )
    this.#before = db
      .prepare<[string, number, string, number], number>(
        'SELECT count(*) FROM entry WHERE incident = ? AND (lamport, chain, seq) < (?, ?, ?)',
      )
      .pluck()
    this.#firstSince = db.prepare<[string, string], PlacedRow>(
      'SELECT id, lamport, chain, seq FROM entry WHERE incident = ? AND at >= ? ORDER BY lamport, chain, seq LIMIT 1',
    )
    this.#idsSince = db.prepare<[string, string], number>('SELECT id FROM entry WHERE incident = ? AND at >= ?').pluck()
  }

  facets(incident: string): TimelineFacets {
    const groups = new Map<TimelineGroup, number>()
    for (const { kind, count } of this.#kinds.all(incident)) {
      groups.set(groupOf(kind), (groups.get(groupOf(kind)) ?? 0) + count)
    }
    const people = new Map<string, number>()
    for (const { actor, count } of this.#actors.all(incident)) {
      const name = nameOf(actor)
      if (name !== null) people.set(name, (people.get(name) ?? 0) + count)
    }
    return {
      groups: Array.from(groups, ([group, count]) => ({ group, count })),
      people: Array.from(people, ([name, count]) => ({ name, count })).slice(0, PEOPLE),
    }
  }

  /** Entries that pass the filter, by their place among those that do: `from` to `to` (exclusive), 500 at most. */
  page(incident: string, query: FilterQuery, from: number, to: number): FilteredPage {
    const ids = this.#ids(incident, query)
    return { total: ids.length, entries: this.#entries.byIds(ids.slice(from, Math.min(to, from + PAGE))) }
  }

  /** Where an entry stands in the order of the fold, from 0; null where the incident holds none of that hash. */
  positionOf(incident: string, hash: string): number | null {
    const place = this.#placeOf.get(hash, incident)
    return place === undefined ? null : this.#positionOf(incident, place)
  }

  /**
   * Where the first entry in the order of the fold stands that was logged at or after a time (ISO UTC), among those
   * that pass; null where all are older.
   */
  positionSince(incident: string, query: FilterQuery | null, time: string): number | null {
    if (query === null) {
      const place = this.#firstSince.get(incident, time)
      return place === undefined ? null : this.#positionOf(incident, place)
    }
    const since = new Set(this.#idsSince.all(incident, time))
    const found = this.#ids(incident, query).findIndex((id) => since.has(id))
    return found === -1 ? null : found
  }

  #positionOf(incident: string, { lamport, chain, seq }: Place): number {
    return this.#before.get(incident, lamport, chain, seq) ?? 0
  }

  #ids(incident: string, { filter, starred }: FilterQuery): readonly number[] {
    const bound = { incident, kinds: this.#kindsOf(incident, filter), person: filter.person }
    if (filter.starred) return this.#starred.all({ ...bound, hashes: JSON.stringify(starred) }).map(({ id }) => id)
    const key = JSON.stringify(bound)
    const known = this.#passed.get(key)
    const passed = known !== undefined && this.#isExtended(known, bound) ? known : this.#lookAnew(bound)
    this.#passed.delete(key)
    this.#passed.set(key, passed)
    for (const [old] of this.#passed) if (this.#passed.size > KEPT) this.#passed.delete(old)
    return passed.ids
  }

  /** Takes what arrived since; false where some of it belongs in between. */
  #isExtended(passed: Passed, bound: Bound): boolean {
    const newest = this.#newest.get() ?? 0
    if (newest === passed.upTo) return true
    const rows = this.#passing.all({ ...bound, after: passed.upTo })
    const [first] = rows
    if (first !== undefined && passed.last !== null && compareEntries(passed.last, first) > 0) return false
    for (const { id } of rows) passed.ids.push(id)
    passed.last = rows.at(-1) ?? passed.last
    passed.upTo = newest
    return true
  }

  #lookAnew(bound: Bound): Passed {
    const upTo = this.#newest.get() ?? 0
    const rows = this.#passing.all({ ...bound, after: 0 })
    return { ids: rows.map(({ id }) => id), upTo, last: rows.at(-1) ?? null }
  }

  /** The kinds of the groups as JSON; null for any. Unknown ones are those that the incident has. */
  #kindsOf(incident: string, { groups }: TimelineFilter): string | null {
    if (groups.length === 0) return null
    const unknown = groups.includes('other')
      ? this.#kinds.all(incident).flatMap(({ kind }) => (groupOf(kind) === 'other' ? [kind] : []))
      : []
    return JSON.stringify([...kindsIn(groups), ...unknown].toSorted())
  }
}

/** A filter with the hashes of what is starred now. */
export interface FilterQuery {
  readonly filter: TimelineFilter
  readonly starred: readonly string[]
}

/** Null where the row is damaged: its page says so when it is read. */
function nameOf(actor: string): string | null {
  try {
    const parsed = z.safeParse(personSchema, JSON.parse(actor))
    return parsed.success ? parsed.data.name : null
  } catch {
    return null // not even JSON
  }
}
