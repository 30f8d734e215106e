import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { Standings } from '../../shared/targets/standing.ts'
import type { Client } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

/** `live` engines are real, `exercise` ones simulated; neither is ever offered for the other. */
export type EngineMode = 'live' | 'exercise'

export interface EnginesState {
  readonly asked: Asked
  readonly endpoints: readonly DockerEndpoint[]
  /** What stood in the way of finding others. */
  readonly problems: readonly string[]
  /** How those are treated that somebody has spoken of, by their hosts. */
  readonly standings: Standings
}

export interface EnginesStore {
  readonly store: StoreApi<{
    readonly live: EnginesState
    readonly exercise: EnginesState
    /** The engine that a person chose for an incident, by the incident's id. */
    readonly chosen: Readonly<Record<string, string>>
  }>
  /** Asks main again which engines there are. */
  look(mode: EngineMode): Promise<void>
  choose(incident: string, endpoint: string): void
}

const unknown: EnginesState = { asked: idle, endpoints: [], problems: [], standings: {} }

export function createEnginesStore(client: Client): EnginesStore {
  const store: EnginesStore['store'] = createStore(() => ({ live: unknown, exercise: unknown, chosen: {} }))
  return {
    store,
    async look(mode) {
      const before = store.getState()[mode]
      if (before.asked.state === 'asked') return
      store.setState({ [mode]: { ...before, asked: { state: 'asked' } } })
      const outcome = await client.call('docker.endpoints', { mode })
      const found = outcome.ok ? outcome.value : {}
      store.setState({ [mode]: { ...before, asked: askedOf(outcome), ...found } })
    },
    choose: (incident, endpoint) => store.setState(({ chosen }) => ({ chosen: { ...chosen, [incident]: endpoint } })),
  }
}

/** The engine to sweep: the chosen one, else the one swept last, else the current one, else the first. */
export function engineFor(
  endpoints: readonly DockerEndpoint[],
  chosen: string | undefined,
  sweptLast: string | undefined,
): DockerEndpoint | null {
  const by = (id: string | undefined) => endpoints.find((endpoint) => endpoint.id === id)
  return by(chosen) ?? by(sweptLast) ?? endpoints.find(({ current }) => current) ?? endpoints[0] ?? null
}
