import { type SyntheticEvent, useRef, useState } from 'react'
import { type CredentialTest, isTypedToTest, type ListedCredential } from '../../shared/vault/credential.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { ForgetButton } from '../ui/forget-button.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { shortTime } from '../words/time.ts'
import { vaultWords } from '../words/vault.ts'
import { SecretField, takeSecret } from './secret-field.tsx'

/** A credential by name and mask: what names it, who took it last, its test under it, and how it is forgotten. */
export function CredentialRow({ credential }: { readonly credential: ListedCredential }) {
  const { vault } = useStores()
  const { name, kind, mask } = credential
  const [isTyping, setTyping] = useState(false)
  const [came, setCame] = useState<CredentialTest | null>(null)
  const asking = useAsking()
  const send = (typed: string | null) =>
    void asking.ask(async () => {
      setCame(null)
      const outcome = await vault.test(name, typed)
      if (outcome.ok) setCame(outcome.value)
      return outcome
    })
  // A PIN or a code asks first for what it is to be compared with.
  const press = () => (isTypedToTest(kind) ? setTyping(!isTyping) : send(null))
  const hasMore = isTyping || asking.refusal !== null || came !== null
  return (
    <>
      <tr className={hasMore ? 'has-more' : ''}>
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
          <div className="row credential-acts">
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
            <ForgetButton
              label={vaultWords.forget}
              sure={vaultWords.forgetSure(name)}
              forget={() => vault.forget(name)}
            />
          </div>
        </td>
      </tr>
      {hasMore ? (
        <tr>
          <td colSpan={5}>
            <div className="stack">
              {isTyping ? <Compare kind={kind} isAsking={asking.isAsking} send={send} /> : null}
              {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} onDismiss={asking.forget} />}
              {came === null ? null : (
                <output className="tested" data-outcome={came.outcome}>
                  <b className={came.outcome === 'bad' ? 'line-due' : ''}>{vaultWords.outcome[came.outcome]}</b>{' '}
                  {came.said.join(' ')}
                </output>
              )}
            </div>
          </td>
        </tr>
      ) : null}
    </>
  )
}

interface CompareProps {
  readonly kind: ListedCredential['kind']
  readonly isAsking: boolean
  readonly send: (typed: string) => void
}

function Compare({ kind, isAsking, send }: CompareProps) {
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const typed = takeSecret(field.current)
    if (typed !== '') send(typed)
  }
  return (
    <form className="row compare" onSubmit={submit}>
      <SecretField label={kind === 'pin' ? vaultWords.typePin : vaultWords.typeCode} field={field} />
      <button type="submit" className="btn" disabled={isAsking}>
        {vaultWords.compare}
      </button>
    </form>
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
