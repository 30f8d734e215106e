import { useEffect } from 'react'
import { useStore } from 'zustand'
import { doubtfulEvidence } from '../../shared/evidence/entries.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useStores } from '../stores.ts'
import { evidenceWords } from '../words/evidence.ts'

/**
 * What a commander must know of the evidence: that some is missing or changed, that it is being hashed again, that the
 * room for it runs out. Nothing where all is well.
 */
export function EvidenceAlarm({ state }: { readonly state: IncidentState }) {
  const { evidence, view } = useStores()
  const { id } = state
  const checking = useStore(evidence.store, (known) => known.checking[id])
  const storage = useStore(evidence.store, (known) => known.storage)
  const kept = state.evidence.length
  useEffect(() => {
    // Asked again whenever something more was kept.
    if (kept >= 0) void evidence.measure()
  }, [evidence, kept])
  const doubtful = doubtfulEvidence(state.evidence).filter(({ bundle }) => state.erasures[bundle] === undefined)
  const words = evidenceWords.alarm
  return (
    <>
      {doubtful.map((bundle) => (
        <div key={bundle.entry} className="card evidence-alarm" role="alert">
          <p className="check-mismatch">
            {bundle.lastCheck?.result === 'missing' ? words.missing(bundle.title) : words.changed(bundle.title)}
          </p>
          <p className="soft">{words.next}</p>
          <button
            type="button"
            className="btn"
            onClick={() => view.open({ name: 'evidence', id, bundle: bundle.bundle, item: null })}
          >
            {words.look}
          </button>
        </div>
      ))}
      {checking === undefined ? null : (
        <div className="sweep-line">
          <output>{words.checking(checking.because, checking.done, checking.of)}</output>
          <progress max={Math.max(1, checking.of)} value={checking.done} aria-label={words.hashing} />
        </div>
      )}
      {storage === null || storage.level === 'fine' ? null : (
        <p className={storage.level === 'full' ? 'check-mismatch' : 'line-due'}>
          △ {storage.says.join(' ')} {storage.level === 'full' ? words.full : ''}
        </p>
      )}
    </>
  )
}
