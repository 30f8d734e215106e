import { createStore, type StoreApi } from 'zustand/vanilla'

/** How this window looks. It is the person's taste and no fact, so it stays out of the journal. */
export interface Preferences {
  /** `contrast`: as light or dark as the system has it, in the strongest colours. */
  readonly theme: Theme
  /** In which zone times are shown and typed. */
  readonly zone: 'utc' | 'local'
}

export type Theme = 'system' | 'light' | 'dark' | 'contrast'

export const themes: readonly Theme[] = ['system', 'light', 'dark', 'contrast']

export type Zone = Preferences['zone']

export interface PreferencesStore {
  readonly store: StoreApi<Preferences>
  set(change: Partial<Preferences>): void
}

/** The part of the browser's storage that is used; null where the window has none. */
export type Keep = Pick<Storage, 'getItem' | 'setItem'> | null

const KEY = 'muster.preferences'
const defaults: Preferences = { theme: 'system', zone: 'utc' }

export function createPreferences(keep: Keep): PreferencesStore {
  const store = createStore<Preferences>(() => ({ ...defaults, ...read(keep?.getItem(KEY) ?? null) }))
  return {
    store,
    set(change) {
      store.setState(change)
      keep?.setItem(KEY, JSON.stringify(store.getState()))
    },
  }
}

function read(text: string | null): Partial<Preferences> {
  if (text === null) return {}
  const found = parse(text)
  if (typeof found !== 'object' || found === null) return {}
  const theme = themes.find((one) => one === Reflect.get(found, 'theme'))
  const zone: unknown = Reflect.get(found, 'zone')
  return {
    ...(theme === undefined ? {} : { theme }),
    ...(zone === 'utc' || zone === 'local' ? { zone } : {}),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // Whatever stands there is not ours; the defaults hold and the next change overwrites it.
    return null
  }
}

/** The window's storage, or null where the shell keeps none (a private profile, storage denied). */
export function findKeep(): Keep {
  try {
    return window.localStorage
  } catch {
    // Reading the property throws where storage is denied: https://html.spec.whatwg.org/#dom-localstorage
    return null
  }
}
