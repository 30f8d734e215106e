import type { Entry } from '../../shared/journal/header.ts'

/**
 * A stretch of an incident's entries in the order of the fold: `from` is the position of the first. It never holds
 * more than `WINDOW_CAP`, so neither memory nor the page grow with the incident.
 */
export interface EntryWindow {
  readonly from: number
  readonly entries: readonly Entry[]
}

export const WINDOW_CAP = 400
export const PAGE_SIZE = 150

export const emptyWindow: EntryWindow = { from: 0, entries: [] }

export function endOf(window: EntryWindow): number {
  return window.from + window.entries.length
}

/** Entries that follow the window's last. Over the cap, the oldest leave. */
export function appendTo(window: EntryWindow, entries: readonly Entry[]): EntryWindow {
  const all = [...window.entries, ...entries]
  const over = Math.max(0, all.length - WINDOW_CAP)
  return { from: window.from + over, entries: all.slice(over) }
}

/** Entries that stand right before the window's first. Over the cap, the newest leave. */
export function prependTo(window: EntryWindow, entries: readonly Entry[]): EntryWindow {
  return { from: window.from - entries.length, entries: [...entries, ...window.entries].slice(0, WINDOW_CAP) }
}
