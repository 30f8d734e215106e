import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../stores.ts'
import { CopyButton } from '../ui/copy-text.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { scrollable } from '../ui/scrollable.ts'
import { anchorWords } from '../words/verification.ts'
import './anchor-card.css'

const ofAnother = { made: null, path: null, refusal: null }

/** The heads of an incident, or of all (null), to be taken elsewhere: copied, written into a file, or photographed. */
export function AnchorCard({ incident }: { readonly incident: string | null }) {
  const { anchor } = useStores()
  const state = useStore(anchor.store)
  const isAsking = state.asking !== null
  const { made, path, refusal } = state.incident === incident ? state : ofAnother
  useEffect(() => () => anchor.forget(incident), [anchor, incident])
  return (
    <section className="stack anchor" aria-label={anchorWords.title}>
      <h2>{anchorWords.title}</h2>
      <p className="soft">{anchorWords.why}</p>
      <div className="row wrap">
        <button type="button" className="btn" disabled={isAsking} onClick={() => void anchor.make(incident)}>
          {incident === null ? anchorWords.makeAll : anchorWords.makeOne}
        </button>
        <button type="button" className="btn" disabled={isAsking} onClick={() => void anchor.save(incident)}>
          {anchorWords.save}
        </button>
        {made === null ? null : <CopyButton text={made.text} label={anchorWords.copy} />}
      </div>
      {path === null ? null : (
        <output className="soft">
          {anchorWords.saved} <span className="mono">{path}</span>
        </output>
      )}
      {refusal === null ? null : <RefusalNote refusal={refusal} />}
      {made === null ? null : (
        <div className="anchor-made">
          <pre className="mono" aria-label={anchorWords.text} {...scrollable}>
            {made.text}
          </pre>
          {made.qr === null ? null : (
            <svg viewBox={`0 0 ${made.qr.size} ${made.qr.size}`} role="img" aria-label={anchorWords.code}>
              <path d={made.qr.path} />
            </svg>
          )}
        </div>
      )}
    </section>
  )
}
