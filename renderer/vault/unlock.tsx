import { type SyntheticEvent, useRef, useState } from 'react'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { uiWords } from '../words/ui.ts'
import { vaultWords } from '../words/vault.ts'
import { SecretField, takeSecret } from './secret-field.tsx'

/** Opens the vault: by passphrase, by the printed key, or by the system's store. */
export function Unlock({ status }: { readonly status: VaultStatus }) {
  const { vault } = useStores()
  const field = useRef<HTMLInputElement>(null)
  const hasPassphrase = status.sealedBy.includes('passphrase')
  const [byRecovery, setByRecovery] = useState(!hasPassphrase)
  const asking = useAsking()
  const words = vaultWords.unlock
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    const secret = takeSecret(field.current)
    if (secret !== '') void asking.ask(() => vault.unlock({ by: byRecovery ? 'recovery' : 'passphrase', secret }))
  }
  return (
    <form className="stack" onSubmit={send}>
      <SecretField
        key={byRecovery ? 'recovery' : 'passphrase'}
        label={byRecovery ? words.recoveryKey : words.passphrase}
        field={field}
        first
      />
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row wrap">
        <button type="submit" className="btn first" disabled={asking.isAsking}>
          {words.go} <KeyCap keys="enter" />
        </button>
        {status.sealedBy.includes('system') ? (
          <button type="button" className="btn" onClick={() => void asking.ask(() => vault.unlock({ by: 'system' }))}>
            {words.system}
          </button>
        ) : null}
        {hasPassphrase && !byRecovery ? (
          <button type="button" className="btn plain" onClick={() => setByRecovery(true)}>
            {words.recovery}
          </button>
        ) : null}
        {asking.isAsking ? <output className="asked">{uiWords.asking}</output> : null}
      </div>
    </form>
  )
}
