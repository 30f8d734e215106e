import { PasswordInput, Textarea } from '@mantine/core'
import type { Ref } from 'react'

interface Props {
  readonly label: string
  readonly field: Ref<HTMLInputElement>
  readonly first?: boolean
  readonly onTyped?: () => void
}

/**
 * A field whose text React never holds: it is read out of the page once, when it is sent, and wiped. What a browser keeps
 * of a typed text beyond that is not ours to promise.
 */
export function SecretField({ label, field, first = false, onTyped }: Props) {
  return (
    <PasswordInput
      label={label}
      ref={field}
      autoComplete="off"
      spellCheck={false}
      maxLength={65_536}
      onInput={onTyped}
      {...(first ? { 'data-autofocus': true } : {})}
    />
  )
}

/** The same for a secret of several lines, a key with its armour: a field of one line would lose the line breaks. */
export function SecretLines({ label, field }: { readonly label: string; readonly field: Ref<HTMLTextAreaElement> }) {
  return (
    <Textarea
      label={label}
      ref={field}
      className="secret-lines"
      rows={3}
      autoComplete="off"
      spellCheck={false}
      maxLength={65_536}
    />
  )
}

/** The text of the field, which is empty from then on. */
export function takeSecret(field: HTMLInputElement | HTMLTextAreaElement | null): string {
  if (field === null) return ''
  const { value } = field
  field.value = ''
  return value
}
