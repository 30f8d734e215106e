import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client, Outcome } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

/** Starting and stopping the simulated system takes a while: what was asked for, and how far it is. */
export interface PracticeState {
  readonly asked: Asked
  readonly what: 'start' | 'stop'
}

export interface PracticeStore {
  readonly store: StoreApi<PracticeState>
  /** Starts the simulated system and declares an exercise on it. Answers the exercise's id, or null if refused. */
  start(): Promise<string | null>
  stop(): Promise<void>
  restart(id: string, service: string): Promise<Outcome<null>>
}

export function createPracticeStore(client: Client): PracticeStore {
  const store = createStore<PracticeState>(() => ({ asked: idle, what: 'start' }))
  const isBusy = () => store.getState().asked.state === 'asked'
  return {
    store,
    async start() {
      if (isBusy()) return null
      store.setState({ asked: { state: 'asked' }, what: 'start' })
      const outcome = await client.call('practice.start', {})
      store.setState({ asked: askedOf(outcome) })
      return outcome.ok ? outcome.value.id : null
    },
    async stop() {
      if (isBusy()) return
      store.setState({ asked: { state: 'asked' }, what: 'stop' })
      store.setState({ asked: askedOf(await client.call('practice.stop', {})) })
    },
    restart: (id, service) => client.call('practice.restart', { id, service }),
  }
}
