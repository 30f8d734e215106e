import type { ContainerView } from './container-view.ts'

/** Far more than any project has; it bounds what labels can ask for. */
const most = 200

/** Which services of which compose project need which, over any number of steps. */
export class ComposeGraph {
  readonly #containers: ReadonlyMap<string | null, readonly ContainerView[]>
  readonly #allNeeds = new Map<string, ReadonlySet<string>>()
  readonly #needs = new Map<string, Set<string>>()
  #needing: Map<string, string[]> | null = null

  constructor(views: readonly ContainerView[]) {
    this.#containers = Map.groupBy(views, serviceKey)
    for (const view of views) {
      const service = serviceKey(view)
      if (service === null) continue
      const needs = this.#needs.get(service) ?? new Set()
      for (const name of view.container.dependsOn) needs.add(keyOf(view.object.project ?? '', name))
      this.#needs.set(service, needs)
    }
  }

  /** Keys of all services that this one needs, the nearest 200, nearest first. Ends on circles too. */
  needsOf(service: string): ReadonlySet<string> {
    const known = this.#allNeeds.get(service)
    if (known !== undefined) return known
    const found = new Set<string>()
    this.#addNeeds(service, service, found)
    // A set gives out what is added to it while it is gone through.
    for (const next of found) {
      if (found.size >= most) break
      this.#addNeeds(next, service, found)
    }
    this.#allNeeds.set(service, found)
    return found
  }

  /** How many services need this one. */
  reachOf(service: string): number {
    return this.needing(service).length
  }

  /** Keys of the services that need this one. */
  needing(service: string): readonly string[] {
    this.#needing ??= this.#turnedRound()
    return this.#needing.get(service) ?? []
  }

  containersOf(service: string): readonly ContainerView[] {
    return this.#containers.get(service) ?? []
  }

  #addNeeds(of: string, asked: string, found: Set<string>): void {
    for (const need of this.#needs.get(of) ?? []) if (need !== asked && found.size < most) found.add(need)
  }

  #turnedRound(): Map<string, string[]> {
    const needing = new Map<string, string[]>()
    for (const service of this.#needs.keys()) {
      for (const need of this.needsOf(service)) {
        const known = needing.get(need)
        if (known === undefined) needing.set(need, [service])
        else known.push(service)
      }
    }
    return needing
  }
}

/** Names a service of a project; null for a container that compose did not make. */
export function serviceKey({ object: { project, service } }: Pick<ContainerView, 'object'>): string | null {
  return project === null || service === null ? null : keyOf(project, service)
}

function keyOf(project: string, service: string): string {
  return `${project}\n${service}`
}
