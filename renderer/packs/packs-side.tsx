import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { useStore } from 'zustand'
import type { PackSummary } from '../../shared/packs/calls.ts'
import { useStores } from '../stores.ts'
import { KeyCap, shortcutOf } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { packWords } from '../words/packs.ts'
import { leftToBind } from './left-to-bind.ts'
import type { PackPage } from './pack-pages.ts'
import type { Results } from './results.tsx'

interface Props {
  readonly page: PackPage
  /** The pack that is looked at. */
  readonly current: string | null
  readonly typed: string
  readonly results: Results
  readonly field: RefObject<HTMLInputElement | null>
  onType(text: string): void
  onOpen(page: PackPage): void
}

/** The packs of the desk, each in three lines, under the search over all of them. */
export function PacksSide({ page, current, typed, results, field, onType, onOpen }: Props) {
  const { desk } = useStores()
  const known = useStore(desk.store, (state) => state.desk)
  const { found, at, listId } = results
  const hit = found.hits[at]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && typed !== '') {
      onType('')
      event.preventDefault()
      return
    }
    results.onKeyDown(event)
  }
  return (
    <div className="packs-side">
      <h1>{packWords.title}</h1>
      <label className="packs-search">
        <span className="unseen">{packWords.search}</span>
        <input
          ref={field}
          className="palette-field"
          type="text"
          role="combobox"
          aria-label={packWords.search}
          aria-expanded={found.hits.length > 0}
          aria-controls={listId}
          aria-activedescendant={hit === undefined ? undefined : `${listId}-${at}`}
          placeholder={packWords.searchHint}
          value={typed}
          maxLength={300}
          onChange={(event) => onType(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          spellCheck={false}
        />
        <KeyCap keys="f" />
      </label>
      <nav aria-label={packWords.list}>
        <ul className="packs-list">
          {(known?.packs ?? []).map((pack, place) => (
            <PackLine
              key={pack.id}
              pack={pack}
              place={place}
              isCurrent={pack.id === current && page.name !== 'import'}
              onOpen={onOpen}
            />
          ))}
        </ul>
      </nav>
      <button
        type="button"
        className="btn"
        aria-current={page.name === 'import' ? 'page' : undefined}
        aria-keyshortcuts={shortcutOf('i')}
        onClick={() => onOpen({ name: 'import' })}
      >
        {packWords.commands.import} <KeyCap keys="i" />
      </button>
      {(known?.packProblems.length ?? 0) === 0 ? null : (
        <section className="stack" aria-label={packWords.unreadable(known?.packProblems.length ?? 0)}>
          <h2 className="line-due">△ {packWords.unreadable(known?.packProblems.length ?? 0)}</h2>
          {known?.packProblems.map((problem) => (
            <RefusalNote key={problem.tried + problem.happened} refusal={problem} />
          ))}
        </section>
      )}
    </div>
  )
}

interface LineProps {
  readonly pack: PackSummary
  readonly place: number
  readonly isCurrent: boolean
  onOpen(page: PackPage): void
}

function PackLine({ pack, place, isCurrent, onOpen }: LineProps) {
  const { packs, targets } = useStores()
  const read = useStore(packs.store, (all) => all[pack.id]?.pack ?? null)
  const bound = useStore(targets.store, (all) => all[pack.id]?.bindings ?? null)
  useEffect(() => void targets.read(pack.id), [targets, pack.id])
  const left = read === null || bound === null ? null : leftToBind(read, bound)
  const number = left === null ? 0 : left.places.length + left.targets.length
  return (
    <li>
      <button
        type="button"
        className="pack-line"
        aria-current={isCurrent ? 'page' : undefined}
        aria-keyshortcuts={place < 9 ? String(place + 1) : undefined}
        onClick={() => onOpen({ name: 'pack', id: pack.id })}
      >
        <span className="row">
          <b>{pack.title}</b>
          {place < 9 ? (
            <span className="end">
              <KeyCap keys={String(place + 1)} />
            </span>
          ) : null}
        </span>
        <span className="soft pack-scope">{read?.scope}</span>
        <span className="faint">
          <span className="mono">{packWords.version(pack.version, pack.hash)}</span> · {packWords.origin[pack.origin]}
          {left === null ? null : (
            <span className={number === 0 ? 'pack-bound' : 'pack-bound line-due'}>
              {number === 0 ? packWords.allBound : packWords.toBind(number)}
            </span>
          )}
        </span>
      </button>
    </li>
  )
}
