import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Found } from '../../shared/search/found.ts'
import type { Client } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

export interface SearchState {
  /** As typed. */
  readonly text: string
  /** The best first, instead of the newest. */
  readonly ranked: boolean
  /** Whether an answer to what is typed now is on its way, and what became of the last question. */
  readonly asked: Asked
  /** What was found last, and for which text: it stays while the next is looked for. */
  readonly found: Found | null
  readonly foundFor: string
}

export interface SearchStore {
  readonly store: StoreApi<SearchState>
  type(text: string): void
  rank(ranked: boolean): void
  /** Asks for more of the same. */
  more(): void
  /** Asks the same again: the index may hold more by now. */
  again(): void
}

/** As long as a quick hand needs for the next letter, in ms. */
const PAUSE_MS = 50
const PAGE = 30
const MOST = 500

/** `offsetMinutes`: how far typed times are ahead of UTC, in the zone that the window shows. */
export function createSearchStore(client: Client, offsetMinutes: () => number): SearchStore {
  const store = createStore<SearchState>(() => ({ text: '', ranked: false, asked: idle, found: null, foundFor: '' }))
  let limit = PAGE
  let serial = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function askSoon(): void {
    clearTimeout(timer)
    // An answer that is on its way now is to another question.
    serial += 1
    if (store.getState().text.trim() === '') {
      store.setState({ asked: idle, found: null, foundFor: '' })
      return
    }
    store.setState({ asked: { state: 'asked' } })
    timer = setTimeout(() => void ask(), PAUSE_MS)
  }

  async function ask(): Promise<void> {
    serial += 1
    const own = serial
    const { text, ranked } = store.getState()
    const argument = { text: text.slice(0, 2_000), typing: true, ranked, limit, offsetMinutes: offsetMinutes() }
    const outcome = await client.call('search.find', argument)
    if (own !== serial) return
    if (outcome.ok) store.setState({ asked: askedOf(outcome), found: outcome.value, foundFor: text })
    else store.setState({ asked: askedOf(outcome) })
  }

  return {
    store,
    type(text) {
      limit = PAGE
      store.setState({ text })
      askSoon()
    },
    rank(ranked) {
      limit = PAGE
      store.setState({ ranked })
      askSoon()
    },
    more() {
      limit = Math.min(MOST, limit * 2)
      void ask()
    },
    again() {
      if (store.getState().text.trim() !== '') void ask()
    },
  }
}
