import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { handoverWords } from '../words/handover.ts'

/** The offer no longer stands, and why. */
export function WithdrawForm({ id }: { readonly id: string }) {
  const { handover } = useStores()
  const [reason, setReason] = useState('')
  const asking = useAsking()
  const words = handoverWords.withdraw
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') void asking.ask(() => handover.change('withdraw', { id, reason: reason.trim() }))
  }
  return (
    <form className="stack handover-other" onSubmit={submit}>
      <TextInput
        label={words.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={2_000}
        autoComplete="off"
      />
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row">
        <button type="submit" className="btn" disabled={reason.trim() === '' || asking.isAsking}>
          {words.go}
        </button>
      </div>
    </form>
  )
}
