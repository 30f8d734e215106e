import { type SyntheticEvent, useRef, useState } from 'react'
import type { Argument } from '../../shared/contract.ts'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { uiWords } from '../words/ui.ts'
import { vaultWords } from '../words/vault.ts'
import { SecretField, takeSecret } from './secret-field.tsx'

/** Begins a vault: by the system's store where there is one, else by a passphrase typed twice. */
export function NewVault({ status }: { readonly status: VaultStatus }) {
  const { vault } = useStores()
  const [first, again] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const [differs, setDiffers] = useState(false)
  const asking = useAsking()
  const words = vaultWords.create
  const create = (wanted: Argument<'vault.create'>) => asking.ask(() => vault.create(wanted))
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    const passphrase = takeSecret(first.current)
    const isSame = passphrase === takeSecret(again.current)
    setDiffers(!isSame)
    if (isSame && passphrase !== '') void create({ by: 'passphrase', passphrase })
  }
  return (
    <>
      <p>{vaultWords.none}</p>
      <p className="soft">{status.system.why}</p>
      {status.system.has ? (
        <div className="row">
          <button type="button" className="btn first" onClick={() => void create({ by: 'system' })}>
            {words.bySystem}
          </button>
        </div>
      ) : null}
      <form className="stack" onSubmit={send}>
        <SecretField label={words.passphrase} field={first} first={!status.system.has} />
        <SecretField label={words.again} field={again} />
        {differs ? (
          <p className="line-due" role="alert">
            {words.differs}
          </p>
        ) : null}
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
        <div className="row">
          <button type="submit" className="btn" disabled={asking.isAsking}>
            {words.byPassphrase}
          </button>
          {asking.isAsking ? <output className="asked">{uiWords.asking}</output> : null}
        </div>
      </form>
    </>
  )
}
