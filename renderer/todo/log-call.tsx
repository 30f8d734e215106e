import { NativeSelect, TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { type CalledBy, callResultSchema, type CallResult } from '../../shared/people/entries.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/asked.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { todoWords } from '../words/todo.ts'

interface Props {
  readonly incident: string
  readonly role: string
  readonly title: string
  readonly means: CalledBy
  /** The rule of the escalation that it answers; null for none. */
  readonly edge: string | null
}

/** Says that somebody was called, whom, and how it went: who is next follows from it. */
export function LogCall({ incident, role, title, means, edge }: Props) {
  const { rooms } = useStores()
  const asking = useAsking()
  const [person, setPerson] = useState('')
  const [result, setResult] = useState<CallResult>('reached')
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    const who = person.trim() === '' ? null : person.trim()
    const call = { id: incident, role, person: who, means, result, edge, note: null, happenedAt: null }
    if (await asking.ask(() => rooms.change('call', call))) setPerson('')
  }
  return (
    <details className="log-call">
      <summary className="soft">{todoWords.logCall(title)}</summary>
      <form className="by-hand-form" onSubmit={(event) => void send(event)}>
        <TextInput
          label={todoWords.callWhom}
          value={person}
          maxLength={200}
          onChange={(event) => setPerson(event.currentTarget.value)}
        />
        <NativeSelect
          label={todoWords.callResult}
          value={result}
          onChange={(event) => setResult(callResultSchema.parse(event.currentTarget.value))}
          data={callResultSchema.options.map((one) => ({ value: one, label: todoWords.callResults[one] }))}
        />
        <button type="submit" className="btn" disabled={asking.isAsking}>
          {todoWords.logThis}
        </button>
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
      </form>
    </details>
  )
}
