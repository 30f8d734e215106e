import { useStore } from 'zustand'
import type { Finding } from '../../shared/findings/finding.ts'
import type { CouldNotRead } from '../../shared/findings/sweep.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Pack, Scenario } from '../../shared/packs/pack.ts'
import { useNow, useStores } from '../stores.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import { ago } from '../words/time.ts'
import { Containers } from './containers.tsx'
import { EngineRow } from './engine-row.tsx'
import { FindingCard } from './finding-card.tsx'
import { isRunning, type SweepRun } from './sweeps-store.ts'
import type { SweepControl } from './use-sweep.ts'

interface Props {
  readonly state: IncidentState
  readonly pack: Pack | null
  readonly control: SweepControl
  onSelect(scenario: Scenario, finding: Finding): void
}

/** What is wrong and what is changing: the engine, the sweep as it runs, and what it found. */
export function Findings({ state, pack, control, onSelect }: Props) {
  const { sweeps } = useStores()
  const nowMs = useNow()
  const run = useStore(sweeps.store, (runs) => runs[state.id])
  const isFresh = isRunning(run) && run?.findings != null
  const findings = isFresh ? (run?.findings ?? []) : (state.sweep?.findings ?? null)
  return (
    <section className="col findings" aria-label={findingWords.title} id="findings" tabIndex={-1}>
      <h2 className="col-title">
        {findingWords.title}
        <span className="r">
          {state.sweep === null ? findingWords.never : findingWords.swept(ago(state.sweep.at, nowMs))}{' '}
          <KeyCap keys="f" />
        </span>
      </h2>
      <EngineRow state={state} control={control} />
      {run === undefined ? null : <SweepProgress run={run} />}
      {run?.refusal == null ? null : (
        <RefusalNote refusal={run.refusal} onRetry={isRunning(run) ? undefined : control.start} />
      )}
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
      {isFresh || state.sweep === null ? null : <Blind spots={state.sweep.summary.couldNotRead} />}
      {run?.rows == null ? null : <Containers rows={run.rows} usage={run.usage} isRunning={isRunning(run)} />}
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
      <p className="sweep-line soft" role="status">
        <span aria-hidden="true">✓ </span>
        {findingWords.states.kept}: {findingWords.keptSummary(containers, tookMs, engine?.version ?? null)}
      </p>
    )
  }
  if (!isRunning(run)) return null
  const calls = run.of === 0 ? findingWords.first : findingWords.calls(run.done, run.of)
  const rows = run.rows === null ? [] : [findingWords.rows(run.rows.length)]
  return (
    <div className="sweep-line">
      <p role="status">
        <b>{findingWords.states[run.status]}</b>{' '}
        {run.status === 'running' ? `${run.engine}: ${[calls, ...rows].join(' · ')}` : run.engine}
        <span className="faint"> · {findingWords.seconds(Math.max(0, nowMs + 1000 - run.askedAtMs))}</span>
      </p>
      <progress max={Math.max(1, run.of)} value={run.done} aria-label={findingWords.states.running} />
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
