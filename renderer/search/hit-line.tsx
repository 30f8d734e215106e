import type { Hit } from '../../shared/search/found.ts'
import { useNow, useZone } from '../stores.ts'
import { ModeChip } from '../ui/mode-chip.tsx'
import { shortNumber } from '../words/number.ts'
import { searchWords } from '../words/search.ts'
import { bothTimes, shortTime } from '../words/time.ts'

/** One place that was found: where and when, who, and the words around it. */
export function HitLine({ hit }: { readonly hit: Hit }) {
  const zone = useZone()
  const nowMs = useNow()
  return (
    <>
      <span className="hit-where">
        <time className="mono" dateTime={hit.at} title={bothTimes(hit.at)}>
          {shortTime(hit.at, nowMs, zone)}
        </time>
        <b>{shortNumber(hit.number)}</b>
        <span className="hit-title">{hit.title}</span>
        {hit.mode === 'live' ? null : <ModeChip mode={hit.mode} />}
        {hit.starred ? <span title={searchWords.starred}>★</span> : null}
        <span className="faint hit-by">
          {hit.by} · {hit.evidence === null ? hit.kind : searchWords.evidence(hit.evidence.item)}
        </span>
      </span>
      <span className="hit-said">
        <Marked text={hit.excerpt.text} marks={hit.excerpt.marks} />
      </span>
    </>
  )
}

function Marked({ text, marks }: Hit['excerpt']) {
  const ends = marks.map(([start, end], index) => ({
    before: text.slice(marks[index - 1]?.[1] ?? 0, start),
    start,
    end,
  }))
  return (
    <>
      {ends.map(({ before, start, end }) => (
        <span key={start}>
          {before}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  )
}
