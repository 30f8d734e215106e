import type { Said } from '../../shared/notes/command-line.ts'
import { saidWords } from '../../shared/notes/said-words.ts'
import type { Zone } from '../desk/preferences.ts'
import { ago, shortTime, zoneName } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'

interface Props {
  readonly said: Said
  readonly typed: string
  /** What Tab would make of the line. */
  readonly completions: readonly string[]
  readonly nowMs: number
  readonly zone: Zone
}

/** What Enter will log, or what is missing, in words, before it is pressed. Nothing for a plain note. */
export function QuickEcho({ said, typed, completions, nowMs, zone }: Props) {
  const words = wordsOf(said, nowMs, zone)
  const offered = completions
    .filter((line) => line.trim() !== typed.trim())
    .map((line) => line.trim().split(/\s+/).at(-1) ?? '')
  if (words === '' && offered.length === 0) return null
  return (
    <output className={said.is === 'wrong' && !said.unfinished ? 'line-due' : 'quick-echo'}>
      {words}
      {offered.length === 0 ? null : <span className="faint"> {timelineWords.completions(offered.join(' · '))}</span>}
    </output>
  )
}

function wordsOf(said: Said, nowMs: number, zone: Zone): string {
  switch (said.is) {
    case 'empty':
      return ''
    case 'wrong':
      return `${said.happened} ${said.next}`
    case 'note':
      return said.happenedAt === null
        ? ''
        : timelineWords.backDated(shortTime(said.happenedAt, nowMs, zone), zoneName(zone), ago(said.happenedAt, nowMs))
    default: {
      const what = timelineWords.willLog(saidWords(said))
      if (!('happenedAt' in said) || said.happenedAt === null) return what
      const { happenedAt } = said
      return `${what} · ${timelineWords.at(shortTime(happenedAt, nowMs, zone), zoneName(zone), ago(happenedAt, nowMs))}`
    }
  }
}
