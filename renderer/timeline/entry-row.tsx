import { memo } from 'react'
import type { Erasures } from '../../shared/erasure/entries.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Zone } from '../desk/preferences.ts'
import { timelineWords } from '../words/timeline.ts'
import { EntryLine, type EntryActs } from './entry-line.tsx'

interface Props {
  readonly position: number
  readonly total: number
  /** Null: not here yet. */
  readonly entry: Entry | null
  readonly day: string | null
  readonly stage: string | null
  readonly zone: Zone
  readonly correction: { readonly text: string; readonly at: string; readonly by: string } | null
  readonly isStarred: boolean
  readonly isSelected: boolean
  readonly otherChain: string | null
  readonly erasure: Erasures[string] | null
  readonly canCorrect: boolean
  readonly acts: EntryActs
}

/** One place of the timeline: what begins with it, and its entry, or a line that stands for it. */
export const EntryRow = memo(function EntryRow(props: Props) {
  const { position, total, entry, day, stage, isSelected } = props
  return (
    <li
      className={isSelected ? 'entry-place selected' : 'entry-place'}
      data-position={position}
      data-awaited={entry === null ? '' : undefined}
      aria-setsize={total}
      aria-posinset={position + 1}
      aria-current={isSelected ? 'true' : undefined}
      tabIndex={-1}
    >
      {day === null ? null : <p className="entry-day">{day}</p>}
      {stage === null ? null : <p className="entry-day entry-stage">{stage}</p>}
      {entry === null ? (
        <p className="entry-awaited">
          <span aria-hidden="true">…</span>
          <span className="unseen">{timelineWords.awaited}</span>
        </p>
      ) : (
        <EntryLine
          entry={entry}
          zone={props.zone}
          correction={props.correction}
          isStarred={props.isStarred}
          otherChain={props.otherChain}
          erasure={props.erasure}
          canCorrect={props.canCorrect}
          acts={props.acts}
        />
      )}
    </li>
  )
})
