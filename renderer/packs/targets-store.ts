import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Bind, PackBindings, TargetTest, Unbind } from '../../shared/targets/calls.ts'
import type { Client, Outcome } from '../bridge/client.ts'
import { type Asked, askedOf } from '../ui/asked.ts'

/** How the test of a target stands: asked, or how it came out, or why it could not be asked. */
export interface Tested {
  readonly asked: Asked
  readonly came: TargetTest | null
}

export interface PackTargets {
  readonly asked: Asked
  readonly machine: string
  readonly bindings: PackBindings | null
  /** By target. */
  readonly tests: Readonly<Record<string, Tested>>
}

/** What the places and targets of packs are bound to, by pack. */
export interface TargetsStore {
  readonly store: StoreApi<Readonly<Record<string, PackTargets>>>
  read(pack: string): Promise<void>
  bind(bind: Bind): Promise<Outcome<null>>
  unbind(unbind: Unbind): Promise<Outcome<null>>
  test(pack: string, target: string): Promise<void>
}

const unknown: PackTargets = { asked: { state: 'asked' }, machine: '', bindings: null, tests: {} }

export function createTargetsStore(client: Client): TargetsStore {
  const store: TargetsStore['store'] = createStore(() => ({}))
  const of = (pack: string) => store.getState()[pack] ?? unknown
  const set = (pack: string, change: Partial<PackTargets>) => store.setState({ [pack]: { ...of(pack), ...change } })
  const setTest = (pack: string, target: string, tested: Tested | null) => {
    const { [target]: _before, ...tests } = of(pack).tests
    set(pack, { tests: tested === null ? tests : { ...tests, [target]: tested } })
  }

  async function read(pack: string): Promise<void> {
    set(pack, { asked: { state: 'asked' } })
    const outcome = await client.call('targets.list', { pack })
    set(pack, { asked: askedOf(outcome), ...(outcome.ok ? outcome.value : {}) })
  }

  return {
    store,
    read,
    async bind(bind) {
      const outcome = await client.call('targets.bind', bind)
      // What was tested before says nothing of what is bound now.
      if (outcome.ok && bind.is === 'target') setTest(bind.pack, bind.id, null)
      if (outcome.ok) await read(bind.pack)
      return outcome
    },
    async unbind(unbind) {
      const outcome = await client.call('targets.unbind', unbind)
      if (outcome.ok && unbind.is === 'target') setTest(unbind.pack, unbind.id, null)
      if (outcome.ok) await read(unbind.pack)
      return outcome
    },
    async test(pack, target) {
      setTest(pack, target, { asked: { state: 'asked' }, came: null })
      const outcome = await client.call('targets.test', { pack, target })
      setTest(pack, target, { asked: askedOf(outcome), came: outcome.ok ? outcome.value : null })
    },
  }
}
