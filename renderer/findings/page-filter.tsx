import type { KeyboardEvent, RefObject } from 'react'
import { KeyCap } from '../ui/key-cap.tsx'
import { findingWords } from '../words/findings.ts'
import type { Order } from './sorted.ts'

interface Props {
  readonly field: RefObject<HTMLInputElement | null>
  readonly text: string
  /** Null where the rows have an order of their own. */
  readonly order: Order | null
  /** Null where there is no tree. */
  readonly isTree: boolean | null
  onText(text: string): void
  onOrder(order: Order): void
  onTree(isTree: boolean): void
  /** Into the rows. */
  onDown(): void
}

/** What is shown of the rows, and in which order. */
export function PageFilter({ field, text, order, isTree, onText, onOrder, onTree, onDown }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && text !== '') onText('')
    else if (event.key === 'ArrowDown' || event.key === 'Enter') onDown()
    else return
    event.preventDefault()
  }
  return (
    <div className="page-filter">
      <input
        ref={field}
        className="palette-field item-filter"
        aria-label={findingWords.filter}
        aria-keyshortcuts="F"
        placeholder={findingWords.filter}
        value={text}
        maxLength={300}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
      />
      <KeyCap keys="f" />
      {order === null ? null : (
        <label className="row faint">
          {findingWords.sort}
          <select value={order} onChange={(event) => onOrder(asOrder(event.currentTarget.value))}>
            {Object.entries(findingWords.orders).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
          <KeyCap keys="o" />
        </label>
      )}
      {isTree === null ? null : (
        <button type="button" className="btn" aria-keyshortcuts="T" onClick={() => onTree(!isTree)}>
          {isTree ? findingWords.asTable : findingWords.asTree} <KeyCap keys="t" />
        </button>
      )}
    </div>
  )
}

function asOrder(value: string): Order {
  return value === 'since' || value === 'name' ? value : 'rank'
}
