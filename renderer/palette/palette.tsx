import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useStore } from 'zustand'
import type { CommandGroup } from '../keys/commands.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { severityShape } from '../words/severity.ts'
import { shortNumber } from '../words/number.ts'
import { paletteWords } from '../words/palette.ts'
import { matches } from './match.ts'

interface Line {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly keys: string | null
  run(): void
}

/** Every command on offer and every incident, found by typing. `under` is the layer that the palette lies over. */
export function Palette({ under }: { readonly under: string }) {
  const { board, commands, view } = useStores()
  const rows = useStore(board.store, (state) => state.rows) ?? []
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const listId = useId()
  const [groups] = useState(() => offered(commands.of(under), under === 'base' ? [] : commands.of('base')))
  const lines: Line[] = [
    ...groups.flatMap((group) =>
      group.commands.map((command) => ({ ...command, group: group.title, run: () => command.run() })),
    ),
    ...rows.map((row) => ({
      id: row.id,
      group: paletteWords.incidents,
      title: `${severityShape(row.severity?.rank ?? 0)} ${shortNumber(row.number)} ${row.title}`,
      keys: null,
      run: () => view.show({ name: 'incident', id: row.id }),
    })),
  ].filter((line) => matches(`${line.title} ${line.group}`, text))
  const at = Math.min(chosen, lines.length - 1)
  const run = (line: Line | undefined) => {
    if (line === undefined) return
    view.closeTop()
    line.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(lines.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, at - 1))
    else if (event.key === 'Enter') run(lines[at])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={paletteWords.title} onClose={() => view.closeTop()} size={620}>
      <input
        className="palette-field"
        role="combobox"
        aria-label={paletteWords.label}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={lines[at] === undefined ? undefined : `${listId}-${at}`}
        placeholder={paletteWords.hint}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
        data-autofocus
        autoComplete="off"
      />
      <Lines id={listId} lines={lines} at={at} onRun={run} />
      {lines.length === 0 ? <p className="soft">{paletteWords.none(text)}</p> : null}
    </Dialog>
  )
}

interface LinesProps {
  readonly id: string
  readonly lines: readonly Line[]
  readonly at: number
  onRun(line: Line): void
}

function Lines({ id, lines, at, onRun }: LinesProps) {
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at])
  return (
    // The list of a combobox, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: no native list can be filtered so.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see above
    <div className="palette-lines" role="listbox" id={id} aria-label={paletteWords.title} tabIndex={-1}>
      {lines.map((line, index) => (
        // The field above has the keyboard, as the pattern of a combobox asks.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- see above
        <div
          key={`${line.group} ${line.id}`}
          id={`${id}-${index}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- part of the list above
          role="option"
          aria-selected={index === at}
          className="palette-line"
          onClick={() => onRun(line)}
        >
          <span>{line.title}</span>
          <span className="faint">{line.group}</span>
          {line.keys === null ? null : <KeyCap keys={line.keys} />}
        </div>
      ))}
    </div>
  )
}

/** The nearest layer's commands first; the same command never twice. */
function offered(near: readonly CommandGroup[], base: readonly CommandGroup[]): readonly CommandGroup[] {
  const titles = new Set(near.map((group) => group.title))
  return [...near, ...base.filter((group) => !titles.has(group.title))]
}
