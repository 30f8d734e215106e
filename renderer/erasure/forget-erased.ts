import type { Message } from '../../shared/contract.ts'
import type { ViewStore } from '../desk/view-store.ts'
import type { EvidenceStore } from '../evidence/evidence-store.ts'
import type { ExportsStore } from '../exports/exports-store.ts'
import type { SearchStore } from '../search/search-store.ts'
import type { QuotedStore } from '../timeline/quoted-store.ts'
import type { DraftsStore } from '../ui/drafts-store.ts'

/** What of the window may still hold an erased text. */
interface Holders {
  readonly drafts: DraftsStore
  readonly evidence: EvidenceStore
  readonly exports: ExportsStore
  readonly quoted: QuotedStore
  readonly search: SearchStore
  readonly view: ViewStore
}

/**
 * Takes what was erased out of the window's memory: entries that are spoken of, drafts of corrections, the layer that
 * shows one, evidence that was read, the preview, what was found. To be told each message that brings a whole state anew.
 */
export function forgetErased(stores: Holders, { state }: Message<'incidents.entries'>): void {
  if (state === null) return
  const { drafts, evidence, exports, quoted, search, view } = stores
  quoted.forget()
  if (Object.keys(state.erasures).length === 0) return
  for (const target of Object.keys(state.erasures)) {
    if ((drafts.store.getState()[`correct ${target}`] ?? '') !== '') drafts.clear(`correct ${target}`)
  }
  const { reading } = evidence.store.getState()
  if (reading !== null && state.erasures[reading.bundle] !== undefined) evidence.store.setState({ reading: null })
  // Also where it is still asked for: that answer may hold the text yet.
  if (exports.store.getState().previewOf === state.id) void exports.preview(state.id)
  const { found } = search.store.getState()
  if (found?.hits.some(({ incident }) => incident === state.id) === true) {
    search.store.setState({ found: { ...found, hits: found.hits.filter(({ incident }) => incident !== state.id) } })
  }
  // Also where nothing is found yet: what is on its way may hold the text.
  search.again()
  const { layers } = view.store.getState()
  const left = layers.filter((layer) => layer.name !== 'correct' || state.erasures[layer.entry] === undefined)
  if (left.length < layers.length) view.store.setState({ layers: left })
}
