import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { KeyCap, shortcutOf } from '../ui/key-cap.tsx'
import { usePopover } from '../ui/popover.ts'
import { incidentWords } from '../words/incident.ts'

export interface MenuLine {
  readonly command: Command
  readonly title: string
}

const KEYS = '.'

/** The quieter verbs behind one button; each keeps its own key. */
export function MoreMenu({ lines }: { readonly lines: readonly MenuLine[] }) {
  const { isOpen, open, close, toggle, around } = usePopover()
  const list = useRef<HTMLDivElement>(null)
  useCommands('base', incidentWords.moreGroup, [
    { id: 'incident.more', title: incidentWords.commands.more, keys: KEYS, run: open },
  ])
  useEffect(() => {
    if (isOpen) list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  }, [isOpen])
  const move = (event: KeyboardEvent) => {
    const items = Array.from(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])
    const at = items.findIndex((item) => item === document.activeElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    items.at(to % items.length)?.focus()
  }
  return (
    <div className="more" {...around}>
      <button
        type="button"
        className="btn"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-keyshortcuts={shortcutOf(KEYS)}
        onClick={toggle}
      >
        {incidentWords.verbs.more} <KeyCap keys={KEYS} />
      </button>
      {isOpen ? (
        <div
          ref={list}
          className="card more-list"
          role="menu"
          aria-label={incidentWords.verbs.more}
          onKeyDown={move}
          tabIndex={-1}
        >
          {lines.map(({ command, title }) => (
            <button
              key={command.id}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className="more-line"
              aria-keyshortcuts={command.keys === null ? undefined : shortcutOf(command.keys)}
              onClick={() => {
                close()
                command.run()
              }}
            >
              {title}
              {command.keys === null ? null : <KeyCap keys={command.keys} />}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
