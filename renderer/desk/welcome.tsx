import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { deskWords } from '../words/desk.ts'
import { uiWords } from '../words/ui.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'

/** The first start: one field. */
export function Welcome() {
  const words = deskWords.welcome
  return (
    <main className="centre">
      <div className="card welcome stack">
        <div>
          <p className="brand">Muster</p>
          <h1>{words.title}</h1>
          <p className="soft">{words.why}</p>
        </div>
        <OperatorForm label={words.label} go={words.go} onDone={() => undefined} />
      </div>
    </main>
  )
}

interface FormProps {
  readonly label: string
  readonly go: string
  readonly onDone: () => void
}

export function OperatorForm({ label, go, onDone }: FormProps) {
  const { desk } = useStores()
  const [name, setName] = useState('')
  const asking = useAsking()
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    if (await asking.ask(() => desk.introduce(name.trim()))) onDone()
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <TextInput
        label={label}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        data-autofocus
        ref={focusOnMount}
        autoComplete="off"
      />
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row">
        <button type="submit" className="btn first" disabled={name.trim() === '' || asking.isAsking}>
          {go} <KeyCap keys="enter" />
        </button>
        {asking.isAsking ? <span className="asked">{uiWords.asking}</span> : null}
      </div>
    </form>
  )
}
