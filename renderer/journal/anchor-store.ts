import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MadeAnchor } from '../../shared/anchors/qr-picture.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

export interface AnchorState {
  /** Of which incident, null for all. */
  readonly incident: string | null
  readonly asking: boolean
  readonly made: MadeAnchor | null
  /** Where it was written. */
  readonly path: string | null
  readonly refusal: Refusal | null
}

export interface AnchorStore {
  readonly store: StoreApi<AnchorState>
  /** Asks for the heads of an incident, or of all (null), as they stand now. */
  make(incident: string | null): Promise<void>
  /** Writes them where the person chooses. */
  save(incident: string | null): Promise<void>
  /** What was made is of another moment by now. */
  forget(): void
}

const nothing: AnchorState = { incident: null, asking: false, made: null, path: null, refusal: null }

export function createAnchorStore(client: Client): AnchorStore {
  const store = createStore<AnchorState>(() => nothing)
  return {
    store,
    async make(incident) {
      if (store.getState().asking) return
      store.setState({ ...nothing, incident, asking: true })
      const outcome = await client.call('journal.anchor', { incident })
      store.setState({ asking: false, ...(outcome.ok ? { made: outcome.value } : { refusal: outcome.refusal }) })
    },
    async save(incident) {
      if (store.getState().asking) return
      store.setState({ asking: true, path: null, refusal: null })
      const outcome = await client.call('journal.saveAnchor', { incident })
      store.setState({ asking: false, ...(outcome.ok ? { path: outcome.value.path } : { refusal: outcome.refusal }) })
    },
    forget: () => store.setState(nothing),
  }
}
