import type { Finding } from '../../shared/findings/finding.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useNow } from '../stores.ts'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { findingWords } from '../words/findings.ts'
import { ago } from '../words/time.ts'
import { SweepButton } from './sweep-button.tsx'
import { SweepProgress } from './sweep-progress.tsx'
import { isRunning, type SweepRun } from './sweeps-store.ts'
import { TallyLine } from './tally-line.tsx'
import type { SweepControl } from './use-sweep.ts'

interface Props {
  readonly state: IncidentState
  readonly findings: readonly Finding[] | null
  readonly control: SweepControl
  readonly run: SweepRun | undefined
}

/** Which engine, how old, how many, and how they stand to the sweep before; the sweep as it runs. */
export function PageHead({ state, findings, control, run }: Props) {
  const nowMs = useNow()
  const { sweep } = state
  const refusal = run?.refusal ?? null
  return (
    <div className="page-head">
      <div className="row wrap">
        {findings === null ? (
          <p className="soft">{findingWords.never}</p>
        ) : (
          <TallyLine state={state} findings={findings} />
        )}
        <span className="end faint">
          {sweep === null ? null : findingWords.source(sweep.summary.endpoint.name, ago(sweep.at, nowMs))}
        </span>
        <SweepButton state={state} control={control} />
      </div>
      {isRunning(run) && run !== undefined ? <SweepProgress run={run} /> : null}
      {refusal === null ? null : <RefusalNote refusal={refusal} onRetry={isRunning(run) ? undefined : control.start} />}
    </div>
  )
}
