import { searchWords } from '../words/search.ts'
import { hasFilter, toggleFilter } from './typed-filters.ts'

interface Props {
  readonly text: string
  readonly ranked: boolean
  /** The number of the incident that the window shows. */
  readonly here: string | null
  onText(text: string): void
  onRanked(ranked: boolean): void
}

/** Filters to switch on and off: each is a word in the field, which says the same. */
export function Chips({ text, ranked, here, onText, onRanked }: Props) {
  const words = searchWords.chips
  const chips = [
    ...(here === null || here === '' ? [] : [{ filter: `in:${here}`, says: words.here(here) }]),
    { filter: 'is:starred', says: words.starred },
    { filter: 'after:today', says: words.today },
    { filter: 'kind:noted', says: words.notes },
    { filter: 'kind:decided', says: words.decisions },
    { filter: 'is:evidence', says: words.evidence },
    { filter: 'is:live', says: words.live },
  ]
  return (
    <fieldset className="search-chips">
      <legend className="unseen">{searchWords.filters}</legend>
      {chips.map(({ filter, says }) => (
        <button
          key={filter}
          type="button"
          className="chip search-chip"
          aria-pressed={hasFilter(text, filter)}
          title={filter}
          onClick={() => onText(toggleFilter(text, filter))}
        >
          {says}
        </button>
      ))}
      <button type="button" className="chip search-chip" aria-pressed={ranked} onClick={() => onRanked(!ranked)}>
        {words.ranked}
      </button>
    </fieldset>
  )
}
