import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { RowHeights } from './row-heights.ts'

/** Which rows are drawn: `from` to `to` (exclusive). */
export interface RowRange {
  readonly from: number
  readonly to: number
}

interface Options {
  readonly count: number
  /** Another key is another list: it is shown from its end. */
  readonly listKey: string
  /** Told the first row in view whenever it changes. */
  onTop(row: number): void
}

interface VirtualRows {
  readonly scroller: RefObject<HTMLElement | null>
  readonly canvas: RefObject<HTMLDivElement | null>
  readonly block: RefObject<HTMLOListElement | null>
  readonly range: RowRange
  /** Whether the last row is in view and stays there. */
  readonly isAtEnd: boolean
  onScroll(): void
  /** Brings a row into view: just so far as needed, or with some of what comes before it. */
  bring(row: number, how: 'near' | 'with-before'): void
  /** Goes a page up (-1) or down (1); answers the row that was then at the top or the bottom. */
  turnPage(direction: -1 | 1): number
}

/** Where a person reads: at the end, or at a row that begins so many pixels below (above, if negative) the top. */
type Anchor = 'end' | { readonly row: number; readonly below: number }

/** One line of text, as it is drawn. */
const ROW_PX = 27
/** How much is drawn beyond each edge of what is seen: a fast turn of a wheel. */
const OVERSCAN_PX = 700
/** Rows come and go in groups, so that not every row scrolled draws anew. */
const GROUP = 8
const NEAR_END_PX = 24
const LANDING_MS = 80
/**
 * How many rows a screen showed last time: as many are drawn at once where a list begins, and what stands before them
 * when it has landed. Should they not fill the screen, the first look at them draws more before anything is painted.
 */
let screenful = 2 * GROUP
/** A few rows too many are left: taking them out costs more than drawing them. */
const SPARE = 3 * GROUP
/** Room above a row that was brought into view. */
const TOP_PX = 4

/**
 * Draws a few of very many rows of different heights in a scrolling region. Rows are measured as they are drawn, and
 * whatever a person reads keeps its place while rows around it turn out higher than guessed, or are added. The list
 * element holds the drawn rows only, one element each, in order.
 */
