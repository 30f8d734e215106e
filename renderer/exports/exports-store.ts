import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Result } from '../../shared/contract.ts'
import type { ExportFormat } from '../../shared/postmortem/entries.ts'
import type { Refusal } from '../../shared/refusal.ts'
import type { Client } from '../bridge/client.ts'

export interface ExportsState {
  /** Of which incident the preview is, asked for or there; null where nobody looks at one. */
  readonly previewOf: string | null
  /** The document as it would be written now; null while it is asked for or was refused. */
  readonly html: string | null
  readonly previewRefusal: Refusal | null
  /** Of which incident a file is being written, or came out as `written` or `refusal` say. */
  readonly fileOf: string | null
  readonly writing: boolean
  readonly written: Result<'exports.write'> | null
  readonly refusal: Refusal | null
}

export interface ExportsStore {
  readonly store: StoreApi<ExportsState>
  /** Asks for the preview of this incident, in place of the one that is shown or asked for. */
  preview(incident: string): Promise<void>
  /** Writes a file where the person chooses, unless one is being written, of whichever incident. */
  write(incident: string, format: ExportFormat): Promise<void>
  /** Nobody looks at this incident's export any longer. What comes of a file that is being written waits to be read. */
  forget(incident: string): void
}

const noPreview = { previewOf: null, html: null, previewRefusal: null }
const noFile = { fileOf: null, writing: false, written: null, refusal: null }

export function createExportsStore(client: Client): ExportsStore {
  const store = createStore<ExportsState>(() => ({ ...noPreview, ...noFile }))
  let asked = 0
  return {
    store,
    async preview(incident) {
      asked += 1
      const mine = asked
      store.setState({ ...noPreview, previewOf: incident })
      const outcome = await client.call('exports.preview', { incident })
      if (mine !== asked) return
      store.setState(outcome.ok ? { html: outcome.value.html } : { previewRefusal: outcome.refusal })
    },
    async write(incident, format) {
      if (store.getState().writing) return
      store.setState({ ...noFile, fileOf: incident, writing: true })
      const outcome = await client.call('exports.write', { incident, format })
      store.setState({ writing: false, ...(outcome.ok ? { written: outcome.value } : { refusal: outcome.refusal }) })
    },
    forget(incident) {
      const { previewOf, fileOf, writing } = store.getState()
      if (previewOf === incident) {
        asked += 1
        store.setState(noPreview)
      }
      if (fileOf === incident && !writing) store.setState(noFile)
    },
  }
}
