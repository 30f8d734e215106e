import { type SyntheticEvent, useState } from 'react'
import type { Clock } from '../../shared/clocks/clock.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { clockWords } from '../words/clocks.ts'

/** What is being said of a clock, which asks for a reason. */
type Reasoned = 'pause' | 'resume' | 'not-needed'

/** A form that is open: one of the same kind that is opened later is another. */
interface Form {
  readonly is: Reasoned
}

/** Kinds that are stopped by saying so; all others by an entry of their own. */
const done = new Set<Clock['kind']>(['regulatory', 'post-mortem', 'post-incident'])

/** What can be said of a clock that has not ended: told, done, not needed, stand still, run on. */
export function ClockVerbs({ incident, clock }: { readonly incident: string; readonly clock: Clock }) {
  const { rooms } = useStores()
  const asking = useAsking()
  const [form, setForm] = useState<Form | null>(null)
  const [reason, setReason] = useState('')
  const words = clockWords.verbs
  const reasoned = form?.is ?? null
  const tell = (result: 'told' | 'not-needed', note: string | null) => {
    const notification = clock.id.slice('notification:'.length)
    return rooms.change('tell', { id: incident, notification, to: null, means: null, result, note, happenedAt: null })
  }
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    const why = reason.trim()
    if (why === '' || reasoned === null) return
    const change = { id: incident, clock: clock.id, reason: why }
    const sent = await asking.ask(() => {
      if (reasoned === 'not-needed') return tell('not-needed', why)
      return reasoned === 'pause' ? rooms.change('pauseClock', change) : rooms.change('resumeClock', change)
    })
    if (!sent) return
    // Another form may be open by then, and other words typed.
    setForm((now) => (now === form ? null : now))
    setReason((now) => (now === reason ? '' : now))
  }
  if (reasoned !== null) {
    return (
      <form className="clock-verbs" onSubmit={(event) => void send(event)}>
        <input
          ref={focusOnMount}
          aria-label={words.why}
          placeholder={words.why}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={2000}
        />
        <button type="submit" className="btn" disabled={reason.trim() === '' || asking.isAsking}>
          {words[reasoned]}
        </button>
        <button type="button" className="btn" onClick={() => setForm(null)}>
          {words.back}
        </button>
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      </form>
    )
  }
  const buttons: (readonly [string, () => void])[] = [
    ...(clock.kind === 'notification'
      ? ([
          [words.told, () => void asking.ask(() => tell('told', null))],
          [words['not-needed'], () => setForm({ is: 'not-needed' })],
        ] as const)
      : []),
    ...(done.has(clock.kind)
      ? ([
          [
            words.done,
            () => void asking.ask(() => rooms.change('meetClock', { id: incident, clock: clock.id, note: null })),
          ],
        ] as const)
      : []),
    ...(clock.paused !== null
      ? ([[words.resume, () => setForm({ is: 'resume' })]] as const)
      : // What is overdue counts on: there is nothing left that a pause could hold.
        clock.state === 'breached'
        ? []
        : ([[words.pause, () => setForm({ is: 'pause' })]] as const)),
  ]
  return (
    <div className="clock-verbs">
      {buttons.map(([title, run]) => (
        <button key={title} type="button" className="btn" onClick={run} aria-label={`${title}: ${clock.title}`}>
          {title}
        </button>
      ))}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </div>
  )
}
