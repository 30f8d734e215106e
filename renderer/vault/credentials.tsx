import { NativeSelect, TextInput } from '@mantine/core'
import { type SyntheticEvent, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { VaultStatus } from '../../shared/vault/calls.ts'
import {
  type CredentialKind,
  credentialKindSchema,
  credentialNameSchema,
  type ListedCredential,
} from '../../shared/vault/credential.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { vaultWords } from '../words/vault.ts'
import { CredentialRow } from './credential-row.tsx'
import { IdleTime } from './idle-time.tsx'
import { SecretField, SecretLines, takeSecret } from './secret-field.tsx'

/** What the vault holds, by name and mask; a form for one more; and another passphrase. */
export function Credentials({ status }: { readonly status: VaultStatus }) {
  const { vault } = useStores()
  const credentials = useStore(vault.store, (state) => state.credentials) ?? []
  return (
    <>
      <section aria-label={vaultWords.credentials} className="stack">
        <h2>{vaultWords.credentials}</h2>
        {credentials.length === 0 ? <p className="soft">{vaultWords.empty}</p> : <List credentials={credentials} />}
      </section>
      <AddCredential />
      <IdleTime minutes={status.idleMinutes} />
      {status.sealedBy.includes('passphrase') ? <ChangePassphrase /> : null}
    </>
  )
}

function List({ credentials }: { readonly credentials: readonly ListedCredential[] }) {
  const { columns } = vaultWords
  return (
    <div className="vault-list" {...scrollable}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.mask}</th>
            <th scope="col">{columns.where}</th>
            <th scope="col">{columns.used}</th>
            <th scope="col">
              <span className="unseen">{columns.acts}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {credentials.map((credential) => (
            <CredentialRow key={credential.name} credential={credential} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AddCredential() {
  const { vault } = useStores()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<CredentialKind>('token')
  const line = useRef<HTMLInputElement>(null)
  const lines = useRef<HTMLTextAreaElement>(null)
  const asking = useAsking()
  const words = vaultWords.add
  const wanted = name.trim()
  const isName = wanted === '' || credentialNameSchema.safeParse(wanted).success
  const replaced = useStore(vault.store, ({ credentials }) => credentials?.some((one) => one.name === wanted) ?? false)
  const isKey = kind === 'certificate-key' || kind === 'signing-key'
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    // What was typed is wiped when it is taken: not before it can be kept.
    if (!isName || wanted === '') return
    const value = takeSecret(isKey ? lines.current : line.current)
    if (value === '') return
    if (await asking.ask(() => vault.set({ name: wanted, kind, value }))) setName('')
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)} aria-label={words.title}>
      <h2>{words.title}</h2>
      <div className="credential-fields">
        <TextInput
          label={words.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          autoComplete="off"
          error={!isName}
          data-autofocus
        />
        <NativeSelect
          label={words.kind}
          value={kind}
          onChange={(event) => setKind(credentialKindSchema.parse(event.currentTarget.value))}
          data={credentialKindSchema.options.map((value) => ({ value, label: vaultWords.kinds[value] }))}
        />
        {isKey ? <SecretLines label={words.value} field={lines} /> : <SecretField label={words.value} field={line} />}
      </div>
      {isName ? null : (
        <p className="line-due" role="alert">
          {words.noName}
        </p>
      )}
      {replaced ? <p className="line-due">{words.replaces(wanted)}</p> : null}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
      <div className="row">
        <button type="submit" className="btn" disabled={wanted === '' || !isName || asking.isAsking}>
          {words.go}
        </button>
      </div>
    </form>
  )
}

function ChangePassphrase() {
  const { vault } = useStores()
  const [first, again] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  const [differs, setDiffers] = useState(false)
  const asking = useAsking()
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    const passphrase = takeSecret(first.current)
    const isSame = passphrase === takeSecret(again.current)
    setDiffers(!isSame)
    if (isSame && passphrase !== '') void asking.ask(() => vault.changePassphrase(passphrase))
  }
  return (
    <details>
      <summary>{vaultWords.change.title}</summary>
      <form className="stack" onSubmit={send}>
        <SecretField label={vaultWords.create.passphrase} field={first} />
        <SecretField label={vaultWords.create.again} field={again} />
        {differs ? (
          <p className="line-due" role="alert">
            {vaultWords.create.differs}
          </p>
        ) : null}
        {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
        <div className="row">
          <button type="submit" className="btn" disabled={asking.isAsking}>
            {vaultWords.change.go}
          </button>
        </div>
      </form>
    </details>
  )
}
