import type { Handlers } from '../../main/contract/answerer.ts'
import { refuse } from '../../shared/refusal.ts'
import { consentWords, isConsented } from '../../shared/targets/binding.ts'
import type { PackBindings, TargetTest } from '../../shared/targets/calls.ts'

type TargetCall = Extract<keyof Handlers, `targets.${string}`>

/** Bindings in memory, of every pack; and what the next test of a target says. */
export class FakeTargets {
  readonly machine = 'ana-laptop'
  readonly bindings = new Map<string, PackBindings>()
  tested: TargetTest = {
    outcome: 'good',
    reached: 'shop.example:443',
    said: ['GET /health answered 200.'],
    untested: ['Whether it lets you in: no credential was sent.'],
    tookMs: 41,
  }

  readonly handlers: Pick<Handlers, TargetCall> = {
    'targets.list': async ({ pack }) => ({ machine: this.machine, bindings: this.#of(pack) }),
    'targets.bind': async (bind) => {
      if (bind.is === 'place' && !isConsented(bind.id, bind.binding, this.machine)) {
        throw refuse('not-allowed', {
          tried: `Bind '${bind.id}'`,
          happened: 'Nobody has said yes to this machine.',
          next: `Type: ${consentWords(bind.id, this.machine)}`,
        })
      }
      const { places, targets } = this.#of(bind.pack)
      this.bindings.set(
        bind.pack,
        bind.is === 'place'
          ? { places: { ...places, [bind.id]: bind.binding }, targets }
          : { places, targets: { ...targets, [bind.id]: bind.binding } },
      )
      return null
    },
    'targets.unbind': async ({ is, pack, id }) => {
      const { places, targets } = this.#of(pack)
      const without = <T>(record: Record<string, T>) =>
        Object.fromEntries(Object.entries(record).filter(([key]) => key !== id))
      this.bindings.set(
        pack,
        is === 'place' ? { places: without(places), targets } : { places, targets: without(targets) },
      )
      return null
    },
    'targets.test': async () => this.tested,
  }

  #of(pack: string): PackBindings {
    return this.bindings.get(pack) ?? { places: {}, targets: {} }
  }
}
