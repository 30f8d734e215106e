import { type SyntheticEvent, useEffect, useState } from 'react'
import type { CommandStanding } from '../../shared/handover/calls.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { NameField } from '../ui/name-field.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { handoverWords } from '../words/handover.ts'
import type { Typed } from './typed.ts'

interface Props {
  readonly id: string
  readonly standing: CommandStanding
  onTyped(typed: Typed): void
}

/** To whom, and what the journal cannot know: objectives and hazards. What was typed outlives the dialog. */
export function OfferForm({ id, standing, onTyped }: Props) {
  const { handover } = useStores()
  const close = useCloseOwn()
  const [to, setTo, forgetTo] = useDraft(`handover-to ${id}`)
  const [objectives, setObjectives] = useStarted(`handover-objectives ${id}`, standing.objectives)
  const [hazards, setHazards] = useStarted(`handover-hazards ${id}`, standing.hazards)
  const [withEvidence, setWithEvidence] = useState(true)
  const asking = useAsking()
  const words = handoverWords.offer
  const isReady = to.trim() !== ''
  useEffect(() => {
    onTyped({ to: isReady ? to.trim() : null, objectives: linesOf(objectives), hazards: linesOf(hazards) })
  }, [onTyped, to, isReady, objectives, hazards])
  const offered = { id, to: to.trim(), objectives: linesOf(objectives), hazards: linesOf(hazards) }
  const send = async () => {
    if (!isReady) return
    if (!(await asking.ask(() => handover.change('offer', offered)))) return
    forgetTo()
    close()
  }
  const sendElsewhere = async () => {
    if (!isReady) return
    if (await asking.ask(() => handover.change('offerElsewhere', { ...offered, withEvidence }))) forgetTo()
  }
  useCommands('handover', handoverWords.title, [
    { id: 'handover.offer', title: words.go, keys: 'mod+enter', whileTyping: true, run: () => void send() },
    {
      id: 'handover.elsewhere',
      title: words.elsewhere,
      keys: 'mod+shift+o',
      whileTyping: true,
      run: () => void sendElsewhere(),
    },
  ])
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void send()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <NameField label={words.to} value={to} people={standing.people} onChange={setTo} />
      <Lines
        id={`objectives-${id}`}
        label={words.objectives}
        hint={words.objectivesHint}
        value={objectives}
        onChange={setObjectives}
      />
      <Lines
        id={`hazards-${id}`}
        label={words.hazards}
        hint={words.hazardsHint}
        value={hazards}
        onChange={setHazards}
      />
      <label className="row">
        <input
          type="checkbox"
          checked={withEvidence}
          onChange={(event) => setWithEvidence(event.currentTarget.checked)}
        />
        {words.withEvidence}
      </label>
      <DialogFoot asking={asking} go={words.go} isReady={isReady} keys="mod+enter">
        <button
          type="button"
          className="btn"
          disabled={!isReady || asking.isAsking}
          onClick={() => void sendElsewhere()}
        >
          {words.elsewhere} <KeyCap keys="mod+shift+o" />
        </button>
      </DialogFoot>
    </form>
  )
}

interface LinesProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly value: string
  onChange(text: string): void
}

function Lines({ id, label, hint, value, onChange }: LinesProps) {
  return (
    <div>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="plain-area"
        rows={3}
        value={value}
        placeholder={hint}
        maxLength={20_000}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}

/** A draft that begins with what the last offer said. */
function useStarted(field: string, lines: readonly string[]): readonly [string, (text: string) => void] {
  const [draft, setDraft] = useDraft(field)
  const [isTouched, setTouched] = useState(draft !== '')
  const text = isTouched ? draft : lines.join('\n')
  return [
    text,
    (next) => {
      setTouched(true)
      setDraft(next)
    },
  ]
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, 2_000))
    .filter((line) => line !== '')
    .slice(0, 50)
}
