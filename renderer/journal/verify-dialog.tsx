import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Verification } from '../../shared/contract.ts'
import { useStores } from '../stores.ts'
import { Dialog } from '../ui/dialog.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { verifyWords } from '../words/exports.ts'
import { count } from '../words/time.ts'
import { scrollable } from '../ui/scrollable.ts'

/** Whether the journal is as it was written, and what this check cannot see. */
export function VerifyDialog() {
  const { verification, view } = useStores()
  const { asking, found, refusal } = useStore(verification.store)
  useEffect(() => void verification.verify(), [verification])
  return (
    <Dialog title={verifyWords.title} onClose={() => view.closeTop()} size={720}>
      <div className="stack verify">
        {asking ? <output className="asked">{verifyWords.verifying}</output> : null}
        {refusal === null ? null : <RefusalNote refusal={refusal} />}
        {found === null ? null : <Found found={found} />}
        <div>
          <button
            type="button"
            className="btn"
            disabled={asking}
            onClick={() => void verification.verify()}
            data-autofocus
          >
            {verifyWords.again}
          </button>
        </div>
      </div>
    </Dialog>
  )
}

function Found({ found }: { readonly found: Verification }) {
  return (
    <>
      <output className={found.ok ? 'check-match' : 'check-mismatch'}>
        {found.ok ? verifyWords.ok : verifyWords.notOk}
      </output>
      <p className="soft">
        {verifyWords.counts(
          count(found.entries, 'entry', 'entries'),
          count(found.chains, 'chain'),
          count(found.bundles, 'bundle'),
          found.tookMs,
        )}
      </p>
      <Lines title={verifyWords.problems} lines={found.problems} />
      <Lines title={verifyWords.limits} lines={found.limits} />
      {found.heads.length === 0 ? null : (
        <section aria-label={verifyWords.heads}>
          <h2>{verifyWords.heads}</h2>
          <ul className="heads mono" aria-label={verifyWords.heads} {...scrollable}>
            {found.heads.map((head) => (
              <li key={head.hash}>
                {head.number} #{head.seq} <span className="faint">{head.hash}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
