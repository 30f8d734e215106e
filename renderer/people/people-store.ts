import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, Result } from '../../shared/contract.ts'
import type { Contact } from '../../shared/people/contact.ts'
import type { Reach } from '../../shared/people/reach.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

export interface PeopleState {
  readonly asked: Asked
  readonly contacts: readonly Contact[] | null
  /** Who stands behind the roles of an incident, by its id; as far as anybody asked. */
  readonly reach: Readonly<Record<string, Reach>>
}

export interface PeopleStore {
  readonly store: StoreApi<PeopleState>
  read(): Promise<void>
  /** Asks who stands behind the roles of an incident. Where that is refused, the roles stand alone. */
  readReach(incident: string): Promise<void>
  keep(contact: Argument<'people.keep'>): Promise<Outcome<Result<'people.keep'>>>
  forget(id: string): Promise<Outcome<null>>
  import(file: string, text: string): Promise<Outcome<Result<'people.import'>>>
  /** Writes the card for the bag where the person chooses. */
  saveCard(wanted: Argument<'people.saveCard'>): Promise<Outcome<Result<'people.saveCard'>>>
  /** Contacts leave the window's memory: the vault was locked. */
  drop(): void
  /** The vault changed: who stands behind roles has to be asked anew. */
  outdate(): void
}

export function createPeopleStore(client: Client): PeopleStore {
  const store = createStore<PeopleState>(() => ({ asked: idle, contacts: null, reach: {} }))
  /** Counts what was dropped: an answer from before tells numbers that nobody may see any more. */
  let drops = 0
  async function read(): Promise<void> {
    const before = drops
    store.setState({ asked: { state: 'asked' } })
    const outcome = await client.call('people.list', {})
    if (before !== drops) return
    store.setState({ asked: askedOf(outcome), contacts: outcome.ok ? outcome.value : null })
  }
  async function readReach(incident: string): Promise<void> {
    const before = drops
    const outcome = await client.call('people.reach', { incident })
    if (before !== drops || !outcome.ok) return
    store.setState(({ reach }) => ({ reach: { ...reach, [incident]: outcome.value } }))
  }
  async function andRead<T>(asked: Promise<Outcome<T>>): Promise<Outcome<T>> {
    const outcome = await asked
    if (!outcome.ok) return outcome
    await Promise.all([read(), ...Object.keys(store.getState().reach).map(readReach)])
    return outcome
  }
  return {
    store,
    read,
    readReach,
    keep: (contact) => andRead(client.call('people.keep', contact)),
    forget: (id) => andRead(client.call('people.forget', { id })),
    import: (file, text) => andRead(client.call('people.import', { file, text })),
    saveCard: (wanted) => client.call('people.saveCard', wanted),
    drop: () => {
      drops += 1
      store.setState({ asked: idle, contacts: null, reach: {} })
    },
    outdate: () => store.setState({ reach: {} }),
  }
}
