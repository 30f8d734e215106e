import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Result } from '../../shared/contract.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

/** The one item that is being read. */
export interface Reading {
  readonly incident: string
  readonly bundle: string
  readonly item: string
  readonly value: Result<'evidence.read'> | null
  readonly refusal: Refusal | null
}

export interface EvidenceStore {
  readonly store: StoreApi<{ readonly reading: Reading | null }>
  /** Reads an item after its bundle was hashed again. A later choice replaces an earlier one that is on its way. */
  read(incident: string, bundle: string, item: string): Promise<void>
}

export function createEvidenceStore(client: Client): EvidenceStore {
  const store: EvidenceStore['store'] = createStore(() => ({ reading: null }))
  return {
    store,
    async read(incident, bundle, item) {
      const asked: Reading = { incident, bundle, item, value: null, refusal: null }
      store.setState({ reading: asked })
      const outcome = await client.call('evidence.read', { incident, bundle, item })
      if (store.getState().reading !== asked) return
      store.setState({
        reading: outcome.ok ? { ...asked, value: outcome.value } : { ...asked, refusal: outcome.refusal },
      })
    },
  }
}
