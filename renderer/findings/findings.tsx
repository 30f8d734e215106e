import { type RefObject, useEffect } from 'react'
import { useStore } from 'zustand'
import { goneSince } from '../../shared/findings/compare.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { waivedLast } from '../../shared/findings/waivers.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { EvidenceAlarm } from '../evidence/evidence-alarm.tsx'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import { ago, shortTime } from '../words/time.ts'
import { Containers } from './containers.tsx'
import { EngineRow, Problems } from './engine-row.tsx'
import { FindingList } from './finding-list.tsx'
import { SweepProgress } from './sweep-progress.tsx'
import { isRunning } from './sweeps-store.ts'
import { TallyLine } from './tally-line.tsx'
import type { SweepControl } from './use-sweep.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly control: SweepControl
  readonly chooser: RefObject<HTMLSelectElement | null>
  /** So many findings at most; the page of them has all. Absent: all of them. */
  readonly most?: number
  onSelect(scenario: Scenario, finding: Finding): void
}

/** What is wrong and what is changing: the engine, the sweep as it runs, and what it found. */
export function Findings({ state, pack, control, chooser, most = Number.POSITIVE_INFINITY, onSelect }: Props) {
  const { looks, sweeps, view } = useStores()
  const { id } = state
  const run = useStore(sweeps.store, (runs) => runs[id])
  const elsewhere = useStore(looks.store, (all) => all.elsewhere[id]) ?? nobody
  const bundle = state.sweep?.bundle ?? null
  useEffect(() => {
    if (bundle !== null) void looks.readElsewhere(id)
  }, [looks, id, bundle])
  const fresh = isRunning(run) ? (run?.findings ?? null) : null
  const isFresh = fresh !== null
  const findings = fresh ?? state.sweep?.findings ?? null
  const refusal = run?.refusal ?? null
  const rows = run?.rows ?? null
  const shown = useOfNow((nowMs) =>
    findings === null ? nobody : waivedLast(findings, state.waivers, nowMs).slice(0, most),
  )
  const swept = useOfNow((nowMs) => (state.sweep === null ? null : findingWords.swept(ago(state.sweep.at, nowMs))))
  const openPage = () => view.open({ name: 'findings', id })
  return (
    <section className="col findings" aria-label={findingWords.title} id="findings" tabIndex={-1}>
      <h2 className="col-title">
        {findingWords.title}
        <span className="r">
          {swept ?? findingWords.never} <KeyCap keys="f" />
        </span>
      </h2>
      <EvidenceAlarm state={state} />
      <EngineRow state={state} control={control} chooser={chooser} />
      {run === undefined ? null : <SweepProgress run={run} />}
      {refusal === null ? null : <RefusalNote refusal={refusal} onRetry={isRunning(run) ? undefined : control.start} />}
      {isFresh ? (
        <p className="not-kept">
          <b>△ {findingWords.notKept}</b> <span className="soft">{findingWords.notKeptHint}</span>
        </p>
      ) : null}
      {findings === null ? (
        <p className="card soft">{findingWords.neverHint}</p>
      ) : findings.length === 0 ? (
        <div className="card">
          <p>
            <span aria-hidden="true">✓ </span>
            {findingWords.clear}
          </p>
          <p className="faint">{findingWords.clearHint}</p>
        </div>
      ) : (
        <>
          <TallyLine state={state} findings={findings} />
          <FindingList
            findings={shown}
            state={state}
            pack={pack}
            isKept={!isFresh}
            elsewhere={elsewhere}
            onSelect={onSelect}
          />
          <button type="button" className="btn plain all-findings" onClick={openPage} aria-keyshortcuts="F">
            {findings.length > shown.length
              ? findingWords.allOf(findings.length, findings.length - shown.length)
              : findingWords.page}{' '}
            <KeyCap keys="f" />
          </button>
        </>
      )}
      {isFresh || state.sweep === null ? null : <Gone sweep={state.sweep} />}
      {rows === null ? null : <Containers rows={rows} usage={run?.usage ?? {}} isRunning={isRunning(run)} />}
      {control.engine === null ? null : <Problems problems={control.engines.problems} />}
    </section>
  )
}

const nobody: readonly never[] = []

/** What the sweep before found, and this one did not. */
function Gone({ sweep }: { readonly sweep: NonNullable<IncidentState['sweep']> }) {
  const zone = useZone()
  const before = sweep.earlier[sweep.summary.endpoint.id] ?? null
  const since = useOfNow((nowMs) => (before === null ? '' : shortTime(before.at, nowMs, zone)))
  const gone = goneSince(sweep.findings, before)
  if (before === null || gone.length === 0) return null
  return (
    <div className="card">
      <p>
        <span aria-hidden="true">✓ </span>
        {findingWords.gone(gone.length, since)}
      </p>
      <ul className="faint">
        {gone.slice(0, 5).map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      {gone.length > 5 ? <p className="faint">{findingWords.more(gone.length - 5)}</p> : null}
    </div>
  )
}
