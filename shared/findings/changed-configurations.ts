import type { EngineSnapshot } from '../docker/snapshot.ts'
import { serviceKey } from './compose-graph.ts'
import type { ContainerView } from './container-view.ts'
import type { Finding, FindingObject } from './finding.ts'

type Change = Finding['changed'][number]

/** docker compose writes a hash of a service's configuration on each container: where those differ, somebody changed it. */
export class ChangedConfigurations {
  readonly #byService = new Map<string, readonly Change[]>()

  constructor(snapshot: EngineSnapshot, views: readonly ContainerView[]) {
    const earlier = new Map(
      (snapshot.earlier?.services ?? []).map((one) => [`${one.project}\n${one.service}`, one.configHash]),
    )
    for (const [service, copies] of Map.groupBy(views, serviceKey)) {
      if (service === null) continue
      // An engine lists the newest first, and tells their age in seconds.
      const hashed = copies
        .toReversed()
        .filter(({ facts, container }) => facts?.configHash !== null && facts !== null && !container.oneOff)
        .toSorted((a, b) => madeAt(a).localeCompare(madeAt(b)))
      const changes = [...betweenCopies(hashed), ...sinceEarlier(hashed, earlier.get(service), snapshot.earlier?.at)]
      if (changes.length > 0) this.#byService.set(service, changes)
    }
  }

  of(object: FindingObject): readonly Change[] {
    return this.#byService.get(serviceKey({ object }) ?? '') ?? []
  }
}

/** The newest against the oldest that was made otherwise. */
function betweenCopies(copies: readonly ContainerView[]): Change[] {
  const newest = copies.at(-1)
  const other = copies.find(({ facts }) => facts?.configHash !== newest?.facts?.configHash)
  if (newest === undefined || other === undefined || newest.container.createdAt === null) return []
  const what = `${newest.object.name} was made with another configuration than ${other.object.name}`
  return [{ at: newest.container.createdAt, what }]
}

function sinceEarlier(
  copies: readonly ContainerView[],
  before: string | undefined,
  sweptAt: string | undefined,
): Change[] {
  const newest = copies.at(-1)
  if (before === undefined || sweptAt === undefined || newest === undefined || newest.container.createdAt === null)
    return []
  if (newest.facts?.configHash === before) return []
  const what = `${newest.object.service ?? newest.object.name} was made with another configuration than at the sweep of ${sweptAt.slice(0, 16).replace('T', ' ')} UTC`
  return [{ at: newest.container.createdAt, what }]
}

function madeAt({ container }: ContainerView): string {
  return container.createdAt ?? ''
}
