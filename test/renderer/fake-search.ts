import { labelsOf } from '../../shared/incident/labels.ts'
import type { BoardRow } from '../../shared/incident/board.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import { excerptOf } from '../../shared/search/excerpt.ts'
import type { Ask, Found, Hit, IndexState } from '../../shared/search/found.ts'
import { readQuery, type Term } from '../../shared/search/query.ts'
import { textOf } from '../../shared/search/text-of.ts'
import { wordsOf } from '../../shared/search/words.ts'

/** What of the fake main is searched. */
interface Searched {
  readonly journal: ReadonlyMap<string, { readonly entries: readonly Entry[] }>
  readonly index: IndexState
  board(): BoardRow[]
  state(id: string): IncidentState
}

/** Search as main would answer it, by looking through everything: words, and the filters `kind:` and `by:`. */
export function findIn(main: Searched, ask: Ask): Found {
  const query = readQuery(ask.text, { typing: ask.typing })
  const labels = labelsOf(main.board())
  const entries = [...main.journal.values()].flatMap((incident) => incident.entries)
  const fitting = entries
    .filter((entry) => query.wanted.every((term) => holds(entry, term)))
    .filter((entry) => !query.unwanted.some((term) => holds(entry, term)))
    .filter((entry) => query.filters.every(({ field, value }) => fits(entry, field, value)))
    .toReversed()
  const hits = query.wanted.length + query.filters.length === 0 ? [] : fitting
  return {
    hits: hits.slice(0, ask.limit).map((entry): Hit => {
      const row = main.board().find(({ id }) => id === entry.incident)
      return {
        incident: entry.incident,
        number: labels.get(entry.incident) ?? '',
        title: row?.title ?? '',
        mode: entry.mode,
        hash: entry.hash,
        at: entry.at,
        happenedAt: entry.happened_at,
        by: entry.actor.name,
        kind: entry.kind,
        starred: main.state(entry.incident).stars.includes(entry.hash),
        evidence: null,
        excerpt: excerptOf(textOf(entry), query.wanted),
      }
    }),
    more: hits.length > ask.limit,
    rankedSince: null,
    drop:
      hits.length === 0 && query.filters.length > 0 && query.wanted.length > 0 ? [query.filters[0]?.said ?? ''] : [],
    problems: [...query.problems],
    index: main.index,
  }
}

function holds(entry: Entry, { words: wanted, prefix }: Term): boolean {
  const words = Array.from(wordsOf(textOf(entry)), ({ word }) => word)
  return words.some((_word, at) =>
    wanted.every((want, index) => {
      const word = words[at + index]
      return word === want || (prefix && index === wanted.length - 1 && word?.startsWith(want) === true)
    }),
  )
}

function fits(entry: Entry, field: string, value: string): boolean {
  if (field === 'kind') return entry.kind.startsWith(value)
  return field !== 'by' || entry.actor.name.toLowerCase().includes(value.toLowerCase())
}
