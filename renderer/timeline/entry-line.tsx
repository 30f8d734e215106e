import { memo } from 'react'
import type { Entry } from '../../shared/journal/header.ts'
import type { Zone } from '../desk/preferences.ts'
import type { Erasures } from '../../shared/erasure/entries.ts'
import { sentenceOf } from '../words/entries.ts'
import { erasureWords } from '../words/erasure.ts'
import type { Piece } from '../words/sentence.ts'
import { skewWords } from '../words/skew.ts'
import { bothTimes, dayOf, shortTime, timeOfDay } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'
import { readWords } from './own-note.ts'
import { Pieces } from './pieces.tsx'

interface Correction {
  readonly text: string
  readonly at: string
  readonly by: string
}

interface Props {
  readonly entry: Entry
  readonly zone: Zone
  /** The newest correction of it, if there is one. */
  readonly correction: Correction | null
  /** Who erased its text, if somebody did. */
  readonly erasure: Erasures[string] | null
  readonly isStarred: boolean
  /** The beginning of its chain's id, where it is not the one that this desk writes. */
  readonly otherChain: string | null
  readonly acts: EntryActs
  /** Whether it has words that may be said otherwise: a note or a correction, whoever recorded it. */
  readonly canCorrect: boolean
}

/** What can be done with an entry. The same value for all, so that no line is drawn anew for it. */
export interface EntryActs {
  correct(entry: Entry): void
  star(entry: Entry, on: boolean): void
  copy(entry: Entry): void
  /** Shows it as it is stored. */
  stored(entry: Entry): void
  erase(entry: Entry): void
}

/** A second of typing is no back-dating. */
const LATER_MS = 1500

/** One entry as a sentence with its time, who did it, and whether it was logged later. */
export const EntryLine = memo(function EntryLine(props: Props) {
  const { entry, zone, correction, erasure, isStarred, otherChain, acts, canCorrect } = props
  const { icon, kind, said, sub, turning } = sentenceOf(entry, zone, erasure)
  const skew = skewWords(entry.clock.skew_ms)
  const isLater = Math.abs(Date.parse(entry.at) - Date.parse(entry.happened_at)) > LATER_MS
  const sameDay = dayOf(entry.at, zone) === dayOf(entry.happened_at, zone)
  return (
    <div className={turning ? 'entry turning' : 'entry'} data-hash={entry.hash} data-kind={entry.kind}>
      <time className="entry-time" dateTime={entry.at} title={bothTimes(entry.at)}>
        {timeOfDay(entry.at, zone)}
      </time>
      <span className="entry-icon" aria-hidden="true" title={kind}>
        {icon}
      </span>
      <div className="entry-said">
        {isStarred ? (
          <>
            <span className="entry-star" aria-hidden="true" title={timelineWords.starred}>
              ★
            </span>{' '}
            <span className="unseen">{timelineWords.starred}. </span>
          </>
        ) : null}
        <span className="unseen">{kind}: </span>
        {correction === null ? (
          <Pieces incident={entry.incident} pieces={said} />
        ) : (
          <Corrected entry={entry} said={said} text={correction.text} />
        )}
        <span className="entry-sub">
          {sub.length === 0 ? null : (
            <>
              {' · '}
              <Pieces incident={entry.incident} pieces={sub} />
            </>
          )}
          {correction === null
            ? null
            : ` · ${timelineWords.corrected(correction.by, timeOfDay(correction.at, zone).slice(0, 5))}`}{' '}
          <span className="entry-who">· {entry.actor.name}</span>
          {entry.recorded_by.name === entry.actor.name ? '' : ` · ${timelineWords.recordedBy(entry.recorded_by.name)}`}
        </span>
        {isLater && entry.kind !== 'declared' ? (
          <span className="tag later" title={bothTimes(entry.happened_at)}>
            {timelineWords.later}:{' '}
            {timelineWords.happened(
              sameDay
                ? timeOfDay(entry.happened_at, zone).slice(0, 5)
                : shortTime(entry.happened_at, Date.parse(entry.at), zone),
            )}
          </span>
        ) : null}
        {entry.clock.mark === 'stepped' ? (
          <span className="tag later">{timelineWords.clock(Math.round((entry.clock.by_ms ?? 0) / 1000))}</span>
        ) : null}
        {skew === null ? null : (
          <span className="tag later" title={timelineWords.skewWhy}>
            {timelineWords.skew(skew)}
          </span>
        )}
        {otherChain === null ? null : (
          <span className="entry-desk" title={timelineWords.otherChainWhy(entry.chain)}>
            {timelineWords.otherChain(otherChain)}
          </span>
        )}
        <span className="entry-acts">
          <button type="button" className="btn plain" tabIndex={-1} onClick={() => acts.star(entry, !isStarred)}>
            {isStarred ? timelineWords.unstar : timelineWords.star}
          </button>
          <button type="button" className="btn plain" tabIndex={-1} onClick={() => acts.copy(entry)}>
            {timelineWords.copy}
          </button>
          {canCorrect ? (
            <button type="button" className="btn plain" tabIndex={-1} onClick={() => acts.correct(entry)}>
              {timelineWords.correct}
            </button>
          ) : null}
          <button type="button" className="btn plain" tabIndex={-1} onClick={() => acts.stored(entry)}>
            {erasureWords.stored.act}
          </button>
          {entry.body === null ? null : (
            <button type="button" className="btn plain" tabIndex={-1} onClick={() => acts.erase(entry)}>
              {erasureWords.act}
            </button>
          )}
        </span>
      </div>
    </div>
  )
})

interface CorrectedProps {
  readonly entry: Entry
  readonly said: readonly Piece[]
  readonly text: string
}

/** The words as they were, struck, and as they should have been. What was erased is not there to be struck. */
function Corrected({ entry, said, text }: CorrectedProps) {
  const { incident } = entry
  // Of a correction only its own words are struck, not the entry that it names.
  const from = readWords(entry) === null ? 0 : said.length - 1
  return (
    <>
      <Pieces incident={incident} pieces={said.slice(0, from)} />
      {entry.body === null ? (
        <Pieces incident={incident} pieces={said} />
      ) : (
        <del>
          <Pieces incident={incident} pieces={said.slice(from)} />
        </del>
      )}{' '}
      <ins>{text}</ins>
    </>
  )
}
