import { type EffectivePack, heldBy } from '../../shared/packs/overlay.ts'

/** Somebody whom the overlay names for a role, and how they are reached: numbers in the vault are not told here. */
export interface Behind {
  readonly role: string
  readonly name: string
  readonly reach: string
}

/** Who stands behind the roles of these titles, in the pack's order. */
export function standingBehind(effective: EffectivePack | null, titles: readonly string[]): Behind[] {
  if (effective === null) return []
  return effective.pack.roles
    .filter(({ title }) => titles.includes(title))
    .flatMap(({ id, title }) =>
      (heldBy(effective.people, id) ?? []).map(({ name, contact, addresses }) => ({
        role: title,
        name,
        reach:
          [
            ...addresses.map(({ means, value }) => `${means} ${value}`),
            ...(contact === undefined ? [] : ['numbers in the vault']),
          ].join(', ') || 'no way to reach them is known',
      })),
    )
}
