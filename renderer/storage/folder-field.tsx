import { TextInput } from '@mantine/core'
import type { ReactNode, SyntheticEvent } from 'react'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { storageWords } from '../words/storage.ts'

interface Props {
  readonly label: string
  readonly title: string
  readonly value: string
  readonly go: string
  readonly isBusy: boolean
  readonly isFirst?: boolean
  readonly children?: ReactNode
  onChange(folder: string): void
  onGo(folder: string): void
}

/** A folder, typed or chosen, and what is done with it. */
export function FolderField({ label, title, value, go, isBusy, isFirst = false, children, onChange, onGo }: Props) {
  const { storage } = useStores()
  const asking = useAsking()
  const choose = async () => {
    await asking.ask(async () => {
      const outcome = await storage.chooseFolder(title)
      if (outcome.ok && outcome.value.folder !== null) onChange(outcome.value.folder)
      return outcome
    })
  }
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (value.trim() !== '') onGo(value.trim())
  }
  return (
    <form className="stack" onSubmit={send}>
      <div className="folder-field">
        <TextInput
          label={label}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          maxLength={4_000}
          autoComplete="off"
          spellCheck={false}
          data-autofocus={isFirst ? '' : undefined}
        />
        <button type="button" className="btn" onClick={() => void choose()} disabled={asking.isAsking}>
          {storageWords.choose}
        </button>
        <button type="submit" className="btn first" disabled={isBusy || value.trim() === ''}>
          {go}
        </button>
        {children}
      </div>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </form>
  )
}
