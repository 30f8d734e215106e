import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { uiWords } from '../words/ui.ts'
import { usePopover } from './popover.ts'

export interface FoldingItem {
  readonly key: string
  readonly shown: ReactNode
}

interface Props {
  readonly items: readonly FoldingItem[]
  /** What the items are, for readers of the screen. */
  readonly label: string
  readonly className?: string
}

/** What '+12' and its gap take. */
const MORE_PX = 48

/** Items in one line; those without room fold into one '+n', which shows them. The first ones stay. */
export function Folding({ items, label, className = '' }: Props) {
  const line = useRef<HTMLUListElement>(null)
  const [fits, setFits] = useState(items.length)
  const { isOpen, toggle, around } = usePopover()
  const keys = items.map(({ key }) => key).join('\n')
  useLayoutEffect(() => {
    const list = line.current
    if (list === null || keys === '') return
    const measure = () => setFits(howManyFit(list))
    measure()
    const watch = new ResizeObserver(measure)
    if (list.parentElement !== null) watch.observe(list.parentElement)
    for (const child of list.children) watch.observe(child)
    return () => watch.disconnect()
  }, [keys])
  const rest = items.slice(fits)
  return (
    <div className={`folding ${className}`} {...around}>
      <ul ref={line} aria-label={label}>
        {items.map(({ key, shown }, place) => (
          <li key={key} className={place < fits ? '' : 'folded'} inert={place >= fits}>
            {shown}
          </li>
        ))}
      </ul>
      {rest.length === 0 ? null : (
        <button type="button" className="chip fold-more" aria-expanded={isOpen} onClick={toggle}>
          +{rest.length}
          <span className="unseen"> {uiWords.moreOf(label)}</span>
        </button>
      )}
      {isOpen && rest.length > 0 ? (
        <ul className="card fold-rest" aria-label={label}>
          {rest.map(({ key, shown }) => (
            <li key={key}>{shown}</li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/** Folded items keep their place in the line, unseen, so that they can be measured at any width. */
function howManyFit(list: HTMLElement): number {
  const children = Array.from(list.children).filter((child) => child instanceof HTMLElement)
  const room = list.parentElement?.clientWidth ?? 0
  const ends = children.map((child) => child.offsetLeft - list.offsetLeft + child.offsetWidth)
  if ((ends.at(-1) ?? 0) <= room) return children.length
  return ends.filter((end) => end <= room - MORE_PX).length
}
