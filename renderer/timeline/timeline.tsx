import { Fragment, type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Room } from '../incident/rooms-store.ts'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { count, dayOf } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'
import { endOf } from './entry-window.ts'
import { EntryLine } from './entry-line.tsx'
import { QuickNote } from './quick-note.tsx'
import { readOwnNote } from './own-note.ts'
import { scrollable } from '../ui/scrollable.ts'

interface Props {
  readonly room: Room
  readonly state: IncidentState
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** What happened, the newest at the bottom beside the quick entry. */
export function Timeline({ room, state, field }: Props) {
  const { desk, rooms, view } = useStores()
  const zone = useZone()
  const today = useOfNow((nowMs) => dayOf(nowMs, zone))
  const me = useStore(desk.store, (known) => known.desk?.operator?.name ?? null)
  const { id } = state
  const { scroller, onScroll } = useScroll(id, room)
  const newer = state.entries - endOf(room.window)
  const correct = useCallback(
    (entry: Entry) =>
      view.open({ name: 'correct', id, entry: entry.hash, text: readOwnNote(entry, entry.recorded_by.name) ?? '' }),
    [id, view],
  )
  const { entries } = room.window
  return (
    <section className="col timeline" aria-label={timelineWords.title}>
      <h2 className="col-title">
        {timelineWords.title}
        <span className="r">{timelineWords.count(count(state.entries, 'entry', 'entries'), state.head?.seq ?? 0)}</span>
      </h2>
      <section
        className="entries"
        id="timeline"
        ref={scroller}
        onScroll={onScroll}
        aria-label={timelineWords.entries}
        {...scrollable}
      >
        <div className="entries-begin">
          {room.window.from === 0 ? <p className="entry-day">{timelineWords.begins}</p> : null}
          {room.window.from > 0 && room.paging.state === 'asked' ? (
            <p className="asked">{timelineWords.older}</p>
          ) : null}
        </div>
        <ol>
          {entries.map((entry, index) => {
            const day = dayOf(entry.at, zone)
            const before = entries[index - 1]
            const isNewDay = before === undefined ? day !== today : day !== dayOf(before.at, zone)
            return (
              <Fragment key={entry.hash}>
                {isNewDay ? <li className="entry-day">{day}</li> : null}
                <EntryLine
                  entry={entry}
                  zone={zone}
                  correction={state.corrections[entry.hash]?.at(-1) ?? null}
                  onCorrect={me !== null && readOwnNote(entry, me) !== null ? correct : null}
                />
              </Fragment>
            )
          })}
        </ol>
        {newer > 0 && room.paging.state === 'asked' ? <p className="asked">{timelineWords.newer}</p> : null}
      </section>
      {room.paging.state === 'failed' ? (
        <RefusalNote refusal={room.paging.refusal} onRetry={() => void rooms.loadNewest(id)} />
      ) : null}
      {newer > 0 ? (
        <button type="button" className="btn newest" onClick={() => void rooms.loadNewest(id)}>
          ↓ {timelineWords.newest(count(newer, 'entry', 'entries'))}
        </button>
      ) : null}
      <QuickNote id={id} window={room.window} field={field} />
    </section>
  )
}

/** How near to an end, in pixels, the next page is asked for. */
const NEAR = 240

/**
 * Keeps the newest entry in view while a person is at the bottom, and whatever they read in its place while entries
 * come and go around it.
 */
function useScroll(id: string, room: Room) {
  const { rooms } = useStores()
  const scroller = useRef<HTMLElement>(null)
  const sticks = useRef(true)
  const anchor = useRef<{ hash: string; top: number } | null>(null)

  const onScroll = () => {
    const { current } = scroller
    if (current === null) return
    const below = current.scrollHeight - current.scrollTop - current.clientHeight
    sticks.current = below < 24
    anchor.current = firstShown(current)
    if (current.scrollTop < NEAR && room.window.from > 0) void rooms.loadOlder(id)
    if (below < NEAR && !isAtEnd(room)) void rooms.loadNewer(id)
  }

  useLayoutEffect(() => {
    const { current } = scroller
    if (current === null) return
    if (sticks.current && isAtEnd(room)) {
      current.scrollTop = current.scrollHeight
      return
    }
    const kept = anchor.current
    if (kept === null) return
    const row = current.querySelector<HTMLElement>(`[data-hash="${kept.hash}"]`)
    if (row !== null) current.scrollTop += row.offsetTop - current.scrollTop - kept.top
  }, [room])

  useEffect(() => {
    const { current } = scroller
    if (current === null) return
    const observer = new ResizeObserver(() => {
      if (sticks.current) current.scrollTop = current.scrollHeight
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [])

  return { scroller, onScroll }
}

function isAtEnd(room: Room): boolean {
  return room.state !== null && endOf(room.window) === room.state.entries
}

function firstShown(scroller: HTMLElement): { hash: string; top: number } | null {
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-hash]')) {
    if (row.offsetTop + row.offsetHeight > scroller.scrollTop) {
      return { hash: row.dataset['hash'] ?? '', top: row.offsetTop - scroller.scrollTop }
    }
  }
  return null
}
