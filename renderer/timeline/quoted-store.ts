import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Entry } from '../../shared/journal/header.ts'
import type { Client } from '../bridge/client.ts'

/** Entries that other entries speak of, wherever in the journal they stand. */
export interface QuotedStore {
  /** By hash; null where the incident holds none of that hash. */
  readonly store: StoreApi<Readonly<Record<string, Entry | null>>>
  /** Fetches an entry, once. */
  want(incident: string, hash: string): void
  /** Forgets all of them: a text may have been erased. */
  forget(): void
}

/** More than a screen ever speaks of. */
const MOST = 500

export function createQuotedStore(client: Client): QuotedStore {
  const store = createStore<Readonly<Record<string, Entry | null>>>(() => ({}))
  const asked = new Set<string>()
  let epoch = 0

  async function fetch(id: string, hash: string): Promise<void> {
    const mine = epoch
    const found = await client.call('incidents.locate', { id, at: { hash }, filter: null })
    // What was refused is asked again when somebody looks again.
    if (!found.ok) return void asked.delete(hash)
    const { position } = found.value
    const page =
      position === null ? null : await client.call('incidents.page', { id, from: position, to: position + 1 })
    if (page?.ok === false) return void asked.delete(hash)
    if (mine === epoch) store.setState({ [hash]: page?.value[0] ?? null })
  }

  return {
    store,
    want(incident, hash) {
      if (asked.has(hash)) return
      if (asked.size >= MOST) this.forget()
      asked.add(hash)
      void fetch(incident, hash)
    },
    forget() {
      epoch += 1
      asked.clear()
      store.setState({}, true)
    },
  }
}
