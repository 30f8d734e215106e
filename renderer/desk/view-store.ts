import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Role } from '../../shared/people/entries.ts'
import type { PackPage } from '../packs/pack-pages.ts'

/** What fills the window. */
export type View =
  | { readonly name: 'board' }
  | { readonly name: 'declare' }
  /** `onWall`: in large type, for a whole room to read. */
  | { readonly name: 'incident'; readonly id: string; readonly onWall?: boolean }
  | { readonly name: 'packs'; readonly page: PackPage }

/** The parts of the page of all findings. */
export type FindingsTab = 'findings' | 'owners' | 'containers' | 'hygiene' | 'blind' | 'changed' | 'gone'

/** A layer over the view. The top one has the keyboard; Esc closes it. */
export type Layer =
  | { readonly name: 'palette' }
  | { readonly name: 'search' }
  | { readonly name: 'keys' }
  | { readonly name: 'operator' }
  | { readonly name: 'verify' }
  | { readonly name: 'vault' }
  | { readonly name: 'secrets' }
  | { readonly name: 'people' }
  | { readonly name: 'settings' }
  | { readonly name: 'storage' }
  | { readonly name: 'merging'; readonly id: string | null }
  | { readonly name: 'severity'; readonly id: string; readonly guided?: boolean }
  | { readonly name: 'severity-why'; readonly id: string }
  | { readonly name: 'classify'; readonly id: string }
  | { readonly name: 'relate'; readonly id: string }
  | { readonly name: 'links'; readonly id: string }
  | { readonly name: 'resolve'; readonly id: string }
  | { readonly name: 'reopen'; readonly id: string }
  | { readonly name: 'call'; readonly id: string }
  | { readonly name: 'teams'; readonly id: string }
  | { readonly name: 'card' }
  | { readonly name: 'task'; readonly id: string; readonly entry: string | null }
  | { readonly name: 'decide'; readonly id: string }
  | { readonly name: 'update'; readonly id: string }
  | { readonly name: 'handover'; readonly id: string }
  | { readonly name: 'brief'; readonly id: string }
  | { readonly name: 'observing' }
  | { readonly name: 'activity'; readonly id: string }
  | { readonly name: 'role'; readonly id: string; readonly role: Role }
  | { readonly name: 'correct'; readonly id: string; readonly entry: string; readonly text: string }
  | { readonly name: 'stored'; readonly id: string; readonly entry: string }
  | { readonly name: 'erase'; readonly id: string; readonly entry: string | null; readonly bundle: string | null }
  | { readonly name: 'evidence'; readonly id: string; readonly bundle: string | null; readonly item: string | null }
  | { readonly name: 'findings'; readonly id: string }
  | { readonly name: 'waive'; readonly id: string; readonly key: string; readonly title: string }
  | { readonly name: 'clock'; readonly id: string; readonly clock: string; readonly startedAt: string }
  | { readonly name: 'phase'; readonly id: string }
  | { readonly name: 'export'; readonly id: string }
  | { readonly name: 'timeline-filter'; readonly id: string }
  | { readonly name: 'jump'; readonly id: string; readonly typed: string }
  | { readonly name: 'restart'; readonly id: string }

/** A layer that is open. Its serial tells it from another of its name that was opened before or is later. */
export type OpenLayer = Layer & { readonly serial: number }

export interface ViewState {
  readonly view: View
  readonly layers: readonly OpenLayer[]
}

export interface ViewStore {
  readonly store: StoreApi<ViewState>
  show(view: View): void
  open(layer: Layer): void
  /** Closes the top layer. Answers whether there was one. */
  closeTop(): boolean
  /** Closes the layers of that name, wherever they are. */
  close(name: Layer['name']): void
  /** Closes this layer and no other, wherever it is; nothing where it is closed already. */
  closeOnly(serial: number): void
  /** Remembers where the person is. Answers whether they are still there, under the same layers. */
  mark(): () => boolean
}

/** Only what a person looks at; everything they look at comes from main. `start` is where the window was before. */
export function createViewStore(start: View = { name: 'board' }): ViewStore {
  const store = createStore<ViewState>(() => ({ view: start, layers: [] }))
  let serial = 0
  return {
    store,
    show: (view) => store.setState({ view, layers: [] }),
    open(layer) {
      const { layers } = store.getState()
      if (layers.at(-1)?.name === layer.name) return
      serial += 1
      store.setState({ layers: [...layers, { ...layer, serial }] })
    },
    close: (name) => store.setState(({ layers }) => ({ layers: layers.filter((layer) => layer.name !== name) })),
    closeOnly: (which) =>
      store.setState(({ layers }) => ({ layers: layers.filter((layer) => layer.serial !== which) })),
    mark() {
      const then = store.getState()
      return () => {
        const now = store.getState()
        const isSame = now.layers.every(({ serial: one }, place) => one === then.layers[place]?.serial)
        return now.view === then.view && now.layers.length === then.layers.length && isSame
      }
    },
    closeTop() {
      const { layers } = store.getState()
      if (layers.length === 0) return false
      store.setState({ layers: layers.slice(0, -1) })
      return true
    },
  }
}
