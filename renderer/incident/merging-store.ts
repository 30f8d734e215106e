import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ExportedFile, ImportedFile } from '../../shared/journal/merge.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client, Outcome } from '../bridge/client.ts'

/** What is being done with a file of an incident, and what came of the last one. */
export interface MergingState {
  /** Which incident is exported, or was: all of this is of that. Null where it is of an import, or of nothing. */
  readonly incident: string | null
  readonly running: 'export' | 'import' | null
  readonly exported: ExportedFile | null
  readonly imported: ImportedFile | null
  readonly refusal: Refusal | null
}

export interface MergingStore {
  readonly store: StoreApi<MergingState>
  /** Writes the incident where the person chooses, unless something is being done already. */
  export(incident: string, withEvidence: boolean): Promise<void>
  chooseFile(title: string): Promise<Outcome<{ path: string | null }>>
  /** Imports a file, unless something is being done already. */
  import(file: string): Promise<void>
  /**
   * What came of the last export of this incident, or of the last import (null), was seen. What comes of one that is going on
   * waits to be read.
   */
  forget(incident: string | null): void
}

const nothing: MergingState = { incident: null, running: null, exported: null, imported: null, refusal: null }

export function createMergingStore(client: Client): MergingStore {
  const store = createStore<MergingState>(() => nothing)
  return {
    store,
    async export(incident, withEvidence) {
      if (store.getState().running !== null) return
      store.setState({ ...nothing, incident, running: 'export' })
      const outcome = await client.call('merging.export', { incident, withEvidence })
      store.setState({ running: null, ...(outcome.ok ? { exported: outcome.value } : { refusal: outcome.refusal }) })
    },
    chooseFile: (title) => client.call('merging.chooseFile', { title }),
    async import(file) {
      if (store.getState().running !== null) return
      store.setState({ ...nothing, running: 'import' })
      const outcome = await client.call('merging.import', { file })
      store.setState({ running: null, ...(outcome.ok ? { imported: outcome.value } : { refusal: outcome.refusal }) })
    },
    forget(incident) {
      const known = store.getState()
      if (known.running === null && known.incident === incident) store.setState(nothing)
    },
  }
}
