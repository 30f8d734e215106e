import { type RefObject, startTransition, useCallback, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { Attach } from '../evidence/attach.tsx'
import { useStores } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { count } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'
import { EntryList } from './entry-list.tsx'
import type { EntryActs } from './entry-line.tsx'
import { entryAt, type EntryPages } from './entry-pages.ts'
import { FilterLine } from './filter-line.tsx'
import { readWords } from './own-note.ts'
import { QuickNote } from './quick-note.tsx'
import type { Selection } from './selection.ts'
import { SelectionLine } from './selection-line.tsx'
import { shownPages } from './timeline-view.ts'
import { TimelineKeys } from './timeline-keys.tsx'
import { useCopy } from './use-copy.ts'
import { useInTurn } from './use-in-turn.ts'

interface Props {
  readonly state: IncidentState
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** More is an export's business. */
const COPIED_AT_ONCE = 500

/** What happened, the newest at the bottom beside the quick entry. */
export function Timeline({ state, field }: Props) {
  const { rooms, view } = useStores()
  const { id } = state
  const room = useStore(rooms.store, (all) => roomOf(all, id))
  const { timeline } = room
  const pages = shownPages(timeline)
  const [selected, setSelected] = useState<{ epoch: number; selection: Selection } | null>(null)
  const [isActive, setActive] = useState(false)
  const [isAtEnd, setAtEnd] = useState(true)
  const [place, setPlace] = useState('')
  // What is around the entries follows them: they are painted first.
  const onEnd = useCallback((is: boolean) => startTransition(() => setAtEnd(is)), [])
  const onPlace = useCallback((where: string) => startTransition(() => setPlace(where)), [])
  const starring = useInTurn()
  const { said, text, copy, forget } = useCopy(state)
  const { epoch } = timeline
  // Where places mean other entries than before, nothing is selected.
  const selection = selected?.epoch === epoch ? selected.selection : null
  const onSelect = useCallback(
    (next: Selection | null) => {
      forget()
      setSelected(next === null ? null : { epoch, selection: next })
    },
    [epoch, forget],
  )
  const { ask } = starring
  const acts = useMemo<EntryActs>(
    () => ({
      correct: (entry) => view.open({ name: 'correct', id, entry: entry.hash, text: readWords(entry) ?? '' }),
      star: (entry, on) => ask(() => rooms.change('star', { id, entry: entry.hash, on })),
      copy: (entry) => copy([entry]),
      stored: (entry) => view.open({ name: 'stored', id, entry: entry.hash }),
      erase: (entry) => view.open({ name: 'erase', id, entry: entry.hash, bundle: null }),
    }),
    [id, view, rooms, ask, copy],
  )
  const entry = selection === null ? null : entryAt(pages, selection.at)
  const isStarred = entry !== null && state.stars.includes(entry.hash)
  const selectedEntries = () => (selection === null ? [] : entriesWithin(pages, selection))
  return (
    <section className="col timeline" aria-label={timelineWords.title}>
      <h2 className="col-title">
        {timelineWords.title}
        <span className="entries-place">{place}</span>
        <button
          type="button"
          className="btn plain end"
          onClick={() => view.open({ name: 'timeline-filter', id })}
          aria-haspopup="dialog"
        >
          {timelineWords.filter.button}
        </button>
        <span className="faint">
          {timelineWords.count(count(state.entries, 'entry', 'entries'), state.head?.seq ?? 0)}
        </span>
      </h2>
      <FilterLine id={id} view={timeline} of={state.entries} />
      <EntryList
        room={room}
        state={state}
        acts={acts}
        selection={selection}
        onSelect={onSelect}
        onActive={setActive}
        onEnd={onEnd}
        onPlace={onPlace}
      />
      {isActive ? (
        <TimelineKeys
          id={id}
          acts={acts}
          entry={entry}
          isStarred={isStarred}
          isFiltered={timeline.filter !== null}
          isEmpty={pages.total === 0}
          onCopy={() => copy(selectedEntries())}
        />
      ) : null}
      {timeline.paging.state === 'failed' ? (
        <RefusalNote refusal={timeline.paging.refusal} onRetry={() => rooms.needAgain(id)} />
      ) : null}
      {starring.refusal === null ? null : <RefusalNote refusal={starring.refusal} onDismiss={starring.forget} />}
      <SelectionLine
        selection={isActive ? selection : null}
        entry={entry}
        total={pages.total}
        isStarred={isStarred}
        said={said === '' && isActive && selection?.at === timeline.wish?.position ? (timeline.wish?.said ?? '') : said}
        text={text}
      />
      <div className="under-entries">
        <Attach id={id} field={field} />
        {isAtEnd || pages.total === 0 ? null : (
          <button type="button" className="btn newest" onClick={() => void rooms.reveal(id, 'newest')}>
            ↓ {timelineWords.newest}
          </button>
        )}
      </div>
      <QuickNote id={id} room={room} state={state} field={field} />
    </section>
  )
}

/** Those of the selected places that are here; a selection longer than what the window holds is cut. */
function entriesWithin(pages: EntryPages, { from, at }: Selection): Entry[] {
  const first = Math.min(from, at)
  const length = Math.min(Math.abs(at - from) + 1, COPIED_AT_ONCE)
  return Array.from({ length }, (_each, index) => entryAt(pages, first + index)).filter((one) => one !== null)
}
