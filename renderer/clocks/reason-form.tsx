import type { ReactNode, SyntheticEvent } from 'react'
import { useDraft } from '../stores.ts'
import type { useAsking } from '../ui/use-asking.ts'
import { focusOnMount } from '../ui/focus-on-mount.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { clockWords } from '../words/clocks.ts'

interface Props {
  /** Under which name the text outlives the form. */
  readonly draft: string
  readonly label: string
  readonly go: string
  readonly asking: ReturnType<typeof useAsking>
  /** What stands before the reason. */
  readonly children?: ReactNode
  readonly isReady?: boolean
  /** Answers whether it was kept. */
  onSend(reason: string): Promise<boolean>
  onBack(): void
}

/** One line of why, then it is done; the focus goes to the reason, or to what stands before it. */
export function ReasonForm({ draft, label, go, asking, children, isReady = true, onSend, onBack }: Props) {
  const [reason, setReason, forget] = useDraft(draft)
  const why = reason.trim()
  const canSend = why !== '' && isReady && !asking.isAsking
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (canSend && (await onSend(why))) forget()
  }
  return (
    <form className="clock-form stack" onSubmit={(event) => void send(event)}>
      {children}
      <label>
        <span className="field-label">{label}</span>
        <input
          ref={children === undefined ? focusOnMount : null}
          className="clock-reason"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={2000}
          autoComplete="off"
        />
      </label>
      <div className="row wrap">
        <button type="submit" className="btn first" disabled={!canSend}>
          {go} <KeyCap keys="enter" />
        </button>
        <button type="button" className="btn plain" onClick={onBack}>
          {clockWords.verbs.back}
        </button>
      </div>
    </form>
  )
}
