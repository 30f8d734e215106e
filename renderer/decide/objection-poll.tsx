import { TextInput } from '@mantine/core'
import { z } from 'zod'
import { type Poll, pollSchema } from '../../shared/tasks/entries.ts'
import { useCommands } from '../keys/use-commands.ts'
import { useNow } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { decideWords } from '../words/decide.ts'
import './decide.css'

/** How long somebody waits for an answer. */
const SECONDS = 30

/** The question as it goes: when it was asked and when it was enough (ms since 1970), null: not yet. */
const pollingSchema = z.strictObject({
  askedMs: z.number().nullable(),
  endedMs: z.number().nullable(),
  objections: pollSchema.shape.objections,
  /** Being typed: who objects, and why. */
  by: z.string(),
  text: z.string(),
})

export type Polling = z.infer<typeof pollingSchema>

const unasked: Polling = { askedMs: null, endedMs: null, objections: [], by: '', text: '' }

/** The question as a draft of the dialog keeps it; unasked where nothing is kept. */
export function readPolling(kept: string): Polling {
  if (kept === '') return unasked
  return pollingSchema.safeParse(JSON.parse(kept)).data ?? unasked
}

/** The objections with the one that is typed whole and was not yet written down. */
export function allObjections({ objections, by, text }: Polling): Poll['objections'] {
  if (by.trim() === '' || text.trim() === '') return objections
  return [...objections, { by: by.trim(), text: text.trim() }]
}

/** For how long it was asked, in whole seconds: 30 at most. */
export function secondsAsked({ askedMs, endedMs }: Polling, nowMs: number): number {
  if (askedMs === null) return 0
  return Math.min(SECONDS, Math.max(0, Math.round(((endedMs ?? nowMs) - askedMs) / 1000)))
}

interface Props {
  readonly polling: Polling
  onChange(polling: Polling): void
}

/** "Any strong objection?": thirty seconds, and the objections with who said them. No votes. */
export function ObjectionPoll({ polling, onChange }: Props) {
  const nowMs = useNow()
  const asked = secondsAsked(polling, nowMs)
  const runs = polling.askedMs !== null && polling.endedMs === null && asked < SECONDS
  const ask = () => onChange({ ...polling, askedMs: nowMs, endedMs: null })
  useCommands('decide', decideWords.title, [
    { id: 'decide.ask', title: decideWords.commands.ask, keys: 'mod+enter', whileTyping: true, run: ask },
  ])
  return (
    <fieldset className="poll">
      <legend>{decideWords.poll}</legend>
      <p className="soft">{decideWords.pollWhy}</p>
      <div className="row wrap">
        {runs ? (
          <>
            <b className="poll-left" role="timer">
              {decideWords.asking(SECONDS - asked)}
            </b>
            <button type="button" className="btn" onClick={() => onChange({ ...polling, endedMs: nowMs })}>
              {decideWords.stop}
            </button>
          </>
        ) : (
          <button type="button" className="btn" onClick={ask}>
            {decideWords.ask(SECONDS)} <KeyCap keys="mod+enter" />
          </button>
        )}
        {polling.askedMs !== null && !runs ? (
          <output>
            {decideWords.asked(asked)} {polling.objections.length === 0 ? decideWords.none : null}
          </output>
        ) : null}
      </div>
      <ul className="objections">
        {polling.objections.map((objection, place) => (
          <li key={`${objection.by} ${objection.text}`}>
            <b>{objection.by}</b>: {objection.text}{' '}
            <button
              type="button"
              className="btn plain"
              aria-label={decideWords.takeBack(objection.by)}
              onClick={() => onChange({ ...polling, objections: polling.objections.toSpliced(place, 1) })}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <Objection polling={polling} onChange={onChange} />
    </fieldset>
  )
}

function Objection({ polling, onChange }: Props) {
  const { by, text } = polling
  const isReady = by.trim() !== '' && text.trim() !== ''
  const add = () => {
    if (isReady) onChange({ ...polling, objections: allObjections(polling), by: '', text: '' })
  }
  return (
    <div className="objection">
      <TextInput
        label={decideWords.who}
        value={by}
        maxLength={200}
        onChange={(event) => onChange({ ...polling, by: event.currentTarget.value })}
      />
      <TextInput
        label={decideWords.why}
        value={text}
        maxLength={2_000}
        onChange={(event) => onChange({ ...polling, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          // Enter would decide: whoever writes an objection down means that first.
          if (event.key !== 'Enter' || !isReady) return
          event.preventDefault()
          add()
        }}
      />
      <button type="button" className="btn" disabled={!isReady} onClick={add}>
        {decideWords.object}
      </button>
    </div>
  )
}
