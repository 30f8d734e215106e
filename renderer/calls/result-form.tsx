import { TextInput } from '@mantine/core'
import { type CalledBy, type CallResult, callResultSchema } from '../../shared/people/entries.ts'
import type { Command } from '../keys/commands.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useDraft, useStores, useTyped } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { callWords } from '../words/calls.ts'
import { uiWords } from '../words/ui.ts'
import type { Callee } from './callee.ts'

interface Props {
  readonly incident: string
  readonly callee: Callee
  /** Who stands behind the role, to be overwritten where it was somebody else; empty where nobody is known. */
  readonly person: string
  readonly means: CalledBy
  /** Something was typed for this call. */
  onTyped(): void
  onLogged(what: string): void
}

const LAYER = 'call'

/** How a call went, by one key: it is written down, and who is next follows from it. */
export function ResultForm({ incident, callee, person, means, onTyped, onLogged }: Props) {
  const { rooms } = useStores()
  const asking = useAsking()
  const { role, title, edge } = callee
  const [typed, setTyped, forgetTyped] = useTyped(`call-person ${incident} ${role}`, person)
  const [note, setNote, forgetNote] = useDraft(`call-note ${incident} ${role}`)
  const name = typed.trim()
  const log = async (result: CallResult) => {
    const call = {
      ...{ id: incident, role, means, result, edge, happenedAt: null },
      person: name === '' ? null : name,
      note: note.trim() === '' ? null : note.trim(),
    }
    if (!(await asking.ask(() => rooms.change('call', call)))) return
    forgetNote()
    forgetTyped()
    onLogged(callWords.logged(title, result))
  }
  const results = callResultSchema.options.map(
    (result, at): Command => ({
      id: `call.result-${result}`,
      title: callWords.results[result],
      keys: String(at + 1),
      run: () => void log(result),
    }),
  )
  useCommands(LAYER, callWords.result, results)
  return (
    <section className="card call-result" aria-label={callWords.resultFor(title)}>
      <h3>{callWords.resultFor(title)}</h3>
      <div className="call-results">
        {results.map(({ id, title: said, keys, run }) => (
          <button
            key={id}
            type="button"
            className="btn"
            disabled={asking.isAsking}
            aria-keyshortcuts={keys ?? undefined}
            onClick={() => run()}
          >
            <KeyCap keys={keys ?? ''} /> {said}
          </button>
        ))}
      </div>
      <TextInput
        label={callWords.person}
        value={typed}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          onTyped()
        }}
      />
      <TextInput
        label={callWords.note}
        value={note}
        maxLength={2_000}
        autoComplete="off"
        onChange={(event) => {
          setNote(event.currentTarget.value)
          onTyped()
        }}
      />
      {asking.isAsking ? <output className="asked">{uiWords.asking}</output> : null}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </section>
  )
}
