import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Verification } from '../../shared/contract.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

export interface VerificationState {
  readonly asking: boolean
  readonly found: Verification | null
  readonly refusal: Refusal | null
}

export interface VerificationStore {
  readonly store: StoreApi<VerificationState>
  /** Verifies the whole journal, unless that is being done. */
  verify(): Promise<void>
}

export function createVerificationStore(client: Client): VerificationStore {
  const store = createStore<VerificationState>(() => ({ asking: false, found: null, refusal: null }))
  return {
    store,
    async verify() {
      if (store.getState().asking) return
      store.setState({ asking: true, found: null, refusal: null })
      const outcome = await client.call('journal.verify', {})
      store.setState({ asking: false, ...(outcome.ok ? { found: outcome.value } : { refusal: outcome.refusal }) })
    },
  }
}
