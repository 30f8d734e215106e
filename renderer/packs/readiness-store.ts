import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Readiness } from '../../shared/packs/readiness.ts'
import type { Client } from '../bridge/client.ts'
import { type Asked, askedOf } from '../ui/asked.ts'

export interface PackReadiness {
  readonly asked: Asked
  readonly readiness: Readiness | null
}

/** What is missing of each pack before an incident, by pack; what was known stays while it is asked again. */
export interface ReadinessStore {
  readonly store: StoreApi<Readonly<Record<string, PackReadiness>>>
  read(pack: string): Promise<void>
}

export function createReadinessStore(client: Client): ReadinessStore {
  const store: ReadinessStore['store'] = createStore(() => ({}))
  return {
    store,
    async read(pack) {
      const before = store.getState()[pack]?.readiness ?? null
      store.setState({ [pack]: { asked: { state: 'asked' }, readiness: before } })
      const outcome = await client.call('packs.readiness', { id: pack })
      store.setState({ [pack]: { asked: askedOf(outcome), readiness: outcome.ok ? outcome.value : before } })
    },
  }
}
