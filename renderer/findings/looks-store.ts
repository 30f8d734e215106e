import { createStore, type StoreApi } from 'zustand/vanilla'
import type { KeptLook, OtherWaiver } from '../../shared/findings/calls.ts'
import type { Client } from '../bridge/client.ts'
import { type Asked, askedOf, idle } from '../ui/asked.ts'

/** What a kept sweep tells beside its findings, as far as it was asked for. */
export interface Look {
  readonly asked: Asked
  readonly look: KeptLook | null
}

interface LooksState {
  /** By the bundle of the sweep. */
  readonly looks: Readonly<Record<string, Look>>
  /** Waivers of other incidents, by the incident that asked. */
  readonly elsewhere: Readonly<Record<string, readonly OtherWaiver[]>>
}

export interface LooksStore {
  readonly store: StoreApi<LooksState>
  /** Asks for the sweep's look, unless it is here or on its way. */
  read(incident: string, bundle: string): Promise<void>
  /** Asks what other incidents have waived; where that is refused nothing is known of them. */
  readElsewhere(incident: string): Promise<void>
}

const unasked: Look = { asked: idle, look: null }
/** Looks that are kept in the window: one is megabytes where there are a thousand containers. */
const remembered = 3

export function lookOf({ looks }: LooksState, bundle: string | null): Look {
  return (bundle === null ? undefined : looks[bundle]) ?? unasked
}

export function createLooksStore(client: Client): LooksStore {
  const store = createStore<LooksState>(() => ({ looks: {}, elsewhere: {} }))
  const put = (bundle: string, look: Look) =>
    store.setState(({ looks: { [bundle]: _before, ...others } }) => ({
      looks: { ...Object.fromEntries(Object.entries(others).slice(1 - remembered)), [bundle]: look },
    }))
  return {
    store,
    async read(incident, bundle) {
      const { asked } = lookOf(store.getState(), bundle)
      if (asked.state === 'asked' || asked.state === 'confirmed') return
      put(bundle, { asked: { state: 'asked' }, look: null })
      const outcome = await client.call('findings.hygiene', { incident, bundle })
      put(bundle, { asked: askedOf(outcome), look: outcome.ok ? outcome.value : null })
    },
    async readElsewhere(incident) {
      const outcome = await client.call('findings.waivedElsewhere', { incident })
      if (outcome.ok) store.setState(({ elsewhere }) => ({ elsewhere: { ...elsewhere, [incident]: outcome.value } }))
    },
  }
}
