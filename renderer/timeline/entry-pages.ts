import type { Entry } from '../../shared/journal/header.ts'

/**
 * What the window holds of a long list of entries: whole pages by their number. There are never more than
 * `PAGES_KEPT`, so memory does not grow with the incident.
 */
export interface EntryPages {
  /** How many entries the list has; only some of them are here. */
  readonly total: number
  readonly pages: ReadonlyMap<number, readonly Entry[]>
}

export const PAGE_SIZE = 100
export const PAGES_KEPT = 16

export const noPages: EntryPages = { total: 0, pages: new Map() }

/** A list of which the newest entries are known. Those of a page that began before them are left out. */
export function pagesOf(total: number, newest: readonly Entry[]): EntryPages {
  const from = total - newest.length
  const first = Math.ceil(from / PAGE_SIZE)
  const pages = new Map<number, readonly Entry[]>()
  for (let page = first; page * PAGE_SIZE < total; page++) {
    pages.set(page, newest.slice(page * PAGE_SIZE - from, (page + 1) * PAGE_SIZE - from))
  }
  return { total, pages }
}

/** The entry at a place, or null where it is not here. */
export function entryAt({ pages }: EntryPages, position: number): Entry | null {
  return pages.get(Math.floor(position / PAGE_SIZE))?.[position % PAGE_SIZE] ?? null
}

/** Entries that follow the list's last. */
export function appendTo({ total, pages }: EntryPages, entries: readonly Entry[]): EntryPages {
  const grown = new Map(pages)
  entries.forEach((entry, index) => {
    const page = Math.floor((total + index) / PAGE_SIZE)
    const place = (total + index) % PAGE_SIZE
    const known = grown.get(page) ?? []
    // A page of which the beginning is missing is asked for when somebody looks at it.
    if (known.length === place) grown.set(page, [...known, entry])
  })
  const all = { total: total + entries.length, pages: grown }
  return grown.size > PAGES_KEPT ? keepNear(all, Math.floor((all.total - 1) / PAGE_SIZE)) : all
}

/** A page that came; those farthest from it go when there are too many. */
export function putPage(list: EntryPages, page: number, entries: readonly Entry[], total = list.total): EntryPages {
  return keepNear({ total, pages: new Map(list.pages).set(page, entries) }, page)
}

/** Numbers of the pages with places `from` to `to` (exclusive) that are not here, or not whole. */
export function missingPages({ total, pages }: EntryPages, from: number, to: number): number[] {
  const missing: number[] = []
  const end = Math.min(to, total)
  for (let page = Math.floor(Math.max(0, from) / PAGE_SIZE); page * PAGE_SIZE < end; page++) {
    const whole = Math.min(PAGE_SIZE, total - page * PAGE_SIZE)
    if ((pages.get(page)?.length ?? 0) < whole) missing.push(page)
  }
  return missing
}

/** The newest entry that is here and for which `is` holds. */
export function findNewest({ pages }: EntryPages, is: (entry: Entry) => boolean): Entry | null {
  for (const page of Array.from(pages.keys()).toSorted((a, b) => b - a)) {
    const found = pages.get(page)?.findLast(is)
    if (found !== undefined) return found
  }
  return null
}

/** The newest page stays: the newest entries are where people come back to. */
function keepNear({ total, pages }: EntryPages, near: number): EntryPages {
  const newest = Math.floor((total - 1) / PAGE_SIZE)
  const byDistance = Array.from(pages.keys())
    .filter((page) => page !== newest)
    .toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))
  const kept = new Map(pages)
  for (const page of byDistance.slice(PAGES_KEPT - 1)) kept.delete(page)
  return { total, pages: kept }
}
