import { useNow, useZone } from '../stores.ts'
import { findingWords } from '../words/findings.ts'
import { ago, bothTimes, shortTime } from '../words/time.ts'
import type { Change } from './changes.ts'

/** What changed lately, each with the findings that it came before. */
export function ChangedTab({ changes }: { readonly changes: readonly Change[] }) {
  const nowMs = useNow()
  const zone = useZone()
  if (changes.length === 0) return <p className="card soft">{findingWords.noChanges}</p>
  return (
    <ol className="change-list">
      {changes.map(({ at, what, times, before }) => (
        <li key={what} data-row={what} tabIndex={-1} className="change-line">
          <time dateTime={at} title={bothTimes(at)}>
            {shortTime(at, nowMs, zone)}
          </time>
          <span>
            {what}
            {times > 1 ? <span className="faint"> · {findingWords.times(times)}</span> : null}
            {before.length === 0 ? null : <span className="change-before">{findingWords.changedBefore(before)}</span>}
          </span>
          <span className="faint">{ago(at, nowMs)}</span>
        </li>
      ))}
    </ol>
  )
}
