import type { RefObject } from 'react'
import { useStore } from 'zustand'
import { goneSince } from '../../shared/findings/compare.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { CouldNotRead } from '../../shared/findings/sweep.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { EvidenceAlarm } from '../evidence/evidence-alarm.tsx'
import { useNow, useStores, useZone } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import { ago, shortTime } from '../words/time.ts'
import { Containers } from './containers.tsx'
import { EngineRow, Problems } from './engine-row.tsx'
import { FindingCard } from './finding-card.tsx'
import { isRunning, type SweepRun } from './sweeps-store.ts'
import type { SweepControl } from './use-sweep.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly control: SweepControl
  readonly chooser: RefObject<HTMLSelectElement | null>
  onSelect(scenario: Scenario, finding: Finding): void
}

/** What is wrong and what is changing: the engine, the sweep as it runs, and what it found. */
export function Findings({ state, pack, control, chooser, onSelect }: Props) {
  const { sweeps } = useStores()
  const nowMs = useNow()
  const run = useStore(sweeps.store, (runs) => runs[state.id])
  const fresh = isRunning(run) ? (run?.findings ?? null) : null
  const isFresh = fresh !== null
  const findings = fresh ?? state.sweep?.findings ?? null
  const refusal = run?.refusal ?? null
  const rows = run?.rows ?? null
  return (
    <section className="col findings" aria-label={findingWords.title} id="findings" tabIndex={-1}>
      <h2 className="col-title">
        {findingWords.title}
        <span className="r">
          {state.sweep === null ? findingWords.never : findingWords.swept(ago(state.sweep.at, nowMs))}{' '}
          <KeyCap keys="f" />
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
      ) : (
        <Cards findings={findings} state={state} pack={pack} isKept={!isFresh} onSelect={onSelect} />
      )}
      {isFresh || state.sweep === null ? null : <Gone sweep={state.sweep} />}
      {isFresh || state.sweep === null ? null : <Blind spots={state.sweep.summary.couldNotRead} />}
      {rows === null ? null : <Containers rows={rows} usage={run?.usage ?? {}} isRunning={isRunning(run)} />}
      {control.engine === null ? null : <Problems problems={control.engines.problems} />}
    </section>
  )
}

interface CardsProps {
  readonly findings: readonly Finding[]
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly isKept: boolean
  onSelect(scenario: Scenario, finding: Finding): void
}

function Cards({ findings, state, pack, isKept, onSelect }: CardsProps) {
  if (findings.length === 0) {
    return (
      <div className="card">
        <p>
          <span aria-hidden="true">✓ </span>
          {findingWords.clear}
        </p>
        <p className="faint">{findingWords.clearHint}</p>
      </div>
    )
  }
  return (
    <ol className="finding-list">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.object.id}`}>
          <FindingCard finding={finding} state={state} pack={pack} isKept={isKept} onSelect={onSelect} />
        </li>
      ))}
    </ol>
  )
}

function SweepProgress({ run }: { readonly run: SweepRun }) {
  const nowMs = useNow()
  if (run.status === 'kept' && run.summary !== null) {
    const { containers, tookMs, engine } = run.summary
    return (
      <output className="sweep-line soft">
        <span aria-hidden="true">✓ </span>
        {findingWords.states.kept}: {findingWords.keptSummary(containers, tookMs, engine?.version ?? null)}
      </output>
    )
  }
  if (!isRunning(run)) return null
  const calls = run.of === 0 ? findingWords.first : findingWords.calls(run.done, run.of)
  const rows = run.rows === null ? [] : [findingWords.rows(run.rows.length)]
  return (
    <div className="sweep-line">
      <output>
        <b>{findingWords.states[run.status]}</b>{' '}
        {run.status === 'running' ? `${run.engine}: ${[calls, ...rows].join(' · ')}` : run.engine}
        <span className="faint"> · {findingWords.seconds(Math.max(0, nowMs + 1000 - run.askedAtMs))}</span>
      </output>
      <progress max={Math.max(1, run.of)} value={run.done} aria-label={findingWords.states.running} />
    </div>
  )
}

/** What the sweep before found, and this one did not. */
function Gone({ sweep }: { readonly sweep: NonNullable<IncidentState['sweep']> }) {
  const nowMs = useNow()
  const zone = useZone()
  const before = sweep.earlier[sweep.summary.endpoint.id] ?? null
  const gone = goneSince(sweep.findings, before)
  if (before === null || gone.length === 0) return null
  return (
    <div className="card">
      <p>
        <span aria-hidden="true">✓ </span>
        {findingWords.gone(gone.length, shortTime(before.at, nowMs, zone))}
      </p>
      <ul className="faint">
        {gone.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
    </div>
  )
}

function Blind({ spots }: { readonly spots: readonly CouldNotRead[] }) {
  if (spots.length === 0) return null
  return (
    <details className="card">
      <summary className="line-due">△ {findingWords.blind(spots.length)}</summary>
      <ul>
        {spots.map((spot) => (
          <li key={spot.what}>
            <b>{spot.what}</b> <span className="soft">{spot.why}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
