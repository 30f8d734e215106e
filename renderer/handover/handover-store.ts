import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Argument, Result } from '../../shared/contract.ts'
import type { CommandStanding } from '../../shared/handover/calls.ts'
import type { Unreachable } from '../../shared/handover/cannot-reach.ts'
import type { Client, Outcome } from '../bridge/client.ts'

type Verb = 'offer' | 'offerElsewhere' | 'withdraw' | 'accept' | 'release' | 'take' | 'saveBrief' | 'saveActivity'

/** How command stands, by incident, as main said it last; what a desk cannot reach, once it was asked. */
export interface HandoverState {
  readonly standings: Readonly<Record<string, CommandStanding>>
  readonly reach: Readonly<Record<string, readonly Unreachable[]>>
}

export interface HandoverStore {
  readonly store: StoreApi<HandoverState>
  /** Asks how command stands, once for each `seen`: what of the incident the question is about. */
  look(id: string, seen: unknown): void
  /** Asks what this desk cannot reach of an incident. */
  reach(id: string): Promise<void>
  /** Whether another desk has the incident, as far as this window has asked. */
  looksOn(id: string): boolean
  brief(wanted: Argument<'handover.brief'>): Promise<Outcome<{ html: string }>>
  activity(wanted: Argument<'handover.activity'>): Promise<Outcome<{ html: string }>>
  /** Does it, then asks how command stands. */
  change<Name extends Verb>(
    verb: Name,
    argument: Argument<`handover.${Name}`>,
  ): Promise<Outcome<Result<`handover.${Name}`>>>
}

export function createHandoverStore(client: Client): HandoverStore {
  const store = createStore<HandoverState>(() => ({ standings: {}, reach: {} }))
  /** How often each incident was asked about. */
  const asked = new Map<string, number>()

  const seenOf = new Map<string, unknown>()

  async function ask(id: string): Promise<Outcome<CommandStanding>> {
    const mine = (asked.get(id) ?? 0) + 1
    asked.set(id, mine)
    const outcome = await client.call('handover.standing', { id })
    // An older answer says less than the one that came after it.
    if (outcome.ok && (mine === asked.get(id) || store.getState().standings[id] === undefined)) {
      store.setState(({ standings }) => ({ standings: { ...standings, [id]: outcome.value } }))
    }
    return outcome
  }

  /** What was refused is asked again next time. */
  async function askAgain(id: string): Promise<void> {
    const { ok } = await ask(id)
    if (!ok) seenOf.delete(id)
  }

  return {
    store,
    look(id, seen) {
      if (seenOf.get(id) === seen) return
      seenOf.set(id, seen)
      void askAgain(id)
    },
    async reach(id) {
      const outcome = await client.call('handover.reach', { id })
      if (outcome.ok) store.setState(({ reach }) => ({ reach: { ...reach, [id]: outcome.value } }))
    },
    looksOn: (id) => store.getState().standings[id]?.looksOn ?? false,
    brief: (wanted) => client.call('handover.brief', wanted),
    activity: (wanted) => client.call('handover.activity', wanted),
    async change(verb, argument) {
      // The compiler cannot join the verb and its argument again; the signature of `change` has.
      const outcome = await client.call(`handover.${verb}`, argument as never)
      await ask((argument as { id: string }).id)
      return outcome
    },
  }
}
