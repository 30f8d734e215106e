import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../../shared/contract.ts'

export type Alarm = Message<'alarms.given'>

/** The newest alarm that nobody has looked at. It is only a pointer: the entry and the clock itself tell the story. */
export interface AlarmsStore {
  readonly store: StoreApi<{ readonly newest: Alarm | null }>
  given(alarm: Alarm): void
  /** The person looks at that incident now. */
  seen(id: string): void
}

export function createAlarmsStore(): AlarmsStore {
  const store = createStore<{ readonly newest: Alarm | null }>(() => ({ newest: null }))
  return {
    store,
    given: (alarm) => store.setState({ newest: alarm }),
    seen(id) {
      if (store.getState().newest?.id === id) store.setState({ newest: null })
    },
  }
}
