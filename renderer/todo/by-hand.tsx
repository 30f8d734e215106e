import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { type Checks, isOfItem } from '../../shared/checklists/entries.ts'
import type { Step } from '../../shared/packs/step.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { stepWords } from '../words/steps.ts'
import { shortTime } from '../words/time.ts'
import type { Ticking } from './ticking.ts'

interface Props {
  readonly step: Step
  /** The stage's id, with the option's behind a slash. */
  readonly stage: string
  readonly ticking: Ticking
}

const titleOf = (step: Step) => (step.type === 'check' ? step.text : step.title)

/** What was done of a step: one tick, or one for each value. */
export function doneOf({ step, stage, ticking }: Props): Checks {
  return ticking.checks.filter((one) => isOfItem(one, { list: ticking.list, stage, item: { id: step.id } }))
}

/** Muster does not run the step: a person does, and says here that it is done and what came out of it. */
export function ByHand(props: Props) {
  const { step, stage, ticking } = props
  const { rooms } = useStores()
  const nowMs = useNow()
  const zone = useZone()
  const asking = useAsking()
  const done = doneOf(props)
  const check = (value: string | null, note: string | null, isDone: boolean) =>
    asking.ask(() =>
      rooms.change('check', {
        id: ticking.incident,
        what: { list: ticking.list, stage, item: { id: step.id, title: titleOf(step) }, value, done: isDone, note },
      }),
    )
  return (
    <div className="by-hand">
      {done.map(({ value, at, by, note }) => (
        <p key={value ?? ''}>
          <span aria-hidden="true">☑ </span>
          {stepWords.doneBy(value, by, shortTime(at, nowMs, zone))}
          {note === null ? '' : `: ${note}`}{' '}
          {ticking.isOpen ? (
            <button type="button" className="btn plain" onClick={() => void check(value, null, false)}>
              {stepWords.notDone}
            </button>
          ) : null}
        </p>
      ))}
      {ticking.isOpen && (done.length === 0 || step.forEach !== undefined) ? (
        <DoneForm
          each={step.forEach ?? null}
          isAsking={asking.isAsking}
          onDone={(value, note) => check(value, note, true)}
        />
      ) : null}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </div>
  )
}

interface FormProps {
  /** The list parameter whose values are done one by one; null for a step that is done once. */
  readonly each: string | null
  readonly isAsking: boolean
  onDone(value: string | null, note: string | null): Promise<boolean>
}

function DoneForm({ each, isAsking, onDone }: FormProps) {
  const [value, setValue] = useState('')
  const [note, setNote] = useState('')
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    const isDone = await onDone(each === null ? null : value.trim(), note.trim() === '' ? null : note.trim())
    if (!isDone) return
    // What was typed since is for what is done next.
    setValue((now) => (now === value ? '' : now))
    setNote((now) => (now === note ? '' : now))
  }
  return (
    <form className="by-hand-form" onSubmit={(event) => void submit(event)}>
      {each === null ? null : (
        <TextInput
          label={stepWords.valueOf(each)}
          value={value}
          maxLength={300}
          required
          withAsterisk={false}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={stepWords.result}
        value={note}
        maxLength={2_000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <button type="submit" className="btn" disabled={isAsking}>
        <span aria-hidden="true">☑ </span>
        {stepWords.done}
      </button>
    </form>
  )
}
