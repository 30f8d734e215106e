import { Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Verification } from '../../shared/ledger/verification.ts'
import { useStores, useZone } from '../stores.ts'
import { Coded } from '../ui/coded.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { count, timeOfDay } from '../words/time.ts'
import { verifyWords } from '../words/verification.ts'
import { AnchorCard } from './anchor-card.tsx'
import { isVerifying, type VerificationState } from './verification-store.ts'

/** Whether the journal is as it was written, and what this check cannot see. The newest result stays until the next. */
export function VerifyDialog() {
  const { verification, view } = useStores()
  const state = useStore(verification.store)
  const [anchor, setAnchor] = useState('')
  const [unread, setUnread] = useState<string | null>(null)
  const { found, refusal } = state
  const busy = isVerifying(state)
  useEffect(() => {
    if (verification.store.getState().status === 'none') void verification.verify(null)
  }, [verification])
  const open = async (file: File | undefined) => {
    if (file === undefined) return
    setUnread(null)
    await file.text().then(setAnchor, () => setUnread(verifyWords.unreadable(file.name)))
  }
  return (
    <Dialog title={verifyWords.title} onClose={() => view.closeTop()} size={820}>
      <div className="stack verify">
        {busy ? <Progress state={state} onCancel={() => void verification.cancel()} /> : null}
        {refusal === null ? null : <RefusalNote refusal={refusal} />}
        {found === null ? null : <Found found={found} endedAtMs={state.endedAtMs} />}
        <Textarea
          label={verifyWords.anchor}
          classNames={{ input: 'mono' }}
          rows={3}
          value={anchor}
          onChange={(event) => setAnchor(event.currentTarget.value)}
        />
        <div className="row wrap">
          <button
            type="button"
            className="btn"
            disabled={busy}
            onClick={() => void verification.verify(anchor.trim() === '' ? null : anchor)}
            data-autofocus
          >
            {found === null && refusal === null ? verifyWords.start : verifyWords.again}
          </button>
          <label className="btn file-choice">
            {verifyWords.open}
            <input
              type="file"
              accept=".txt,.md,text/plain"
              onChange={(event) => void open(event.currentTarget.files?.[0])}
            />
          </label>
          {unread === null ? null : <output className="soft">{unread}</output>}
        </div>
        <AnchorCard incident={null} />
      </div>
    </Dialog>
  )
}

function Progress({ state, onCancel }: { readonly state: VerificationState; readonly onCancel: () => void }) {
  const { progress, status } = state
  return (
    <div className="verify-progress">
      <output className="asked">
        {status === 'cancelling'
          ? verifyWords.cancelling
          : progress === null
            ? verifyWords.verifying
            : verifyWords.progress(progress)}
      </output>
      <button type="button" className="btn" disabled={status !== 'running'} onClick={onCancel}>
        {verifyWords.cancel}
      </button>
      <progress
        aria-label={verifyWords.bar}
        max={Math.max(1, progress?.of ?? 1)}
        {...(progress === null ? {} : { value: progress.done })}
      />
    </div>
  )
}

function Found({ found, endedAtMs }: { readonly found: Verification; readonly endedAtMs: number }) {
  const zone = useZone()
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
        . {verifyWords.at(timeOfDay(endedAtMs, zone))}
      </p>
      <Lines title={verifyWords.problems} lines={found.problems} />
      <Lines title={verifyWords.erased} lines={found.erasures} />
      <Lines title={verifyWords.anchors} lines={found.anchors} />
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
          <li key={line}>
            <Coded text={line} />
          </li>
        ))}
      </ul>
    </section>
  )
}
