import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, Message, Result } from '../../shared/contract.ts'
import { step } from '../../shared/incident/fold.ts'
import type { responseCalls } from '../../shared/incident/response-calls.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { showsAll, type TimelineFilter } from '../../shared/incident/timeline-filter.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Yours } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { entryAt, missingPages, PAGE_SIZE } from '../timeline/entry-pages.ts'
import {
  emptyView,
  filterBy,
  follow,
  remember,
  shownPages,
  startOver,
  takePage,
  type TimelineView,
} from '../timeline/timeline-view.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

/** One incident that this window has opened: main's state, carried on by the same fold, and what is shown of its entries. */
export interface Room {
  readonly opened: Asked
  readonly state: IncidentState | null
  readonly pack: Pack | null
  /** Where the overlay of the organisation says otherwise than the runbook, or more. */
  readonly yours: readonly Yours[]
  /** The chain that this desk writes for it; null before it has written one. */
  readonly ownChain: string | null
  readonly timeline: TimelineView
}

export type Rooms = Readonly<Record<string, Room>>

/** More would only stand in line in front of what somebody scrolls to next. */
const ASKED_AT_ONCE = 2

const closed: Room = { opened: idle, state: null, pack: null, yours: [], ownChain: null, timeline: emptyView }

/** The verbs of `incidents` that change one, under the names they have in the contract. */
type Change =
  | 'confirm'
  | 'respond'
  | 'check'
  | 'setSeverity'
  | 'stateImpact'
  | 'assign'
  | 'note'
  | 'correct'
  | 'star'
  | 'giveTask'
  | 'decide'
  | 'giveUpdate'
  | keyof typeof responseCalls
  | 'resolve'
  | 'reopen'
  | 'settle'

export interface RoomsStore {
  readonly store: StoreApi<Rooms>
  declare(declaration: Argument<'incidents.declare'>): Promise<Outcome<Result<'incidents.declare'>>>
  /** Opens the incident, or does nothing if it is open. */
  open(id: string): Promise<void>
  change<Verb extends Change>(verb: Verb, argument: Argument<`incidents.${Verb}`>): Promise<Outcome<null>>
  /** New entries from the feed, or a state that replaces the room's. A gap, or another entry at a known place, makes the room open anew. */
  fed(message: Message<'incidents.entries'>): void
  /** Fetches what is missing of places `from` to `to` (exclusive) of the list that is shown. */
  need(id: string, from: number, to: number): void
  /** Asks again for what was needed last, after a page could not be read. */
  needAgain(id: string): void
  /** Shows what passes a filter; null, or a filter that hides nothing, shows all. */
  filter(id: string, filter: TimelineFilter | null): void
  /**
   * Brings an entry into view and selects it: the one of a hash (the filter is lifted if it may hide it), the first
   * logged at or after a time (ISO UTC), or the newest; `said` stands beside it. Answers its place in the list shown; null
   * where there is none. Of several asked for at once only the last is brought into view, however late the others come.
   */
  reveal(id: string, where: Where, said?: string): Promise<Outcome<number | null>>
  /** What the timeline can be filtered by. */
  facets(id: string): Promise<Outcome<Result<'incidents.facets'>>>
  /** Told that the wish of that serial was carried out: whoever comes back later finds the list as any other time. */
  revealed(id: string, serial: number): void
  /** Remembers a line of the quick entry. */
  typed(id: string, line: string): void
}

