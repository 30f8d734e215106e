import { type SyntheticEvent, useState } from 'react'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { clockWords } from '../words/clocks.ts'

/** Whether a duty towards an authority holds: a person says so, and why; then its clock runs, or does not. */
export function DutyVerbs({
  incident,
  duty,
  title,
}: {
  readonly incident: string
  readonly duty: string
  readonly title: string
}) {
  const { rooms } = useStores()
  const asking = useAsking()
  const [reason, setReason] = useState('')
  const why = reason.trim()
  const say = (holds: boolean) => (event: SyntheticEvent) => {
    event.preventDefault()
    if (why === '') return
    void asking.ask(() => rooms.change('holdDuty', { id: incident, regulatory: duty, holds, since: null, reason: why }))
  }
  const words = clockWords.duty
  return (
    <form className="clock-verbs" onSubmit={say(true)}>
      <input
        aria-label={`${words.why}: ${title}`}
        placeholder={words.why}
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <button type="submit" className="btn" disabled={why === '' || asking.isAsking}>
        {words.holds}
      </button>
      <button type="button" className="btn" disabled={why === '' || asking.isAsking} onClick={say(false)}>
        {words.not}
      </button>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </form>
  )
}
