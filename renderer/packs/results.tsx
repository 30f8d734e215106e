import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import type { Marked, PackHit, PacksFound, PackSpot } from '../../shared/packs/search.ts'
import { packWords } from '../words/packs.ts'

/** What was found, and which of it is chosen: the field above has the keyboard, as the pattern of a combobox asks. */
export interface Results {
  readonly found: PacksFound
  readonly at: number
  readonly listId: string
  onKeyDown(event: KeyboardEvent): void
  open(hit: PackHit | undefined): void
}

export function useResults(found: PacksFound, onOpen: (spot: PackSpot) => void): Results {
  // Of other words' places the best is chosen again.
  const [chosen, setChosen] = useState({ found, at: 0 })
  const listId = useId()
  const last = found.hits.length - 1
  const at = chosen.found === found ? Math.max(0, Math.min(chosen.at, last)) : 0
  const open = (hit: PackHit | undefined) => {
    if (hit !== undefined) onOpen(hit.spot)
  }
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
  return {
    found,
    at,
    listId,
    open,
    onKeyDown(event) {
      if (event.nativeEvent.isComposing || last < 0) return
      const by = steps[event.key]
      if (by !== undefined) setChosen({ found, at: Math.max(0, Math.min(last, at + by)) })
      else if (event.key === 'Enter') open(found.hits[at])
      else return
      event.preventDefault()
    },
  }
}

interface Props {
  readonly results: Results
  readonly typed: string
}

export function ResultList({ results, typed }: Props) {
  const { found, at, listId } = results
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, at])
  return (
    <section className="stack" aria-label={packWords.results}>
      <output className="faint">
        {found.hits.length === 0 ? packWords.none(typed.trim()) : packWords.found(found.hits.length, found.more)}
      </output>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the list of a combobox: no native list can be filtered so */}
      <div role="listbox" id={listId} aria-label={packWords.results} tabIndex={-1}>
        {found.hits.map((hit, place) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the keyboard
          <div
            key={keyOf(hit)}
            id={`${listId}-${place}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- part of the list above
            role="option"
            aria-selected={place === at}
            className="search-hit pack-hit"
            onClick={() => results.open(hit)}
          >
            <span className="hit-where">
              <span className="tag">{packWords.kinds[hit.kind]}</span>
              <b>
                <MarkedText marked={hit.title} />
              </b>
              <span className="faint">{hit.around.join(' › ')}</span>
            </span>
            {hit.excerpt.text === '' ? null : (
              <span className="hit-said">
                <MarkedText marked={hit.excerpt} />
              </span>
            )}
          </div>
        ))}
      </div>
    </section>
  )
}

/** Where it stands, and for what has no part of its own on the page, what it says. */
function keyOf({ kind, spot, title, excerpt }: PackHit): string {
  return [kind, spot.pack, spot.list, spot.item, spot.anchor, title.text, excerpt.text].join(' ')
}

function MarkedText({ marked: { text, marks } }: { readonly marked: Marked }) {
  return (
    <>
      {marks.map(([start, end], index) => (
        <span key={start}>
          {text.slice(marks[index - 1]?.[1] ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  )
}