/** An entry to be shown: by its hash, by a time (ISO UTC), or the newest. */
export type Where = { readonly hash: string } | { readonly time: string } | 'newest'

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

  const opening = new Map<string, Promise<void>>()

  /** Whoever asks while it is being opened, for the first time or after a gap, waits for the same answer. */
  function openAnew(id: string): Promise<void> {
    const running = opening.get(id) ?? reopen(id)
    opening.set(id, running)
    return running
  }

  async function reopen(id: string): Promise<void> {
    patch(id, { opened: { state: 'asked' } })
    waiting.set(id, [])
    const outcome = await client.call('incidents.open', { id })
    const overtook = waiting.get(id) ?? []
    waiting.delete(id)
    // Before what was fed meanwhile is taken: a gap in that asks once more.
    opening.delete(id)
    if (!outcome.ok) return patch(id, { opened: askedOf(outcome) })
    const { state, pack, yours, entries, ownChain } = outcome.value
    patch(id, {
      opened: { state: 'confirmed' },
      state,
      pack,
      yours,
      ownChain,
      timeline: startOver(roomOf(store.getState(), id).timeline, state.entries, entries),
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
      if (state.entries >= room.state.entries) {
        // A line that was typed may be the one that was erased.
        const typed = state.erased > room.state.erased ? [] : room.timeline.typed
        patch(id, { state, timeline: startOver({ ...room.timeline, typed }, state.entries, entries) })
      }
      return
    }
    if (from > room.state.entries || !continues(room, from, entries)) {
      void openAnew(id)
      return
    }
    patch(id, advance(room, room.state, entries.slice(room.state.entries - from)))
  }

  /** Pages on their way, so that no scrolling asks twice; and those to ask for next, by incident. */
  const asking = new Set<string>()
  const wanted = new Map<string, readonly number[]>()
  const needed = new Map<string, { readonly from: number; readonly to: number }>()
  let serials = 0
  const show = (id: string, change: (view: TimelineView) => TimelineView) =>
    patch(id, { timeline: change(roomOf(store.getState(), id).timeline) })

  async function loadPage(id: string, page: number): Promise<void> {
    const { filter, epoch } = roomOf(store.getState(), id).timeline
    const key = keyOf(id, epoch, page)
    asking.add(key)
    wanted.set(
      id,
      (wanted.get(id) ?? []).filter((other) => other !== page),
    )
    const range = { id, from: page * PAGE_SIZE, to: (page + 1) * PAGE_SIZE }
    const outcome =
      filter === null
        ? await client.call('incidents.page', range)
        : await client.call('incidents.filtered', { ...range, filter })
    asking.delete(key)
    askNext(id)
    const { epoch: now } = roomOf(store.getState(), id).timeline
    if (now !== epoch) return
    show(id, (view) => {
      const { paging } = view
      if (!outcome.ok) return { ...view, paging: askedOf(outcome) }
      const answer = Array.isArray(outcome.value) ? { entries: outcome.value, total: null } : outcome.value
      return { ...takePage(view, { epoch, page }, answer), paging: paging.state === 'failed' ? idle : paging }
    })
  }

  /** What is in view now is asked for next: what somebody only scrolled past is not fetched at all. */
  function need(id: string, from: number, to: number): void {
    needed.set(id, { from, to })
    const { timeline } = roomOf(store.getState(), id)
    const isUnknown = timeline.filter !== null && timeline.filtered === null
    const missing = isUnknown ? [0] : missingPages(shownPages(timeline), from, to)
    wanted.set(
      id,
      missing.filter((page) => !asking.has(keyOf(id, timeline.epoch, page))),
    )
    askNext(id)
  }

  function askNext(id: string): void {
    for (const page of wanted.get(id) ?? []) {
      if (asking.size >= ASKED_AT_ONCE) return
      void loadPage(id, page)
    }
  }

  function filter(id: string, chosen: TimelineFilter | null): void {
    show(id, (view) => filterBy(view, chosen === null || showsAll(chosen) ? null : chosen))
    need(id, 0, 0)
  }

  async function reveal(id: string, where: Where, said = ''): Promise<Outcome<number | null>> {
    serials += 1
    const serial = serials
    const isLast = () => roomOf(store.getState(), id).timeline.wished === serial
    show(id, (view) => ({ ...view, wished: serial }))
    await open(id)
    const { opened, timeline } = roomOf(store.getState(), id)
    if (opened.state === 'failed') return { ok: false, refusal: opened.refusal }
    if (where !== 'newest' && 'hash' in where && timeline.filter !== null && isLast()) filter(id, null)
    const found = await locateShown(id, where)
    if (!found.ok || found.value === null || !isLast()) return found
    const position = found.value
    show(id, (view) => ({ ...view, wish: { position, serial, said, isDone: false } }))
    return found
  }

  /** Asks again where the list became another while the answer was on its way: its place would be another entry's. */
  async function locateShown(id: string, where: Where): Promise<Outcome<number | null>> {
    const epoch = () => roomOf(store.getState(), id).timeline.epoch
    const asked = epoch()
    const found = await locate(id, where)
    return found.ok && epoch() !== asked ? locateShown(id, where) : found
  }

  async function locate(id: string, where: Where): Promise<Outcome<number | null>> {
    const { timeline } = roomOf(store.getState(), id)
    if (where === 'newest') {
      const { total } = shownPages(timeline)
      return { ok: true, value: total === 0 ? null : total - 1 }
    }
    const found = await client.call('incidents.locate', { id, at: where, filter: timeline.filter })
    return found.ok ? { ok: true, value: found.value.position } : found
  }

  async function open(id: string): Promise<void> {
    if (roomOf(store.getState(), id).opened.state !== 'confirmed') await openAnew(id)
  }

  return {
    store,
    declare: (declaration) => client.call('incidents.declare', declaration),
    open,
    change: (verb, argument) =>
      // The compiler cannot join the verb and its argument again; the signature of `change` has.
      client.call(`incidents.${verb}`, argument as never) as Promise<Outcome<null>>,
    fed: take,
    need,
    needAgain(id) {
      const { from, to } = needed.get(id) ?? { from: 0, to: 0 }
      need(id, from, to)
    },
    filter,
    reveal,
    revealed: (id, serial) =>
      show(id, (view) => (view.wish?.serial === serial ? { ...view, wish: { ...view.wish, isDone: true } } : view)),
    facets: (id) => client.call('incidents.facets', { id }),
    typed: (id, line) => show(id, (view) => remember(view, line)),
  }
}

/** One list's page among all that may be on their way. */
function keyOf(id: string, epoch: number, page: number): string {
  return `${id} ${epoch} ${page}`
}

/** Whether the message's entries that the room already has are the ones that stand there. */
function continues(room: Room, from: number, entries: readonly Entry[]): boolean {
  return entries.every((entry, index) => {
    const known = entryAt(room.timeline.all, from + index)
    return known === null || known.hash === entry.hash
  })
}

function advance(room: Room, state: IncidentState, fresh: readonly Entry[]): Partial<Room> {
  const after = fresh.reduce(step, state)
  return { state: after, timeline: follow(room.timeline, fresh, after.stars) }
}
