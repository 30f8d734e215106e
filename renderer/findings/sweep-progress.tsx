import { awaitedOf } from '../../shared/findings/awaited.ts'
import { useNow } from '../stores.ts'
import { findingWords } from '../words/findings.ts'
import { isRunning, type SweepRun } from './sweeps-store.ts'

/** So long everybody may take; after it, who is still waited for is told by name. */
const PATIENCE_MS = 2_000

/** How far the newest sweep is, and what it waits for; or that it was kept. */
export function SweepProgress({ run }: { readonly run: SweepRun }) {
  const nowMs = useNow()
  if (run.status === 'kept' && run.summary !== null) {
    const { containers, tookMs, engine } = run.summary
    return (
      <output className="sweep-line kept soft">
        <span aria-hidden="true">✓ </span>
        {findingWords.states.kept}: {findingWords.keptSummary(containers, tookMs, engine?.version ?? null)}
      </output>
    )
  }
  if (!isRunning(run)) return null
  const calls = run.of === 0 ? findingWords.first : findingWords.calls(run.done, run.of)
  const rows = run.rows === null ? [] : [findingWords.rows(run.rows.length)]
  // The window's second may be as old as one.
  const ms = Math.max(0, nowMs + 1000 - run.askedAtMs)
  return (
    <div className="sweep-line">
      <output>
        <b>{findingWords.states[run.status]}</b>{' '}
        {run.status === 'running' ? `${run.engine}: ${[calls, ...rows].join(' · ')}` : run.engine}
        <span className="faint"> · {findingWords.seconds(ms)}</span>
      </output>
      <progress max={Math.max(1, run.of)} value={run.done} aria-label={findingWords.states.running} />
      {ms > PATIENCE_MS ? <Awaited run={run} /> : null}
    </div>
  )
}

function Awaited({ run }: { readonly run: SweepRun }) {
  const { containers, usage } = awaitedOf(run.rows, run.usage)
  const said = [
    ...(run.rows === null ? [findingWords.awaitsList] : []),
    ...(containers.length === 0 ? [] : [findingWords.awaits(containers)]),
    ...(usage.length === 0 ? [] : [findingWords.awaitsUsage(usage)]),
    ...(run.rows !== null && containers.length === 0 && usage.length === 0 ? [findingWords.awaitsEngine] : []),
  ]
  return <p className="sweep-awaited">△ {said.join(' · ')}</p>
}
