import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { Standings } from '../../shared/targets/standing.ts'
import type { Client } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'
import { saysTheSame } from '../ui/says-the-same.ts'

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
  /** Asks main again which engines there are, and says so meanwhile. */
  look(mode: EngineMode): Promise<void>
  /** Asks again without a word: what is known stands until something else is. */
  refresh(mode: EngineMode): Promise<void>
  choose(incident: string, endpoint: string): void
}

const unknown: EnginesState = { asked: idle, endpoints: [], problems: [], standings: {} }

export function createEnginesStore(client: Client): EnginesStore {
  const store: EnginesStore['store'] = createStore(() => ({ live: unknown, exercise: unknown, chosen: {} }))
  const asking = new Map<EngineMode, Promise<void>>()
  /** Whoever asks while it is being asked waits for the same answer. */
  function ask(mode: EngineMode): Promise<void> {
    const running = asking.get(mode) ?? askAnew(mode).finally(() => asking.delete(mode))
    asking.set(mode, running)
    return running
  }
  async function askAnew(mode: EngineMode): Promise<void> {
    const outcome = await client.call('docker.endpoints', { mode })
    const before = store.getState()[mode]
    const after = { ...before, asked: askedOf(outcome), ...(outcome.ok ? outcome.value : {}) }
    if (!saysTheSame(before, after)) store.setState({ [mode]: after })
  }
  async function look(mode: EngineMode): Promise<void> {
    store.setState((all) => ({ [mode]: { ...all[mode], asked: { state: 'asked' } } }))
    await ask(mode)
  }
  return {
    store,
    look,
    refresh: (mode) => (store.getState()[mode].asked.state === 'idle' ? look(mode) : ask(mode)),
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
