import { doneOf, dueOf } from '../../shared/packs/due.ts'
import { applyOverlay, withBindings } from '../../shared/packs/overlay.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { type Readiness, readinessOf } from '../../shared/packs/readiness.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { isConsented } from '../../shared/targets/binding.ts'
import type { Services } from '../services.ts'

/** How ready this desk is for an incident with a pack: its overlay, bindings, vault and past exercises together. */
export async function readinessIn(
  { desk, overlays, targets, vault }: Pick<Services, 'desk' | 'overlays' | 'targets' | 'vault'>,
  pack: Pack,
): Promise<Readiness> {
  const [inForce, bindings, incidents, contacts, credentials] = await Promise.all([
    overlays.inForce(),
    targets.list(pack.id),
    desk.ask('rehearsed'),
    unlessLocked(() => vault.contacts.list()),
    unlessLocked(() => vault.vault.list()),
  ])
  const effective = withBindings(applyOverlay(pack, inForce.loaded?.overlay ?? null), bindings)
  const due = dueOf(pack, doneOf(pack, incidents), Date.now())
  const { file, loaded, refusal } = inForce
  return {
    pack: { id: pack.id, title: pack.title },
    overlay:
      file === null
        ? null
        : { file, title: loaded?.overlay.title ?? null, problem: refusal === null ? null : refusal.happened },
    findings: readinessOf(effective, {
      reachable: contacts?.flatMap(({ id, means }) => (means.length > 0 ? [id] : [])) ?? null,
      credentials: credentials?.map(({ name }) => name) ?? null,
      due,
      isConsented: (place, binding) => isConsented(place, binding, targets.machine),
    }),
    yours: effective.yours.map(({ path, says, runbook }) => ({ path, says, runbook })),
    due: due.map(({ what, id, title, state, lastAt, dueAt }) => ({ what, id, title, state, lastAt, dueAt })),
  }
}

/** Null where the vault is not there or locked: readiness then leaves open what is in it. */
async function unlessLocked<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    return null
  }
}
