import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useStores } from '../stores.ts'
import { moved, moveOf } from '../timeline/selection.ts'

/** The rows of a list, of which one has the keyboard: what to put on the list, and which row that is. */
export interface RowFocus<List extends HTMLElement> {
  readonly list: RefObject<List | null>
  /** The `data-row` of the row that has the keyboard; null where it is elsewhere. */
  readonly at: string | null
  /** Whether the row itself has it, and nothing in it: space and Enter are a button's own. */
  readonly isOnRow: boolean
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
  onFocus(event: FocusEvent<HTMLElement>): void
  onBlur(event: FocusEvent<HTMLElement>): void
  /** As a key would: to the next row or the one before. */
  step(by: 1 | -1): void
  first(): void
}

/** How many rows a page is. */
const PAGE = 5

/**
 * Arrows, J and K, Home, End and pages move among the elements with `data-row` that are on screen, each of which has
 * `tabIndex` -1. A dialog over the list borrows the keyboard and gives it back; a row that goes leaves it to its neighbour.
 */
export function useRowFocus<List extends HTMLElement>(layer: string): RowFocus<List> {
  const { view } = useStores()
  const list = useRef<List>(null)
  const [at, setAt] = useState<string | null>(null)
  const [isOnRow, setOnRow] = useState(false)
  const isHere = useRef(false)
  const place = useRef(0)
  /** The list has the keyboard only because it had no row. */
  const wasEmpty = useRef(false)

  useLayoutEffect(() => {
    if (!isHere.current || list.current === null) return
    const isLeft =
      document.activeElement === document.body || (wasEmpty.current && document.activeElement === list.current)
    if (!isLeft) return
    if ((view.store.getState().layers.at(-1)?.name ?? 'base') !== layer) return
    const rows = rowsIn(list.current)
    const same = rows.find(({ dataset }) => dataset['row'] === at)
    const next = same ?? rows[Math.min(place.current, rows.length - 1)]
    wasEmpty.current = next === undefined
    if (next === undefined) list.current.focus()
    else next.focus()
  })

  const go = (to: (index: number, last: number) => number) => {
    const rows = list.current === null ? [] : rowsIn(list.current)
    const now = rows.findIndex((row) => row.contains(document.activeElement))
    const next = rows[to(now, rows.length - 1)]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  const step = (by: 1 | -1) => go((index, last) => Math.max(0, Math.min(last, index + by)))
  return {
    list,
    at,
    isOnRow,
    step,
    first: () => go(() => 0),
    onKeyDown(event) {
      // Letters are the commands': they know what came before, as the G of G K.
      const isOthers = event.key.length === 1 || (event.target instanceof HTMLElement && isField(event.target))
      const move = isOthers ? null : moveOf(event)
      if (move === null || event.defaultPrevented) return
      event.preventDefault()
      go((index, last) => {
        if (move.to === 'page-down') return Math.min(last, index + PAGE)
        if (move.to === 'page-up') return Math.max(0, index - PAGE)
        return index === -1 && move.to !== 'last' ? 0 : moved({ from: index, at: index }, move, last + 1).at
      })
    },
    onFocus({ target, currentTarget }) {
      isHere.current = true
      const row = target.closest<HTMLElement>('[data-row]')
      setAt(row?.dataset['row'] ?? null)
      setOnRow(row === target)
      if (row !== null) place.current = rowsIn(currentTarget).indexOf(row)
    },
    onBlur({ currentTarget, relatedTarget }) {
      if (currentTarget.contains(relatedTarget)) return
      // A dialog over it borrows the keyboard. Of a row that is taken away no blur is heard: React holds its events back meanwhile.
      if ((view.store.getState().layers.at(-1)?.name ?? 'base') !== layer) return
      isHere.current = false
      setAt(null)
      setOnRow(false)
    },
  }
}

function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-row]')].filter((row) => row.checkVisibility())
}

function isField(element: HTMLElement): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLSelectElement
}
