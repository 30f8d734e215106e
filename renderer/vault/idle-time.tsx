import { NumberInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { idleMinutesSchema, LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES } from '../../shared/vault/idle.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { vaultWords } from '../words/vault.ts'

/** After how long without anybody the vault locks itself. */
export function IdleTime({ minutes }: { readonly minutes: number }) {
  const { vault } = useStores()
  const [typed, setTyped] = useState<number | string>(minutes)
  const asking = useAsking()
  const wanted = idleMinutesSchema.safeParse(typed)
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (wanted.success) void asking.ask(() => vault.setIdle(wanted.data))
  }
  const words = vaultWords.idle
  return (
    <details>
      <summary>{words.title(minutes)}</summary>
      <form className="stack" onSubmit={send}>
        <NumberInput
          label={words.minutes}
          value={typed}
          onChange={setTyped}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          className="idle-minutes"
          error={!wanted.success}
        />
        {wanted.success ? null : (
          <p className="line-due" role="alert">
            {words.bounds(LEAST_IDLE_MINUTES, MOST_IDLE_MINUTES)}
          </p>
        )}
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
        {asking.asked.state === 'confirmed' ? <output className="soft">{words.kept}</output> : null}
        <div className="row">
          <button
            type="submit"
            className="btn"
            disabled={!wanted.success || wanted.data === minutes || asking.isAsking}
          >
            {words.go}
          </button>
        </div>
      </form>
    </details>
  )
}
