import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { vaultWords } from '../words/vault.ts'
import { Credentials } from './credentials.tsx'
import { NewVault } from './new-vault.tsx'
import { RecoveryKey } from './recovery-key.tsx'
import { Unlock } from './unlock.tsx'

/** What is in the vault, and how to open, lock and seal it. */
export function VaultDialog() {
  const { vault, view } = useStores()
  const { asked, status, recovery } = useStore(vault.store)
  useEffect(() => void vault.read(), [vault])
  return (
    <Dialog title={vaultWords.title} onClose={() => view.closeTop()} size={920}>
      <div className="stack">
        {recovery !== null ? (
          <RecoveryKey recovery={recovery} />
        ) : asked.state === 'failed' ? (
          <RefusalNote refusal={asked.refusal} onRetry={() => void vault.read()} />
        ) : status === null ? (
          <output className="asked">{vaultWords.reading}</output>
        ) : status.sealedBy.length === 0 ? (
          <NewVault status={status} />
        ) : (
          <Known status={status} />
        )}
      </div>
    </Dialog>
  )
}

function Known({ status }: { readonly status: VaultStatus }) {
  const { vault } = useStores()
  const lockedBy = useStore(vault.store, (state) => state.lockedBy)
  const locking = useAsking()
  return (
    <>
      <div>
        <p>{vaultWords.locked[status.locked]}</p>
        <p className="soft">{vaultWords.sealedBy(status)}</p>
      </div>
      {status.locked === 'nothing' ? (
        <>
          <Credentials status={status} />
          <div className="row">
            <button type="button" className="btn" onClick={() => void locking.ask(() => vault.lock())}>
              {vaultWords.lock}
            </button>
          </div>
          {locking.refusal === null ? null : <RefusalNote refusal={locking.refusal} />}
        </>
      ) : (
        <>
          {lockedBy === null ? null : <RefusalNote refusal={lockedBy} />}
          <Unlock status={status} />
        </>
      )}
    </>
  )
}
