import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, Message, Result } from '../../shared/contract.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { saysTheSame } from '../ui/says-the-same.ts'

/** The one item that is being read. */
export interface Reading {
  readonly incident: string
  readonly bundle: string
  readonly item: string
  readonly value: Result<'evidence.read'> | null
  readonly refusal: Refusal | null
}

export interface EvidenceState {
  readonly reading: Reading | null
  /** How far the hashing of an incident's evidence is, by its id; none where none goes on. */
  readonly checking: Readonly<Record<string, Message<'evidence.progress'>>>
  /** What the store holds and the disk has left; null until somebody asked. */
  readonly storage: Result<'evidence.storage'> | null
}

export interface EvidenceStore {
  readonly store: StoreApi<EvidenceState>
  /** Reads an item after its bundle was hashed again. A later choice replaces an earlier one that is on its way. */
  read(incident: string, bundle: string, item: string): Promise<void>
  /** Hashes all evidence of an incident again. */
  check(incident: string): Promise<Outcome<Result<'evidence.check'>>>
  save(order: Argument<'evidence.save'>): Promise<Outcome<Result<'evidence.save'>>>
  progressed(message: Message<'evidence.progress'>): void
  /** Asks how much room there is; a refusal leaves what was known. */
  measure(): Promise<void>
}

export function createEvidenceStore(client: Client): EvidenceStore {
  const store: EvidenceStore['store'] = createStore<EvidenceState>(() => ({
    reading: null,
    checking: {},
    storage: null,
  }))
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
    check: (incident) => client.call('evidence.check', { incident }),
    save: (order) => client.call('evidence.save', order),
    progressed(message) {
      const { [message.incident]: _before, ...others } = store.getState().checking
      store.setState({ checking: message.done < message.of ? { ...others, [message.incident]: message } : others })
    },
    async measure() {
      const outcome = await client.call('evidence.storage', {})
      if (outcome.ok && !saysTheSame(store.getState().storage, outcome.value))
        store.setState({ storage: outcome.value })
    },
  }
}
