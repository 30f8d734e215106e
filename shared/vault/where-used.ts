import { type EffectivePack, heldBy } from '../packs/overlay.ts'
import type { CredentialUse } from './credential.ts'

/**
 * Where a pack, as it is filled and bound here, names credentials: its targets that are bound with one, and its secret
 * parameters that the overlay gives one to. In the pack's order.
 */
export function credentialUsesOf({ pack, targets, credentials }: EffectivePack): CredentialUse[] {
  const use = (is: CredentialUse['is'], { id, title }: { id: string; title: string }, credential: string | null) =>
    credential === null ? [] : [{ credential, pack: pack.id, is, id, title }]
  return [
    ...pack.targets.flatMap((target) => use('target', target, heldBy(targets, target.id)?.credential ?? null)),
    ...pack.parameters.flatMap((parameter) => use('parameter', parameter, heldBy(credentials, parameter.id))),
  ]
}
