import type { Pack } from '../../shared/packs/pack.ts'
import { endpointOf } from '../../shared/targets/address.ts'
import type { PackBindings } from '../../shared/targets/calls.ts'

/** Ids of the places and targets of a pack that lead nowhere yet. */
export interface LeftToBind {
  readonly places: readonly string[]
  readonly targets: readonly string[]
}

/**
 * Docker and Kubernetes have a current engine and context; every other target needs an address that is whole, and the place
 * that the runbook reaches it from, where it names one.
 */
export function leftToBind(pack: Pack, { places, targets }: PackBindings): LeftToBind {
  return {
    places: pack.places.map(({ id }) => id).filter((id) => !Object.hasOwn(places, id)),
    targets: pack.targets
      .filter((target) => {
        const binding = Object.hasOwn(targets, target.id) ? (targets[target.id] ?? null) : null
        if (target.kind === 'docker' || target.kind === 'kubernetes') return false
        if (binding !== null && binding.route !== 'direct') return false
        // What the runbook reaches from a place is not reached from this desk.
        const isElsewhere = binding === null && target.place !== undefined && !Object.hasOwn(places, target.place)
        return isElsewhere || 'why' in endpointOf(target, binding)
      })
      .map(({ id }) => id),
  }
}
