import type { Happened } from '../../shared/findings/calls.ts'
import type { Finding } from '../../shared/findings/finding.ts'

export interface Change {
  readonly at: string
  readonly what: string
  readonly times: number
  /** Titles of the findings before which it happened. */
  readonly before: readonly string[]
}

/** What changed lately, newest first: what the engine tells, each with the findings that it came before. */
export function changesOf(findings: readonly Finding[], happened: readonly Happened[]): Change[] {
  const changes = new Map<string, Change>(
    happened.map(({ at, what, times }) => [what, { at, what, times, before: [] as string[] }]),
  )
  for (const finding of findings) {
    for (const { at, what } of finding.changed) {
      const known = changes.get(what) ?? { at, what, times: 1, before: [] }
      changes.set(what, { ...known, before: [...known.before, finding.title] })
    }
  }
  return [...changes.values()].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
