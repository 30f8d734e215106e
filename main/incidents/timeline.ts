import type { TimelineFilter } from '../../shared/incident/timeline-filter.ts'
import type { JournalStore } from '../journal/journal-store.ts'
import type { FilteredPage, FilterQuery, TimelineFacets } from '../journal/timeline-reader.ts'

/** A moment (ISO UTC) or an entry (its hash) that somebody wants to see. */
export type Whereabouts = { readonly time: string } | { readonly hash: string }

/** What the timeline of an incident asks besides its pages. Each refuses an incident that is not there. */
export class Timeline {
  readonly #journal: JournalStore

  constructor(journal: JournalStore) {
    this.#journal = journal
  }

  /** The chain that this desk writes for an incident; null before its first entry. */
  ownChain(id: string): string | null {
    return this.#journal.ownChain(id)
  }

  filtered(id: string, filter: TimelineFilter, range: { from: number; to: number }): FilteredPage {
    const query = this.#query(id, filter)
    return this.#journal.timeline((timeline) => timeline.page(id, query, range.from, range.to))
  }

  facets(id: string): TimelineFacets & { starred: number } {
    const { stars } = this.#journal.stateOf(id)
    return { ...this.#journal.timeline((timeline) => timeline.facets(id)), starred: stars.length }
  }

  /**
   * The place of the first entry logged at or after a time, or of the entry of that hash, among those that pass the
   * filter (null: among all). Null where there is none. An entry's own place is only told among all.
   */
  locate(id: string, whereabouts: Whereabouts, filter: TimelineFilter | null): number | null {
    if ('hash' in whereabouts) {
      this.#journal.stateOf(id)
      return this.#journal.timeline((timeline) => timeline.positionOf(id, whereabouts.hash))
    }
    const query = filter === null ? null : this.#query(id, filter)
    if (query === null) this.#journal.stateOf(id)
    return this.#journal.timeline((timeline) => timeline.positionSince(id, query, whereabouts.time))
  }

  #query(id: string, filter: TimelineFilter): FilterQuery {
    return { filter, starred: this.#journal.stateOf(id).stars }
  }
}
