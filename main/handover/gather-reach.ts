import type { Reach } from '../../shared/handover/cannot-reach.ts'
import { withBindings } from '../../shared/packs/overlay.ts'
import { readinessOf } from '../../shared/packs/readiness.ts'
import { RefusalError } from '../../shared/refusal.ts'
import { isConsented } from '../../shared/targets/binding.ts'
import type { Services } from '../services.ts'

/** What this desk has of an incident: its runbook, bindings, vault, engines and evidence. Asks nothing outside of this machine. */
export async function gatherReach(services: Services, id: string): Promise<Reach> {
  const { desk, evidence, shelf, vault } = services
  const { state } = await desk.ask('open', id)
  const [effective, status, engines, missing] = await Promise.all([
    desk.ask('effective', id),
    vault.status(),
    unknownEngines(services, id),
    evidence.missing(id),
  ])
  const { pack: pinned, overlay, overlayKept } = state.core
  const here = pinned === null ? undefined : shelf.packs.find(({ pack }) => pack.id === pinned.id)
  const open = status.sealedBy.length > 0 && status.locked !== 'all'
  return {
    pack:
      pinned === null
        ? null
        : {
            title: pinned.title,
            travels: effective !== null,
            here: here === undefined ? 'none' : here.hash === pinned.hash ? 'same' : 'other',
          },
    overlay: overlay === null ? null : { title: overlay.title, kept: overlayKept },
    vault: status.sealedBy.length === 0 ? 'none' : open ? 'open' : 'locked',
    ...(effective === null ? nothing : await missingOf(services, effective, open)),
    engines,
    evidence: missing,
  }
}

const nothing = { unboundPlaces: [], unboundTargets: [], noContact: [] }

type Effective = NonNullable<Awaited<ReturnType<typeof readEffective>>>

async function readEffective({ desk }: Services, id: string) {
  return desk.ask('effective', id)
}

/** What the runbook names and this desk lacks, as its readiness tells. */
async function missingOf(services: Services, effective: Effective, open: boolean) {
  const { targets, vault } = services
  const bindings = await boundHere(services, effective.pack.id)
  const contacts = open ? await vault.contacts.list() : null
  const bound = withBindings(effective, bindings)
  const { pack } = bound
  const missing = readinessOf(bound, {
    reachable: contacts?.flatMap(({ id, means }) => (means.length > 0 ? [id] : [])) ?? null,
    credentials: null,
    due: [],
    isConsented: (place, binding) => isConsented(place, binding, targets.machine),
  }).filter(({ weight }) => weight === 'missing')
  const titlesAt = (topic: string, items: readonly { readonly title: string }[]) =>
    missing.flatMap((one) => {
      const place = /\[(\d+)\]/.exec(one.path ?? '')?.[1]
      const title = place === undefined ? undefined : items[Number(place)]?.title
      return one.topic === topic && title !== undefined ? [title] : []
    })
  return {
    unboundPlaces: titlesAt('place', pack.places),
    unboundTargets: titlesAt('target', pack.targets),
    noContact: open ? titlesAt('contact', pack.roles) : [],
  }
}

/** A pack that is not on the shelf has no bindings here. */
async function boundHere({ targets }: Services, pack: string) {
  try {
    return await targets.list(pack)
  } catch (error) {
    if (error instanceof RefusalError) return { places: {}, targets: {} }
    throw error
  }
}

async function unknownEngines({ desk, sweeps }: Services, id: string): Promise<string[]> {
  const { state } = await desk.ask('open', id)
  const { sweep, mode } = state
  if (sweep === null) return []
  const { endpoints } = await sweeps.endpoints(mode === 'exercise' ? 'exercise' : 'live')
  const { host, name } = sweep.summary.endpoint
  return endpoints.some((one) => one.host === host) ? [] : [`${name} (${host})`]
}
