import { TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { declareWords } from '../words/declare.ts'

interface Props {
  readonly label: string
  readonly value: string
  readonly reasons: readonly string[]
  readonly placeholder?: string
  readonly takesFocus: boolean
  onChange(reason: string): void
}

/** One line of why, typed, or one of the reasons beside it: by a click, or with the arrows from within the field. */
export function ReasonInput({ label, value, reasons, placeholder = '', takesFocus, onChange }: Props) {
  const at = reasons.indexOf(value.trim())
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const by = event.key === 'ArrowDown' ? 1 : -1
    // From the first upwards, and from the last downwards, the field is empty again.
    const next = at === -1 && by === -1 ? reasons.length - 1 : at + by
    onChange(reasons[next] ?? '')
  }
  return (
    <div className="stack">
      <TextInput
        label={label}
        description={reasons.length === 0 ? undefined : declareWords.reasonKeys}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        maxLength={2_000}
        ref={takesFocus ? focusOnMount : null}
        // A dialog gives the focus itself, to the first that asks for it.
        data-autofocus={takesFocus ? '' : undefined}
        autoComplete="off"
      />
      <div className="type-chips">
        {reasons.map((reason) => (
          <button
            key={reason}
            type="button"
            className="chip search-chip"
            aria-pressed={reason === value.trim()}
            onClick={() => onChange(reason === value.trim() ? '' : reason)}
          >
            {reason}
          </button>
        ))}
      </div>
    </div>
  )
}
