import { useState } from 'react'
import type { Outcome } from '../bridge/client.ts'
import { useAsking } from './use-asking.ts'
import { RefusalNote } from './refusal-note.tsx'

interface Props {
  readonly label: string
  /** What the second press says: which thing goes. */
  readonly sure: string
  readonly forget: () => Promise<Outcome<unknown>>
}

/** Deletes at the second press, which says what it deletes; looking away takes the first one back. */
export function ForgetButton({ label, sure, forget }: Props) {
  const [isSure, setSure] = useState(false)
  const asking = useAsking()
  const press = () => {
    if (isSure) void asking.ask(forget)
    setSure(!isSure)
  }
  return (
    <>
      <button
        type="button"
        className="btn plain"
        onClick={press}
        onBlur={() => setSure(false)}
        disabled={asking.isAsking}
      >
        {isSure ? sure : label}
      </button>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
    </>
  )
}
