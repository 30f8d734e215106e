import type { Entry } from '../../shared/journal/header.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { shortHash } from '../words/time.ts'
import { erasureWords } from '../words/erasure.ts'
import { timelineWords } from '../words/timeline.ts'
import type { Selection } from './selection.ts'

interface Props {
  /** Null while the keyboard is elsewhere. */
  readonly selection: Selection | null
  readonly entry: Entry | null
  readonly total: number
  readonly isStarred: boolean
  /** What came of copying. */
  readonly said: string
  /** What the system did not let Muster copy. */
  readonly text: string | null
}

/** What is selected and what can be done with it, while the list has the keyboard. */
export function SelectionLine({ selection, entry, total, isStarred, said, text }: Props) {
  const length = selection === null ? 0 : Math.abs(selection.at - selection.from) + 1
  return (
    <div className="selection-line">
      {selection === null || entry === null ? null : (
        <p>
          <span>
            {length > 1
              ? timelineWords.selectedMany(length)
              : timelineWords.selected((selection.at + 1).toLocaleString('en'), total.toLocaleString('en'))}
          </span>
          <span className="mono">{timelineWords.chainPlace(shortHash(entry.chain).slice(0, 4), entry.seq)}</span>
          <span className="selection-keys" aria-hidden="true">
            <KeyCap keys="s" /> {isStarred ? timelineWords.unstar : timelineWords.star}
            <KeyCap keys="c" /> {timelineWords.copy}
            <KeyCap keys="enter" /> {erasureWords.stored.act}
            <KeyCap keys="delete" /> {erasureWords.act}
            <KeyCap keys="escape" /> {timelineWords.keys.leave}
          </span>
        </p>
      )}
      <output>{said}</output>
      {text === null ? null : (
        <textarea className="mono copied-text" aria-label={timelineWords.copiedText} readOnly rows={4} value={text} />
      )}
    </div>
  )
}
