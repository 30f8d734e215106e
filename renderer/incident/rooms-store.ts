import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, Message, Result } from '../../shared/contract.ts'
import { step } from '../../shared/incident/fold.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { appendTo, type EntryWindow, emptyWindow, endOf, PAGE_SIZE, prependTo } from '../timeline/entry-window.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

/** One incident that this window has opened: main's state, carried on by the same fold, and a stretch of its entries. */
export interface Room {
  readonly opened: Asked
  readonly state: IncidentState | null
  readonly pack: Pack | null
  readonly window: EntryWindow
  /** Whether a page of entries is on its way, and what became of the last one. */
  readonly paging: Asked
}

export type Rooms = Readonly<Record<string, Room>>

const closed: Room = { opened: idle, state: null, pack: null, window: emptyWindow, paging: idle }

/** The verbs of `incidents` that change one, under the names they have in the contract. */
type Change =
  | 'confirm'
  | 'respond'
  | 'setSeverity'
  | 'stateImpact'
  | 'assign'
  | 'note'
  | 'correct'
  | 'resolve'
  | 'reopen'

export interface RoomsStore {
  readonly store: StoreApi<Rooms>
  declare(declaration: Argument<'incidents.declare'>): Promise<Outcome<Result<'incidents.declare'>>>
  /** Opens the incident, or does nothing if it is open. */
  open(id: string): Promise<void>
  change<Verb extends Change>(verb: Verb, argument: Argument<`incidents.${Verb}`>): Promise<Outcome<null>>
  /** New entries from the feed, or a state that replaces the room's. A gap, or another entry at a known place, makes the room open anew. */
  fed(message: Message<'incidents.entries'>): void
  loadOlder(id: string): Promise<void>
  loadNewer(id: string): Promise<void>
  /** Goes back to the newest entries after reading far above. */
  loadNewest(id: string): Promise<void>
}

/** The room of that id; a closed one where there is none. */
export function roomOf(rooms: Rooms, id: string): Room {
  return rooms[id] ?? closed
}

export function createRoomsStore(client: Client): RoomsStore {
  const store = createStore<Rooms>(() => ({}))
  const patch = (id: string, change: Partial<Room>) =>
    store.setState((rooms) => ({ [id]: { ...roomOf(rooms, id), ...change } }))

  /** What was fed while an answer was on its way: a feed may overtake the answer that it follows. */
  const waiting = new Map<string, Message<'incidents.entries'>[]>()

  async function reopen(id: string): Promise<void> {
    patch(id, { opened: { state: 'asked' } })
    waiting.set(id, [])
    const outcome = await client.call('incidents.open', { id })
    const overtook = waiting.get(id) ?? []
    waiting.delete(id)
    if (!outcome.ok) return patch(id, { opened: askedOf(outcome) })
    const { state, pack, entries } = outcome.value
    patch(id, {
      opened: { state: 'confirmed' },
      state,
      pack,
      window: { from: state.entries - entries.length, entries },
      paging: idle,
    })
    for (const message of overtook) take(message)
  }

  function take(message: Message<'incidents.entries'>): void {
    const { id, from, entries, state } = message
    const queue = waiting.get(id)
    if (queue !== undefined) {
      queue.push(message)
      return
    }
    const room = roomOf(store.getState(), id)
    if (room.state === null) return
    if (state !== null) {
      // One that an answer has overtaken says less than the room knows.
      if (state.entries >= room.state.entries) patch(id, { state, window: { from, entries } })
      return
    }
    if (from > room.state.entries || !continues(room, from, entries)) {
      void reopen(id)
      return
    }
    patch(id, advance(room, room.state, entries.slice(room.state.entries - from)))
  }

  async function loadPage(id: string, range: { from: number; to: number }, join: Join): Promise<void> {
    if (range.from >= range.to || roomOf(store.getState(), id).paging.state === 'asked') return
    patch(id, { paging: { state: 'asked' } })
    const outcome = await client.call('incidents.page', { id, ...range })
    const room = roomOf(store.getState(), id)
    patch(id, { paging: askedOf(outcome), ...(outcome.ok ? { window: join(room.window, outcome.value) } : {}) })
  }

  return {
    store,
    declare: (declaration) => client.call('incidents.declare', declaration),
    async open(id) {
      const { opened } = roomOf(store.getState(), id)
      if (opened.state === 'asked' || opened.state === 'confirmed') return
      await reopen(id)
    },
    change: (verb, argument) =>
      // The compiler cannot join the verb and its argument again; the signature of `change` has.
      client.call(`incidents.${verb}`, argument as never) as Promise<Outcome<null>>,
    fed: take,
    async loadOlder(id) {
      const { window } = roomOf(store.getState(), id)
      const range = { from: Math.max(0, window.from - PAGE_SIZE), to: window.from }
      await loadPage(id, range, (now, page) => (now.from === range.to ? prependTo(now, page) : now))
    },
    async loadNewer(id) {
      const { window, state } = roomOf(store.getState(), id)
      const range = { from: endOf(window), to: Math.min(endOf(window) + PAGE_SIZE, state?.entries ?? 0) }
      await loadPage(id, range, (now, page) => (endOf(now) === range.from ? appendTo(now, page) : now))
    },
    async loadNewest(id) {
      const { window, state } = roomOf(store.getState(), id)
      if (state === null || endOf(window) === state.entries) return
      const range = { from: Math.max(0, state.entries - PAGE_SIZE), to: state.entries }
      await loadPage(id, range, (_now, page) => ({ from: range.from, entries: page }))
    },
  }
}

type Join = (window: EntryWindow, page: readonly Entry[]) => EntryWindow

/** Whether the message's entries that the room already has are the ones that stand there. */
function continues(room: Room, from: number, entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => {
    const known = room.window.entries[from + index - room.window.from]
    return known === undefined || known.hash === entry.hash
  })
}

function advance(room: Room, state: IncidentState, fresh: readonly Entry[]): Partial<Room> {
  const atEnd = endOf(room.window) === state.entries
  return { state: fresh.reduce(step, state), ...(atEnd ? { window: appendTo(room.window, fresh) } : {}) }
}
