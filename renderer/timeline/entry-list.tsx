import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { IncidentState } from '../../shared/incident/state.ts'
import { correctionOf } from '../../shared/notes/corrections.ts'
import type { Room } from '../incident/rooms-store.ts'
import { isTyping } from '../keys/key-handler.ts'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { scrollable } from '../ui/scrollable.ts'
import { dayOf, shortHash } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'
import { entryAt, missingPages, PAGE_SIZE } from './entry-pages.ts'
import type { EntryActs } from './entry-line.tsx'
import { EntryRow } from './entry-row.tsx'
import { readWords } from './own-note.ts'
import { moveOf, moved, type Selection } from './selection.ts'
import { placeOf, separatorsOf } from './separators.ts'
import { shownPages } from './timeline-view.ts'
import { useVirtualRows } from './use-virtual-rows.ts'

interface Props {
  readonly room: Room
  readonly state: IncidentState
  readonly acts: EntryActs
  readonly selection: Selection | null
  onSelect(selection: Selection | null): void
  /** Whether the keyboard is in the list. */
  onActive(isActive: boolean): void
  /** Whether the newest entry is in view. */
  onEnd(isAtEnd: boolean): void
  /** Told the day and the phase of the first entry in view; empty above the first of all. */
  onPlace(place: string): void
}

