import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../../shared/contract.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import type { ContainerRow, ContainerUsage, SweepProgress, SweepSummary } from '../../shared/findings/sweep.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

/**
 * The newest sweep of an incident, as it comes in. `asked`: main has not answered yet; `running`; `cancelling`: the
 * cancel is asked for; `kept`: its evidence and findings are in the journal; `failed`: see `refusal`.
 */
export interface SweepRun {
  readonly status: 'asked' | 'running' | 'cancelling' | 'kept' | 'failed'
  /** Null until main has named it. */
  readonly sweep: string | null
  readonly engine: string
  readonly askedAtMs: number
  readonly done: number
  readonly of: number
  readonly rows: readonly ContainerRow[] | null
  readonly usage: Readonly<Record<string, ContainerUsage>>
  readonly findings: readonly Finding[] | null
  readonly summary: SweepSummary | null
  readonly refusal: Refusal | null
}

export type SweepRuns = Readonly<Record<string, SweepRun>>

export interface SweepsStore {
  readonly store: StoreApi<SweepRuns>
  /** Starts a sweep of the engine, unless one runs for this incident. `engine` is what a person calls it. */
  start(incident: string, endpoint: string, engine: string): Promise<void>
  cancel(incident: string): Promise<void>
  progressed(message: Message<'sweeps.progress'>): void
  ended(message: Message<'sweeps.ended'>): void
}

export function isRunning(run: SweepRun | undefined): boolean {
  return run !== undefined && (run.status === 'asked' || run.status === 'running' || run.status === 'cancelling')
}

export function createSweepsStore(client: Client, now: () => number): SweepsStore {
  const store = createStore<SweepRuns>(() => ({}))
  const patch = (incident: string, change: (run: SweepRun) => SweepRun) =>
    store.setState((runs) => {
      const run = runs[incident]
      return run === undefined ? {} : { [incident]: change(run) }
    })
  /** The run that a message tells of; a message may come before the answer that names its sweep. */
  const isOf = (run: SweepRun, sweep: string) => run.sweep === sweep || (run.sweep === null && run.status === 'asked')

  return {
    store,
    async start(incident, endpoint, engine) {
      if (isRunning(store.getState()[incident])) return
      store.setState({ [incident]: asked(engine, now()) })
      const outcome = await client.call('sweeps.start', { incident, endpoint })
      patch(incident, (run) => {
        if (!outcome.ok) return { ...run, status: 'failed', refusal: outcome.refusal }
        const { sweep } = outcome.value
        return run.status === 'asked' ? { ...run, status: 'running', sweep } : { ...run, sweep }
      })
    },
    async cancel(incident) {
      const run = store.getState()[incident]
      if (run === undefined || run.sweep === null || run.status !== 'running') return
      const { sweep } = run
      patch(incident, (now) => ({ ...now, status: 'cancelling' }))
      const outcome = await client.call('sweeps.cancel', { sweep })
      if (outcome.ok) return
      patch(incident, (now) => ({ ...now, status: isRunning(now) ? 'running' : now.status, refusal: outcome.refusal }))
    },
    progressed({ incident, sweep, progress }) {
      patch(incident, (run) =>
        isOf(run, sweep)
          ? progressOf({ ...run, sweep, status: run.status === 'asked' ? 'running' : run.status }, progress)
          : run,
      )
    },
    ended({ incident, sweep, summary, refusal }) {
      patch(incident, (run) =>
        isOf(run, sweep) ? { ...run, sweep, status: refusal === null ? 'kept' : 'failed', summary, refusal } : run,
      )
    },
  }
}

function asked(engine: string, askedAtMs: number): SweepRun {
  return {
    status: 'asked',
    sweep: null,
    engine,
    askedAtMs,
    done: 0,
    of: 0,
    rows: null,
    usage: {},
    findings: null,
    summary: null,
    refusal: null,
  }
}

function progressOf(run: SweepRun, progress: SweepProgress): SweepRun {
  switch (progress.step) {
    case 'rows':
      return { ...run, rows: progress.rows }
    case 'read':
      return { ...run, done: progress.done, of: progress.of }
    case 'usage':
      return { ...run, usage: { ...run.usage, ...Object.fromEntries(progress.usage.map((one) => [one.id, one])) } }
    case 'findings':
      return { ...run, findings: progress.findings }
  }
}
