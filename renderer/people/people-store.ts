import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, Result } from '../../shared/contract.ts'
import type { Contact } from '../../shared/people/contact.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

export interface PeopleState {
  readonly asked: Asked
  readonly contacts: readonly Contact[] | null
}

export interface PeopleStore {
  readonly store: StoreApi<PeopleState>
  read(): Promise<void>
  keep(contact: Argument<'people.keep'>): Promise<Outcome<Result<'people.keep'>>>
  forget(id: string): Promise<Outcome<null>>
  import(file: string, text: string): Promise<Outcome<Result<'people.import'>>>
  /** Contacts leave the window's memory: the vault was locked. */
  drop(): void
}

export function createPeopleStore(client: Client): PeopleStore {
  const store = createStore<PeopleState>(() => ({ asked: idle, contacts: null }))
  async function read(): Promise<void> {
    store.setState({ asked: { state: 'asked' } })
    const outcome = await client.call('people.list', {})
    store.setState({ asked: askedOf(outcome), contacts: outcome.ok ? outcome.value : null })
  }
  async function andRead<T>(asked: Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await asked
    if (outcome.ok) await read()
    return outcome
  }
  return {
    store,
    read,
    keep: (contact) => andRead(client.call('people.keep', contact)),
    forget: (id) => andRead(client.call('people.forget', { id })),
    import: (file, text) => andRead(client.call('people.import', { file, text })),
    drop: () => store.setState({ asked: idle, contacts: null }),
  }
}
