import { type SyntheticEvent, useRef, useState } from 'react'
import { type CredentialTest, isTypedToTest, type ListedCredential } from '../../shared/vault/credential.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/asked.ts'
import { ForgetButton } from '../ui/forget-button.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { shortTime } from '../words/time.ts'
import { vaultWords } from '../words/vault.ts'
import { SecretField, takeSecret } from './secret-field.tsx'

/** A credential by name and mask: what names it, who took it last, its test, and how it is forgotten. */
export function CredentialRow({ credential }: { readonly credential: ListedCredential }) {
  const { vault } = useStores()
  const { name, kind, mask } = credential
  return (
    <tr>
      <th scope="row">
        <span className="mono">{name}</span>
        <p className="faint">{vaultWords.kinds[kind]}</p>
      </th>
      <td className="mono faint">{mask}</td>
      <td>
        <Where credential={credential} />
      </td>
      <td className="soft">
        <LastTaken credential={credential} />
      </td>
      <td>
        <div className="row wrap credential-acts">
          <TestCredential credential={credential} />
          <ForgetButton
            label={vaultWords.forget}
            sure={vaultWords.forgetSure(name)}
            forget={() => vault.forget(name)}
          />
        </div>
      </td>
    </tr>
  )
}

function Where({ credential: { where } }: { readonly credential: ListedCredential }) {
  if (where === null) return <span className="line-due">{vaultWords.whereUnknown}</span>
  if (where.length === 0) return <span className="soft">{vaultWords.nowhere}</span>
  return (
    <ul className="where-used">
      {where.map(({ pack, is, id, title }) => (
        <li key={`${pack} ${is} ${id}`}>{vaultWords.where[is](title, pack)}</li>
      ))}
    </ul>
  )
}

function LastTaken({ credential: { usedAt, usedFor, usedBy } }: { readonly credential: ListedCredential }) {
  const nowMs = useNow()
  const zone = useZone()
  return usedAt === null
    ? vaultWords.neverUsed
    : vaultWords.used(shortTime(usedAt, nowMs, zone), usedFor ?? '', usedBy ?? '')
}

/** Tests at one press; a PIN or a code asks for what it is to be compared with first. */
function TestCredential({ credential: { name, kind } }: { readonly credential: ListedCredential }) {
  const { vault } = useStores()
  const field = useRef<HTMLInputElement>(null)
  const [isTyping, setTyping] = useState(false)
  const [came, setCame] = useState<CredentialTest | null>(null)
  const asking = useAsking()
  const send = (typed: string | null) =>
    asking.ask(async () => {
      setCame(null)
      const outcome = await vault.test(name, typed)
      if (outcome.ok) setCame(outcome.value)
      return outcome
    })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const typed = takeSecret(field.current)
    if (typed !== '') void send(typed)
  }
  const press = () => (isTypedToTest(kind) ? setTyping(!isTyping) : void send(null))
  return (
    <>
      <button
        type="button"
        className="btn plain"
        aria-label={vaultWords.testOf(name)}
        aria-expanded={isTypedToTest(kind) ? isTyping : undefined}
        disabled={asking.isAsking}
        onClick={press}
      >
        {vaultWords.test}
      </button>
      {isTyping ? (
        <form className="row" onSubmit={submit}>
          <SecretField label={kind === 'pin' ? vaultWords.typePin : vaultWords.typeCode} field={field} first />
          <button type="submit" className="btn" disabled={asking.isAsking}>
            {vaultWords.compare}
          </button>
        </form>
      ) : null}
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
      {came === null ? null : (
        <output className="tested" data-outcome={came.outcome}>
          <b className={came.outcome === 'bad' ? 'line-due' : ''}>{vaultWords.outcome[came.outcome]}</b>{' '}
          {came.said.join(' ')}
        </output>
      )}
    </>
  )
}
