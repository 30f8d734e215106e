import type { ContainerView } from './container-view.ts'

/** Which services of which compose project need which, over any number of steps. */
export class ComposeGraph {
  readonly #views: readonly ContainerView[]
  readonly #needs = new Map<string, Set<string>>()

  constructor(views: readonly ContainerView[]) {
    this.#views = views
    for (const view of views) {
      const service = serviceKey(view)
      if (service === null) continue
      const needs = this.#needs.get(service) ?? new Set()
      for (const name of view.container.dependsOn) needs.add(keyOf(view.object.project ?? '', name))
      this.#needs.set(service, needs)
    }
  }

  /** Keys of all services that this one needs, nearest first. Ends on circles too. */
  needsOf(service: string): string[] {
    const found = new Set<string>()
    const open = [service]
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      for (const need of this.#needs.get(next) ?? []) {
        if (found.has(need) || need === service) continue
        found.add(need)
        open.push(need)
      }
    }
    return [...found]
  }

  /** How many services need this one. */
  reachOf(service: string): number {
    return [...this.#needs.keys()].filter((other) => other !== service && this.needsOf(other).includes(service)).length
  }

  containersOf(service: string): readonly ContainerView[] {
    return this.#views.filter((view) => serviceKey(view) === service)
  }
}

/** Names a service of a project; null for a container that compose did not make. */
export function serviceKey({ object: { project, service } }: Pick<ContainerView, 'object'>): string | null {
  return project === null || service === null ? null : keyOf(project, service)
}

function keyOf(project: string, service: string): string {
  return `${project}\n${service}`
}
