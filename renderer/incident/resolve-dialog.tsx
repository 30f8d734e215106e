import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import { useCommands } from '../keys/use-commands.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { incidentWords } from '../words/incident.ts'
import { FalseAlarm } from './false-alarm.tsx'
import { roomOf } from './rooms-store.ts'

type Outcome = 'resolved' | 'false-alarm'

/** How it ended. One that was never confirmed ends as a false alarm; whoever wants to resolve it says first that it is real. */
export function ResolveDialog({ id }: { readonly id: string }) {
  const { rooms } = useStores()
  const isUnconfirmed = useStore(rooms.store, (all) => roomOf(all, id).state?.core.status === 'unconfirmed')
  // Confirmed or ended from elsewhere meanwhile, what was typed stays where it was typed.
  const [wasUnconfirmed] = useState(isUnconfirmed)
  return wasUnconfirmed ? <FalseAlarm id={id} /> : <Resolve id={id} />
}

/** Resolved or a false alarm after all, and what it was in a few sentences. */
function Resolve({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const close = useCloseOwn()
  const [outcome, setOutcome] = useState<Outcome>('resolved')
  const [summary, setSummary, forget] = useDraft(`resolve ${id}`)
  const asking = useAsking()
  const words = incidentWords.resolveDialog
  const choices = [
    { outcome: 'resolved', title: words.resolved, hint: words.resolvedHint, keys: '1' },
    { outcome: 'false-alarm', title: words.falseAlarm, hint: words.falseAlarmHint, keys: '2' },
  ] as const
  useCommands(
    'resolve',
    words.title,
    choices.map((choice) => ({
      id: choice.outcome,
      title: choice.title,
      keys: choice.keys,
      run: () => setOutcome(choice.outcome),
    })),
  )
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (summary.trim() === '') return
    if (!(await asking.ask(() => rooms.change('resolve', { id, outcome, summary: summary.trim() })))) return
    forget()
    close()
  }
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size={620}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <fieldset className="severities">
          <legend className="legend">{words.outcome}</legend>
          {choices.map((choice) => (
            <label
              key={choice.outcome}
              className={outcome === choice.outcome ? 'severity-choice chosen' : 'severity-choice'}
            >
              <input
                type="radio"
                name="outcome"
                checked={outcome === choice.outcome}
                onChange={() => setOutcome(choice.outcome)}
              />
              <b>{choice.title}</b>
              <span className="soft">{choice.hint}</span>
              <KeyCap keys={choice.keys} />
            </label>
          ))}
        </fieldset>
        <TextArea
          label={words.summary}
          description={words.summaryHint}
          value={summary}
          onChange={(event) => setSummary(event.currentTarget.value)}
          rows={4}
          maxLength={20_000}
          data-autofocus
        />
        <DialogFoot asking={asking} go={words.set} isReady={summary.trim() !== ''} />
      </form>
    </Dialog>
  )
}
