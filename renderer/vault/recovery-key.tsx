import { useState } from 'react'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { vaultWords } from '../words/vault.ts'

/** The recovery key, shown until it is on paper and never again. */
export function RecoveryKey({ recovery }: { readonly recovery: string }) {
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
        <button type="button" className="btn first" onClick={() => vault.wroteDown()}>
          {words.done}
        </button>
      </div>
    </section>
  )
}
