import { type KeyboardEvent, useId, useState } from 'react'
import { classifyWords } from '../words/classify.ts'

export interface Pick {
  readonly id: string
  readonly title: string
}

interface Props {
  readonly label: string
  readonly hint: string
  readonly all: readonly Pick[]
  /** In the order in which they were taken. */
  readonly chosen: readonly Pick[]
  /** Whether what is in no list may be taken too. */
  readonly isFree: boolean
  readonly takesFocus?: boolean
  onChange(chosen: readonly Pick[]): void
}

/** As many of the rest stand open at once. */
const SHOWN_AT_MOST = 8

/** Several of a list, found by typing: Enter takes the marked one, the arrows mark another, Backspace takes the last away. */
export function PickInput({ label, hint, all, chosen, isFree, takesFocus = false, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const listId = useId()
  const hintId = useId()
  const text = typed.trim().toLowerCase()
  const isChosen = ({ id, title }: Pick) =>
    chosen.some((one) => one.id === id || one.title.toLowerCase() === title.toLowerCase())
  const fitting = all.filter((one) => !isChosen(one) && one.title.toLowerCase().includes(text))
  const own: Pick = { id: typed.trim(), title: typed.trim() }
  const isNew = isFree && text !== '' && !isChosen(own) && !all.some(({ title }) => title.toLowerCase() === text)
  const offered = [...fitting.slice(0, SHOWN_AT_MOST), ...(isNew ? [own] : [])]
  const marked = offered[Math.min(at, offered.length - 1)]
  const take = (one: Pick) => {
    onChange([...chosen, one])
    setTyped('')
    setAt(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(offered.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else if (event.key === 'Backspace' && typed === '' && chosen.length > 0) onChange(chosen.slice(0, -1))
    // In the empty field Enter is the form's.
    else if (event.key === 'Enter' && text !== '') {
      if (marked !== undefined) take(marked)
    } else return
    event.preventDefault()
  }
  return (
    <div className="stack pick-input">
      <label className="field-label" htmlFor={`${listId}-field`}>
        {label}
      </label>
      {chosen.length === 0 ? null : (
        <div className="type-chips">
          {chosen.map((one) => (
            <button
              key={one.id}
              type="button"
              className="chip search-chip"
              aria-label={classifyWords.kind.chosen(one.title)}
              onClick={() => onChange(chosen.filter(({ id }) => id !== one.id))}
            >
              {one.title} <span aria-hidden="true">×</span>
            </button>
          ))}
        </div>
      )}
      <input
        id={`${listId}-field`}
        className="plain-area"
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={listId}
        aria-describedby={hintId}
        aria-activedescendant={marked === undefined || text === '' ? undefined : `${listId}-${offered.indexOf(marked)}`}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        data-autofocus={takesFocus ? '' : undefined}
        maxLength={200}
        autoComplete="off"
      />
      <p className="faint" id={hintId}>
        {hint}
      </p>
      {/* The list of a combobox, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: no native list can be filtered so. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above */}
      <div role="listbox" id={listId} aria-label={label} className="type-chips" tabIndex={-1}>
        {offered.map((one, index) => (
          // The field above has the keyboard, as the pattern of a combobox asks.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- see above
          <div
            key={one.id}
            id={`${listId}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- part of the list above
            role="option"
            aria-selected={one === marked && text !== ''}
            className="chip search-chip pick-option"
            onClick={() => take(one)}
          >
            {one.title}
          </div>
        ))}
      </div>
      {offered.length === 0 && text !== '' ? <p className="soft">{classifyWords.kind.noneFits(typed.trim())}</p> : null}
    </div>
  )
}
