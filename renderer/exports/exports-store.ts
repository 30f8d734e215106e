import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Result } from '../../shared/contract.ts'
import type { ExportFormat } from '../../shared/postmortem/entries.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

export interface ExportsState {
  /** The document as it would be written now; null while it is asked for or was refused. */
  readonly html: string | null
  readonly previewRefusal: Refusal | null
  readonly writing: boolean
  readonly written: Result<'exports.write'> | null
  readonly refusal: Refusal | null
}

export interface ExportsStore {
  readonly store: StoreApi<ExportsState>
  /** Asks for the preview; what was written before is forgotten. */
  preview(incident: string): Promise<void>
  write(incident: string, format: ExportFormat): Promise<void>
}

const nothing: ExportsState = { html: null, previewRefusal: null, writing: false, written: null, refusal: null }

export function createExportsStore(client: Client): ExportsStore {
  const store = createStore<ExportsState>(() => nothing)
  let asked = 0
  return {
    store,
    async preview(incident) {
      asked += 1
      const mine = asked
      store.setState({ ...nothing, writing: store.getState().writing })
      const outcome = await client.call('exports.preview', { incident })
      if (mine !== asked) return
      store.setState(outcome.ok ? { html: outcome.value.html } : { previewRefusal: outcome.refusal })
    },
    async write(incident, format) {
      if (store.getState().writing) return
      store.setState({ writing: true, written: null, refusal: null })
      const outcome = await client.call('exports.write', { incident, format })
      store.setState({ writing: false, ...(outcome.ok ? { written: outcome.value } : { refusal: outcome.refusal }) })
    },
  }
}
