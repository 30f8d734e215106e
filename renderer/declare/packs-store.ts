import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Client } from '../bridge/client.ts'
import { type Asked, askedOf } from '../ui/asked.ts'

/** The packs that were read whole, by id. */
export interface PacksStore {
  readonly store: StoreApi<Readonly<Record<string, { readonly asked: Asked; readonly pack: Pack | null }>>>
  /** Reads the pack, unless it is there or on its way. */
  read(id: string): Promise<void>
  /** Reads it anew: another version of it was imported. What is there stays until the new one is. */
  readAgain(id: string): Promise<void>
  /** It is no longer among the packs of the desk. */
  drop(id: string): void
}

export function createPacksStore(client: Client): PacksStore {
  const store: PacksStore['store'] = createStore(() => ({}))
  async function ask(id: string): Promise<void> {
    store.setState({ [id]: { asked: { state: 'asked' }, pack: store.getState()[id]?.pack ?? null } })
    const outcome = await client.call('packs.read', { id })
    store.setState({ [id]: { asked: askedOf(outcome), pack: outcome.ok ? outcome.value : null } })
  }
  return {
    store,
    async read(id) {
      const known = store.getState()[id]
      if (known?.asked.state === 'asked' || known?.asked.state === 'confirmed') return
      await ask(id)
    },
    readAgain: ask,
    drop: (id) => store.setState(({ [id]: _gone, ...rest }) => rest, true),
  }
}