/** The entries: a few of them drawn, the rest fetched as somebody comes near. */
export function EntryList({ room, state, acts, selection, onSelect, onActive, onEnd, onPlace }: Props) {
  const { rooms, view: layers } = useStores()
  const isCovered = useStore(layers.store, (shown) => shown.layers.length > 0)
  const zone = useZone()
  const today = useOfNow((nowMs) => dayOf(nowMs, zone))
  const { id } = state
  const view = room.timeline
  const pages = shownPages(view)
  const { total } = pages
  const stars = useMemo(() => new Set(state.stars), [state.stars])
  const latest = useRef({ pages, around: { state, pack: room.pack, zone, today } })
  useLayoutEffect(() => {
    latest.current = { pages, around: { state, pack: room.pack, zone, today } }
  })
  const onTop = useCallback(
    (row: number) => {
      const entry = entryAt(latest.current.pages, row)
      if (row === 0) onPlace('')
      else if (entry !== null) onPlace(placeOf(entry, latest.current.around))
    },
    [onPlace],
  )
  const listKey = `${id} ${view.epoch}`
  const { scroller, canvas, block, range, isAtEnd, onScroll, bring, turnPage } = useVirtualRows({
    count: total,
    listKey,
    onTop,
  })
  const to = Math.min(range.to, total)
  const focus = useRef<number | null>(null)
  const isHere = useRef(false)
  useLayoutEffect(() => onEnd(isAtEnd), [onEnd, isAtEnd])

  // Half a page more on each side than what is drawn, so that a turn of the wheel finds it here.
  const isCounted = view.filter === null || view.filtered !== null
  const [needFrom, needTo] = [range.from - PAGE_SIZE / 2, to + PAGE_SIZE / 2]
  useLayoutEffect(() => {
    if (!isCounted || missingPages(pages, needFrom, needTo).length > 0) rooms.need(id, needFrom, needTo)
  }, [rooms, id, needFrom, needTo, pages, isCounted])

  const { wish, wished } = view
  useLayoutEffect(() => {
    if (wish === null || wish.isDone) return
    onSelect({ from: wish.position, at: wish.position })
    bring(wish.position, 'with-before')
    focus.current = wish.position
    rooms.revealed(id, wish.serial)
  }, [wish, bring, onSelect, rooms, id])
  // Where the keyboard was when an entry was asked for; not before a dialog that closed with that has given it back.
  const asked = useRef<{ readonly wished: number; readonly from: Element | null }>({ wished: 0, from: null })
  useEffect(() => {
    if (asked.current.wished !== wished) asked.current = { wished, from: document.activeElement }
  }, [wished])

  // The entry that was asked for takes the keyboard once it is drawn and no dialog has it, unless somebody has begun to
  // type elsewhere since; one that leaves the page gives it to the list.
  useLayoutEffect(() => {
    const { current } = scroller
    if (current === null || isCovered) return
    if (focus.current !== null) {
      if (isTyping(document.activeElement) && document.activeElement !== asked.current.from) {
        focus.current = null
        return
      }
      const row = rowAt(current, focus.current)
      if (row === null) return
      focus.current = null
      row.focus({ preventScroll: true })
    } else if (isHere.current && document.activeElement === document.body) {
      current.focus({ preventScroll: true })
    }
  })

  const select = (next: Selection) => {
    onSelect(next)
    bring(next.at, 'near')
    focus.current = next.at
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Letters are the commands': they know what came before, as the G of G K. Those that are held down no command takes.
    const isOthers = event.key.length === 1 && !event.repeat
    const move = isOthers ? null : moveOf(event)
    if (move === null || total === 0) return
    event.preventDefault()
    if (move.to === 'page-up' || move.to === 'page-down') {
      const at = turnPage(move.to === 'page-up' ? -1 : 1)
      select({ from: at, at })
    } else select(moved(selection, move, total))
  }
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-position]') : null
    const isOwn = event.target instanceof Element && event.target.closest('button, a, summary, input') !== null
    // Whoever has just selected words wants to copy those.
    if (row === null || isOwn || (window.getSelection()?.toString() ?? '') !== '') return
    const at = Number(row.dataset['position'])
    onSelect(event.shiftKey && selection !== null ? { from: selection.from, at } : { from: at, at })
    row.focus({ preventScroll: true })
  }

  const drawn = Array.from({ length: Math.max(0, to - range.from) }, (_each, index) => range.from + index)
  const around = { state, pack: room.pack, zone, today }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a region that scrolls takes the keyboard
    <section
      className="entries"
      id="timeline"
      ref={scroller}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={({ target, currentTarget }) => {
        isHere.current = true
        onActive(true)
        // A dialog that closes gives the keyboard back to the region: the entry that is selected has it.
        if (target === currentTarget && selection !== null)
          rowAt(currentTarget, selection.at)?.focus({ preventScroll: true })
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        // A dialog over the room borrows the keyboard and gives it back.
        if (currentTarget.contains(relatedTarget) || layers.store.getState().layers.length > 0) return
        isHere.current = false
        onActive(false)
      }}
      aria-label={timelineWords.entries}
      {...scrollable}
    >
      <p className="entries-begin entry-day">{view.filter === null ? timelineWords.begins : ''}</p>
      <div className="entries-canvas" ref={canvas}>
        <ol ref={block}>
          {drawn.map((position) => {
            const entry = entryAt(pages, position)
            const before = position === 0 ? null : entryAt(pages, position - 1)
            const begins =
              entry === null || (before === null && position > 0)
                ? { day: null, stage: null }
                : separatorsOf(entry, before, around)
            return (
              <EntryRow
                key={position}
                position={position}
                total={total}
                entry={entry}
                day={begins.day}
                stage={begins.stage}
                zone={zone}
                correction={entry === null ? null : correctionOf(state.corrections, entry.hash)}
                erasure={(entry === null ? undefined : state.erasures[entry.hash]) ?? null}
                isStarred={entry !== null && stars.has(entry.hash)}
                isSelected={selection !== null && isWithin(position, selection)}
                otherChain={
                  entry === null || room.ownChain === null || entry.chain === room.ownChain
                    ? null
                    : shortHash(entry.chain).slice(0, 4)
                }
                canCorrect={entry !== null && readWords(entry) !== null}
                acts={acts}
              />
            )
          })}
        </ol>
      </div>
    </section>
  )
}

/** The drawn row of a place; null where it is not drawn. */
function rowAt(region: HTMLElement, position: number): HTMLElement | null {
  return region.querySelector<HTMLElement>(`[data-position="${position}"]`)
}

function isWithin(position: number, { from, at }: Selection): boolean {
  return position >= Math.min(from, at) && position <= Math.max(from, at)
}