export function useVirtualRows({ count, listKey, onTop }: Options): VirtualRows {
  const scroller = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const block = useRef<HTMLOListElement>(null)
  const list = useRef({ key: listKey, heights: new RowHeights(count, ROW_PX) })
  const anchor = useRef<Anchor>('end')
  const [range, setRange] = useState<RowRange>(() => ({ from: Math.max(0, groupOf(count - screenful)), to: count }))
  const [isAtEnd, setAtEnd] = useState(true)
  const drawn = useRef(range)
  const top = useRef(-1)
  const lookedAt = useRef(0)
  const landing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latestLook = useRef(() => {})

  /** Puts the drawn rows where they belong, and what is read where it was. */
  const place = useCallback(() => {
    const parts = partsOf(scroller, canvas, block)
    if (parts === null) return
    const { heights } = list.current
    parts.canvas.style.height = `${heights.total}px`
    parts.block.style.top = `${heights.offsetOf(drawn.current.from)}px`
    const { current } = anchor
    const wanted =
      current === 'end'
        ? parts.scroller.scrollHeight - parts.scroller.clientHeight
        : parts.canvas.offsetTop + heights.offsetOf(current.row) - current.below
    if (Math.abs(parts.scroller.scrollTop - wanted) > 0.5) parts.scroller.scrollTop = wanted
  }, [])

  /** Draws the rows that are now in view, if they are not drawn yet. */
  const look = useCallback(() => {
    const { current } = scroller
    // What is hidden has no height, and no number of rows would fill it.
    if (current === null || canvas.current === null || current.clientHeight === 0) return
    const { heights } = list.current
    const begins = current.scrollTop - canvas.current.offsetTop
    const first = heights.rowAt(begins)
    if (first !== top.current) {
      top.current = first
      onTop(first)
    }
    // Who flies past whole screens, or has just come, sees no more than one of them: the rest is drawn when they stop.
    const hasJumped = Math.abs(current.scrollTop - lookedAt.current) > current.clientHeight
    lookedAt.current = current.scrollTop
    if (hasJumped) {
      clearTimeout(landing.current)
      landing.current = setTimeout(() => {
        landing.current = undefined
        latestLook.current()
      }, LANDING_MS)
    }
    const beyond = landing.current === undefined ? OVERSCAN_PX : 0
    const from = groupOf(heights.rowAt(begins - beyond))
    // On paper the region is as high as its rows: without a bound, more of them would make room for more.
    const seen = Math.min(current.clientHeight, window.innerHeight)
    const last = heights.rowAt(begins + seen + beyond)
    screenful = heights.rowAt(begins + seen) - first + 1
    const to = Math.min(heights.count, groupOf(last) + GROUP)
    // Where another drawing is under way, it looks again itself.
    if (!covers(drawn.current, from, to)) setRange({ from, to })
  }, [onTop])

  const onScroll = () => {
    const { current } = scroller
    if (current === null || canvas.current === null) return
    const below = current.scrollHeight - current.scrollTop - current.clientHeight
    const begins = current.scrollTop - canvas.current.offsetTop
    const row = list.current.heights.rowAt(begins)
    anchor.current = below < NEAR_END_PX ? 'end' : { row, below: list.current.heights.offsetOf(row) - begins }
    // Drawn within this frame: later would show an empty stretch first.
    flushSync(() => {
      setAtEnd(anchor.current === 'end')
      look()
    })
  }

  useEffect(() => {
    latestLook.current = look
  }, [look])
  useEffect(() => () => clearTimeout(landing.current), [])

  useLayoutEffect(() => {
    if (list.current.key !== listKey) {
      list.current = { key: listKey, heights: new RowHeights(count, ROW_PX) }
      anchor.current = 'end'
    }
    list.current.heights.resize(count)
    drawn.current = range
    measure(block.current, range.from, list.current.heights)
    place()
    look()
  })

  useEffect(() => {
    const observer = new ResizeObserver(() => {
      measure(block.current, drawn.current.from, list.current.heights)
      place()
      look()
    })
    for (const { current } of [scroller, block]) if (current !== null) observer.observe(current)
    return () => observer.disconnect()
  }, [place, look])

  const bring = (row: number, how: 'near' | 'with-before') => {
    const { current } = scroller
    if (current === null || canvas.current === null) return
    const { heights } = list.current
    const { clientHeight } = current
    const begins = canvas.current.offsetTop + heights.offsetOf(row) - current.scrollTop
    const ends = canvas.current.offsetTop + heights.offsetOf(row + 1) - current.scrollTop
    if (row === heights.count - 1) anchor.current = 'end'
    else if (how === 'with-before') anchor.current = { row, below: Math.round(clientHeight / 3) }
    else if (begins < TOP_PX) anchor.current = { row, below: TOP_PX }
    else if (ends > clientHeight) anchor.current = { row, below: Math.max(TOP_PX, clientHeight - (ends - begins) - 4) }
    place()
    look()
  }

  const turnPage = (direction: -1 | 1) => {
    const { current } = scroller
    if (current === null || canvas.current === null) return 0
    current.scrollTop += direction * (current.clientHeight - ROW_PX)
    onScroll()
    const begins = current.scrollTop - canvas.current.offsetTop
    return list.current.heights.rowAt(direction === -1 ? begins + TOP_PX : begins + current.clientHeight - TOP_PX)
  }

  return { scroller, canvas, block, range, isAtEnd, onScroll, bring, turnPage }
}

/** Where the group of a row begins. */
function groupOf(row: number): number {
  return Math.floor(row / GROUP) * GROUP
}

function covers(known: RowRange, from: number, to: number): boolean {
  return known.from <= from && known.to >= to && known.to - known.from <= to - from + SPARE
}

function partsOf(
  scroller: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLElement | null>,
  block: RefObject<HTMLElement | null>,
) {
  if (scroller.current === null || canvas.current === null || block.current === null) return null
  return { scroller: scroller.current, canvas: canvas.current, block: block.current }
}

/** What stands for an entry that is not here yet is no measure of it, nor is one that is hidden. */
function measure(block: HTMLElement | null, from: number, heights: RowHeights): void {
  if (block === null || block.clientHeight === 0) return
  Array.from(block.children).forEach((row, index) => {
    if (!row.hasAttribute('data-awaited')) heights.set(from + index, row.getBoundingClientRect().height)
  })
}
