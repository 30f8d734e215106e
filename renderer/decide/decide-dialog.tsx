import type { SyntheticEvent } from 'react'
import type { DecisionOutcome, Poll } from '../../shared/tasks/entries.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useDraft, useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { decideWords } from '../words/decide.ts'
import { allObjections, ObjectionPoll, type Polling, readPolling, secondsAsked } from './objection-poll.tsx'

/** What is decided, what else was weighed, and whether anybody objects strongly. What was typed outlives the dialog. */
export function DecideDialog({ id }: { readonly id: string }) {
  const { now, rooms, view } = useStores()
  const close = useCloseOwn()
  const [text, setText, forgetText] = useDraft(`decide ${id}`)
  const [options, setOptions, forgetOptions] = useDraft(`decide-options ${id}`)
  const [kept, keep, forgetPoll] = useDraft(`decide-poll ${id}`)
  const polling = readPolling(kept)
  const asking = useAsking(`decide ${id}`)
  const isReady = text.trim() !== ''
  const objected = allObjections(polling).length > 0
  const send = async (outcome: DecisionOutcome) => {
    if (!isReady) return
    const weighed = options
      .split('\n')
      .map((option) => option.trim())
      .filter((option) => option !== '')
      .slice(0, 20)
    const poll = pollOf(polling, now.store.getState().nowMs)
    const decision = { id, text: text.trim(), options: weighed, poll, outcome, happenedAt: null }
    if (!(await asking.ask(() => rooms.change('decide', decision)))) return
    forgetText()
    forgetOptions()
    forgetPoll()
    close()
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    void send(objected ? 'decided-despite' : 'decided')
  }
  useCommands('decide', decideWords.title, [
    {
      id: 'decide.put-off',
      title: decideWords.commands.putOff,
      keys: 'mod+shift+o',
      whileTyping: true,
      run: () => void send('put-off'),
    },
  ])
  return (
    <Dialog title={decideWords.title} onClose={() => view.closeTop()} size={640}>
      <form className="stack" onSubmit={submit}>
        <TextArea
          label={decideWords.what}
          placeholder={decideWords.whatHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={20_000}
          autosize
          minRows={2}
          maxRows={8}
          data-autofocus
        />
        <div>
          <label className="field-label" htmlFor={`options-${id}`}>
            {decideWords.options}
          </label>
          <textarea
            id={`options-${id}`}
            className="plain-area"
            rows={3}
            value={options}
            maxLength={20_000}
            onChange={(event) => setOptions(event.currentTarget.value)}
          />
        </div>
        <ObjectionPoll polling={polling} onChange={(next) => keep(JSON.stringify(next))} />
        <DialogFoot asking={asking} go={objected ? decideWords.despite : decideWords.go} isReady={isReady}>
          <button type="button" className="btn" disabled={!isReady} onClick={() => void send('put-off')}>
            {decideWords.putOff} <KeyCap keys="mod+shift+o" />
          </button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** What is written down of the question; null where nobody was asked and nobody objected. */
function pollOf(polling: Polling, nowMs: number): Poll | null {
  const objections = allObjections(polling)
  if (polling.askedMs === null && objections.length === 0) return null
  return { seconds: secondsAsked(polling, nowMs), objections: [...objections] }
}
