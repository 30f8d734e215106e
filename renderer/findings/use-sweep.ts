import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useStores } from '../stores.ts'
import { type EnginesState, engineFor } from './engines-store.ts'
import { isRunning } from './sweeps-store.ts'

/** What a person can do about the sweep of one incident. */
export interface SweepControl {
  readonly engines: EnginesState
  readonly engine: DockerEndpoint | null
  readonly isRunning: boolean
  start(): void
  cancel(): void
  lookAgain(): void
  choose(endpoint: string): void
}

/** The engines of the incident's own mode, which of them is swept, and its verbs. Looks for engines when it is first drawn. */
export function useSweep(state: IncidentState): SweepControl {
  const { engines, sweeps } = useStores()
  const mode = state.mode === 'exercise' ? 'exercise' : 'live'
  const known = useStore(engines.store, (all) => all[mode])
  const chosen = useStore(engines.store, (all) => all.chosen[state.id])
  const running = useStore(sweeps.store, (runs) => isRunning(runs[state.id]))
  useEffect(() => void engines.refresh(mode), [engines, mode])
  const engine = engineFor(known.endpoints, chosen, state.sweep?.summary.endpoint.id)
  return {
    engines: known,
    engine,
    isRunning: running,
    start() {
      if (engine === null) void engines.look(mode)
      else void sweeps.start(state.id, engine.id, engine.name)
    },
    cancel: () => void sweeps.cancel(state.id),
    lookAgain: () => void engines.look(mode),
    choose: (endpoint) => engines.choose(state.id, endpoint),
  }
}
