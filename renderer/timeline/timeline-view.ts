import { maskTyped } from '../../shared/redaction/typed.ts'
import { passes, type TimelineFilter } from '../../shared/incident/timeline-filter.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { type Asked, idle } from '../ui/asked.ts'
import { appendTo, type EntryPages, noPages, pagesOf, putPage } from './entry-pages.ts'

/** An entry that somebody wants to see: its place in the list that is shown. `serial` tells one wish from the next. */
export interface Wish {
  readonly position: number
  readonly serial: number
  /** Why it is shown, for whoever asked by a time. */
  readonly said: string
  /** Whether it was brought into view: it is not again when the room is shown another time. */
  readonly isDone: boolean
}

/** What the window shows of one incident's timeline. */
export interface TimelineView {
  /** All entries. */
  readonly all: EntryPages
  readonly filter: TimelineFilter | null
  /** What passes the filter; null without one, and until main has said how many do. */
  readonly filtered: EntryPages | null
  /** Rises when places mean other entries than before: what was asked for before then is no answer any more. */
  readonly epoch: number
  /** What became of the last page that was asked for. */
  readonly paging: Asked
  readonly wish: Wish | null
  /** The serial of what was asked for last; its place may still be looked for. 0: nothing was. */
  readonly wished: number
  /** Lines of the quick entry that were sent, oldest first. */
  readonly typed: readonly string[]
}

export const emptyView: TimelineView = {
  all: noPages,
  filter: null,
  filtered: null,
  epoch: 0,
  paging: idle,
  wish: null,
  wished: 0,
  typed: [],
}

const TYPED_KEPT = 50

/** The list that is shown. */
export function shownPages({ all, filter, filtered }: TimelineView): EntryPages {
  return filter === null ? all : (filtered ?? noPages)
}

/** Starts over from the newest entries: places may mean others than before. The filter stays. */
export function startOver(view: TimelineView, total: number, newest: readonly Entry[]): TimelineView {
  return { ...view, all: pagesOf(total, newest), filtered: null, epoch: view.epoch + 1, paging: idle, wish: null }
}

/** Shows what passes a filter; null shows all. */
export function filterBy(view: TimelineView, filter: TimelineFilter | null): TimelineView {
  return { ...view, filter, filtered: null, epoch: view.epoch + 1, paging: idle, wish: null }
}

/** New entries at the end. `stars`: what is starred after them. */
export function follow(view: TimelineView, entries: readonly Entry[], stars: readonly string[]): TimelineView {
  const all = appendTo(view.all, entries)
  const { filter, filtered } = view
  if (filter === null || filtered === null) return { ...view, all }
  // A star changes what passed before.
  if (filter.starred && entries.some(({ kind }) => kind === 'starred')) {
    return { ...view, all, filtered: null, epoch: view.epoch + 1, wish: null }
  }
  const passed = entries.filter((entry) => passes(filter, entry, stars))
  return { ...view, all, filtered: passed.length === 0 ? filtered : appendTo(filtered, passed) }
}

/** A page that main answered for the epoch in which it was asked; `total`: how many pass, where a filter was asked for. */
export function takePage(
  view: TimelineView,
  asked: { readonly epoch: number; readonly page: number },
  answer: { readonly entries: readonly Entry[]; readonly total: number | null },
): TimelineView {
  if (asked.epoch !== view.epoch) return view
  const { entries, total } = answer
  if (total === null) return { ...view, all: putPage(view.all, asked.page, entries) }
  // Entries that were fed while the answer was on its way are counted here already.
  const most = Math.max(total, view.filtered?.total ?? 0)
  return { ...view, filtered: putPage(view.filtered ?? noPages, asked.page, entries, most) }
}

/** Remembers a line that was sent, for the arrow that brings it back; never what looks like a secret in it. */
export function remember(view: TimelineView, typed: string): TimelineView {
  const line = maskTyped(typed)
  return { ...view, typed: [...view.typed.filter((known) => known !== line), line].slice(-TYPED_KEPT) }
}
