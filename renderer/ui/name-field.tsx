import { TextInput } from '@mantine/core'
import { useId } from 'react'

interface Props {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  /** Names to offer as somebody types, the likeliest first; any other can be typed. */
  readonly people: readonly string[]
  onChange(name: string): void
}

/** The name of one person, which a dialog opens with. */
export function NameField({ label, value, placeholder, people, onChange }: Props) {
  const id = useId()
  return (
    <>
      <TextInput
        label={label}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
        maxLength={200}
        autoComplete="off"
        list={id}
        data-autofocus
      />
      <datalist id={id}>
        {people.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  )
}
