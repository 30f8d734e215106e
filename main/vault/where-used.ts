import { applyOverlay, withBindings } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { CredentialUse } from '../../shared/vault/credential.ts'
import { credentialUsesOf } from '../../shared/vault/where-used.ts'
import type { PackBindings } from '../../shared/targets/calls.ts'
import type { OverlayInForce } from '../packs/overlay-shelf.ts'

/** What may name credentials on this desk. */
export interface UseSources {
  readonly packs: () => readonly Pack[]
  readonly overlay: () => Promise<Pick<OverlayInForce, 'loaded'>>
  /** What this desk binds for itself. May refuse. */
  readonly bindings: (pack: string) => Promise<PackBindings>
}

/** Everything that names a credential here, in the order of the packs. Needs no vault. Refuses where the bindings cannot be read. */
export async function allUses({ packs, overlay, bindings }: UseSources): Promise<CredentialUse[]> {
  const { loaded } = await overlay()
  const uses = packs().map(async (pack) =>
    credentialUsesOf(withBindings(applyOverlay(pack, loaded?.overlay ?? null), await bindings(pack.id))),
  )
  return (await Promise.all(uses)).flat()
}

/** What names this credential. */
export async function whereUsed(name: string, sources: UseSources): Promise<CredentialUse[]> {
  return (await allUses(sources)).filter(({ credential }) => credential === name)
}
