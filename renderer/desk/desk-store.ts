import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Desk } from '../../shared/contract.ts'
import type { BoardRow } from '../../shared/incident/board.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

/** What main says of this desk: who types here, its packs, whether the simulated system runs. */
export interface DeskState {
  readonly desk: Desk | null
  readonly opened: Asked
}

export interface DeskStore {
  readonly store: StoreApi<DeskState>
  /** The window's first question. The board comes with it. */
  open(): Promise<Outcome<{ desk: Desk; board: BoardRow[] }>>
  introduce(name: string): Promise<Outcome<null>>
  changed(desk: Desk): void
}

export function createDeskStore(client: Client): DeskStore {
  const store = createStore<DeskState>(() => ({ desk: null, opened: idle }))
  return {
    store,
    async open() {
      store.setState({ opened: { state: 'asked' } })
      const outcome = await client.call('desk.open', {})
      store.setState({ opened: askedOf(outcome), ...(outcome.ok ? { desk: outcome.value.desk } : {}) })
      return outcome
    },
    async introduce(name) {
      const outcome = await client.call('desk.introduce', { name })
      const { desk } = store.getState()
      if (outcome.ok && desk !== null) store.setState({ desk: { ...desk, operator: { contact: null, name } } })
      return outcome
    },
    changed: (desk) => store.setState({ desk }),
  }
}
