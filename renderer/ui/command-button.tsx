import type { ReactNode } from 'react'
import type { Command } from '../keys/commands.ts'
import { KeyCap, shortcutOf } from './key-cap.tsx'

interface Props {
  readonly command: Command
  /** What stands on the button, where it is shorter than the command's title. */
  readonly children?: ReactNode
  readonly look?: 'first' | 'plain'
  readonly disabled?: boolean
}

/** A command as a button, with its key on it. */
export function CommandButton({ command, children, look, disabled = false }: Props) {
  return (
    <button
      type="button"
      className={`btn ${look ?? ''}`}
      onClick={() => command.run()}
      disabled={disabled}
      aria-keyshortcuts={command.keys === null ? undefined : shortcutOf(command.keys)}
    >
      {children ?? command.title}
      {command.keys === null ? null : <KeyCap keys={command.keys} />}
    </button>
  )
}
