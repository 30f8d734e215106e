import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Callee, Choice } from './callee.ts'

/** Whose call is under way, as it was when it began, and by which choice. */
export interface Held {
  readonly callee: Callee
  readonly choice: Choice | null
}

/** Calls that were begun (opened, or typed for) and whose result is not logged yet, by incident. They outlive their layer. */
export interface CallingStore {
  readonly store: StoreApi<Readonly<Record<string, Held | null>>>
  begin(incident: string, held: Held): void
  /** Its result was logged, or somebody else was chosen. */
  end(incident: string): void
}

export function createCallingStore(): CallingStore {
  const store = createStore<Readonly<Record<string, Held | null>>>(() => ({}))
  return {
    store,
    begin: (incident, held) => store.setState({ [incident]: held }),
    end: (incident) => store.setState({ [incident]: null }),
  }
}
