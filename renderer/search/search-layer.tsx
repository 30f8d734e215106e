import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { Hit } from '../../shared/search/found.ts'
import { labelIn } from '../board/board-store.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { shortNumber } from '../words/number.ts'
import { searchWords } from '../words/search.ts'
import { Chips } from './chips.tsx'
import { HitLine } from './hit-line.tsx'
import { Outcome } from './outcome.tsx'
import { useFollowed } from './use-followed.ts'

/** Search over everything: a field, filters as words and as chips, what was found; Enter goes there. */
export function SearchLayer() {
  const { board, rooms, search, view } = useStores()
  const state = useStore(search.store)
  const here = useStore(view.store, ({ view: shown }) => (shown.name === 'incident' ? shown.id : null))
  const number = useStore(board.store, (all) => (here === null ? null : shortNumber(labelIn(all, here, ''))))
  const [chosen, setChosen] = useState(0)
  const isAwaited = useRef(false)
  const listId = useId()
  const selected = useRef(false)
  useFollowed(state.found?.index ?? null, search.again)
  const hits = state.found?.hits ?? []
  const at = Math.min(chosen, hits.length - 1)
  const type = (text: string) => {
    search.type(text)
    setChosen(0)
    isAwaited.current = false
  }
  const open = (hit: Hit | undefined) => {
    if (hit === undefined) return
    view.show({ name: 'incident', id: hit.incident })
    void rooms.reveal(hit.incident, { hash: hit.hash }, searchWords.landed)
    if (hit.evidence !== null) view.open({ name: 'evidence', id: hit.incident, ...hit.evidence })
  }
  const isAsked = state.asked.state === 'asked'
  const onAnswer = useEffectEvent(() => {
    const isOnTop = view.store.getState().layers.at(-1)?.name === 'search'
    if (isAwaited.current && isOnTop && state.asked.state === 'confirmed') open(hits[0])
    isAwaited.current = false
  })
  useEffect(() => {
    if (!isAsked) onAnswer()
  }, [isAsked])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') {
      if (at === hits.length - 1 && state.found?.more === true) search.more()
      setChosen(Math.min(hits.length - 1, at + 1))
    } else if (event.key === 'ArrowUp') setChosen(Math.max(0, at - 1))
    else if (event.key === 'PageDown') setChosen(Math.min(hits.length - 1, at + 8))
    else if (event.key === 'PageUp') setChosen(Math.max(0, at - 8))
    // While an answer is on its way, what stands there is that of other words: its first is opened when it comes.
    else if (event.key === 'Enter' && isAsked) isAwaited.current = true
    else if (event.key === 'Enter') open(hits[at])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={searchWords.title} onClose={() => view.closeTop()} size={820}>
      <input
        className="palette-field search-field"
        type="text"
        role="combobox"
        aria-label={searchWords.label}
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={hits[at] === undefined ? undefined : `${listId}-${at}`}
        placeholder={searchWords.hint}
        value={state.text}
        maxLength={2_000}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          // The words of last time, once: the dialog's trap gives the focus again, and selecting then would lose letters.
          if (!selected.current) event.currentTarget.select()
          selected.current = true
        }}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
      />
      <Chips text={state.text} ranked={state.ranked} here={number} onText={type} onRanked={search.rank} />
      {state.asked.state === 'failed' ? (
        <RefusalNote refusal={state.asked.refusal} onRetry={search.again} />
      ) : (
        <Outcome state={state} onText={type} />
      )}
      <Hits id={listId} hits={hits} at={at} onOpen={open} />
      {state.found?.more === true ? (
        <button type="button" className="btn plain" onClick={search.more}>
          {searchWords.more}
        </button>
      ) : null}
    </Dialog>
  )
}

interface HitsProps {
  readonly id: string
  readonly hits: readonly Hit[]
  readonly at: number
  onOpen(hit: Hit): void
}

function Hits({ id, hits, at, onOpen }: HitsProps) {
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])
  return (
    // The list of a combobox, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: no native list can be filtered so.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above
    <div className="search-hits" role="listbox" id={id} aria-label={searchWords.results} tabIndex={-1}>
      {hits.map((hit, index) => (
        // The field above has the keyboard, as the pattern of a combobox asks.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- see above
        <div
          key={`${hit.hash} ${hit.evidence?.item ?? ''}`}
          id={`${id}-${index}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- part of the list above
          role="option"
          aria-selected={index === at}
          className="search-hit"
          onClick={() => onOpen(hit)}
        >
          <HitLine hit={hit} />
        </div>
      ))}
    </div>
  )
}
