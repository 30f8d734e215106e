import { useStores } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { filterWords, timelineWords } from '../words/timeline.ts'
import type { TimelineView } from './timeline-view.ts'

interface Props {
  readonly id: string
  readonly view: TimelineView
  /** How many entries there are in all. */
  readonly of: number
}

/** What the timeline leaves out, and the way back to all of it; nothing while it shows all. */
export function FilterLine({ id, view, of }: Props) {
  const { rooms } = useStores()
  const { filter, filtered } = view
  if (filter === null) return null
  const words = timelineWords.filter
  return (
    <p className="filter-line">
      <b>{words.lead}</b> {filterWords(filter)}
      <output>
        {filtered === null
          ? words.reading
          : filtered.total === 0
            ? words.nothing
            : words.shown(filtered.total.toLocaleString('en'), of.toLocaleString('en'))}
      </output>
      <button type="button" className="btn plain end" onClick={() => rooms.filter(id, null)}>
        {words.all} <KeyCap keys="backspace" />
      </button>
    </p>
  )
}
