import { useState } from 'react'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/asked.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { vaultWords } from '../words/vault.ts'

interface Props {
  readonly recovery: string
  readonly onDone: () => void
}

/** The one time that the recovery key is shown. */
export function RecoveryKey({ recovery, onDone }: Props) {
  const { vault } = useStores()
  const [path, setPath] = useState<string | null>(null)
  const asking = useAsking()
  const words = vaultWords.recovery
  const save = () =>
    asking.ask(async () => {
      const outcome = await vault.saveRecoverySheet(recovery)
      if (outcome.ok) setPath(outcome.value.path)
      return outcome
    })
  return (
    <section className="stack" aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="soft">{words.why}</p>
      <p className="mono recovery-key">{recovery}</p>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      {path === null ? null : <output>{words.saved(path)}</output>}
      <div className="row">
        <button type="button" className="btn" onClick={() => void save()} disabled={asking.isAsking} data-autofocus>
          {words.save}
        </button>
        <button type="button" className="btn first" onClick={onDone}>
          {words.done}
        </button>
      </div>
    </section>
  )
}
