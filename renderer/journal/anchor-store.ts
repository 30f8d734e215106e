import { createStore, type StoreApi } from 'zustand/vanilla'
import type { MadeAnchor } from '../../shared/anchors/qr-picture.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

export interface AnchorState {
  /** Of which incident all of this is, null for all of them. */
  readonly incident: string | null
  readonly asking: 'make' | 'save' | null
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
  /**
   * Nobody looks at these heads any longer, and what was made is of another moment by now. What comes of a file that is
   * being written waits to be read.
   */
  forget(incident: string | null): void
}

const nothing: AnchorState = { incident: null, asking: null, made: null, path: null, refusal: null }

export function createAnchorStore(client: Client): AnchorStore {
  const store = createStore<AnchorState>(() => nothing)
  let asked = 0
  return {
    store,
    async make(incident) {
      if (store.getState().asking !== null) return
      asked += 1
      const mine = asked
      store.setState({ ...nothing, incident, asking: 'make' })
      const outcome = await client.call('journal.anchor', { incident })
      if (mine !== asked) return
      store.setState({ asking: null, ...(outcome.ok ? { made: outcome.value } : { refusal: outcome.refusal }) })
    },
    async save(incident) {
      const before = store.getState()
      if (before.asking !== null) return
      const made = before.incident === incident ? before.made : null
      store.setState({ ...nothing, incident, asking: 'save', made })
      const outcome = await client.call('journal.saveAnchor', { incident })
      store.setState({ asking: null, ...(outcome.ok ? { path: outcome.value.path } : { refusal: outcome.refusal }) })
    },
    forget(incident) {
      const known = store.getState()
      if (known.incident !== incident) return
      if (known.asking === 'save') return store.setState({ made: null })
      asked += 1
      store.setState(nothing)
    },
  }
}
