import { createStore, type StoreApi } from 'zustand/vanilla'

/** What somebody has typed and not sent, by field. It outlives closing a dialog, so that no word is lost. */
export interface DraftsStore {
  readonly store: StoreApi<Readonly<Record<string, string>>>
  set(field: string, text: string): void
  clear(field: string): void
  /** Forgets what was sent; words that were typed since stay. */
  clearSent(field: string, sent: string): void
}

export function createDraftsStore(): DraftsStore {
  const store = createStore<Readonly<Record<string, string>>>(() => ({}))
  return {
    store,
    set: (field, text) => store.setState({ [field]: text }),
    clear: (field) => store.setState({ [field]: '' }),
    clearSent: (field, sent) => store.setState((all) => (all[field] === sent ? { [field]: '' } : all)),
  }
}
