import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Message } from '../../shared/contract.ts'

export type Alarm = Message<'alarms.given'>

interface Alarms {
  /** The newest of an incident that is not looked at, and that nobody has looked at since. */
  readonly newest: Alarm | null
  /** The newest of the incident that was looked at then. */
  readonly here: Alarm | null
}

/** The newest alarms. They are only pointers: the entry and the clock itself tell the story. */
export interface AlarmsStore {
  readonly store: StoreApi<Alarms>
  given(alarm: Alarm): void
  /** The person looks at that incident now. */
  seen(id: string): void
}

/** `lookedAt`: the incident that the window shows. */
export function createAlarmsStore(lookedAt: () => string | null): AlarmsStore {
  const store = createStore<Alarms>(() => ({ newest: null, here: null }))
  return {
    store,
    given: (alarm) => store.setState(alarm.id === lookedAt() ? { here: alarm } : { newest: alarm }),
    seen(id) {
      if (store.getState().newest?.id === id) store.setState({ newest: null })
    },
  }
}
