import type { DockerEndpoint } from '../../shared/docker/endpoint.ts'
import type { Earlier, EngineSnapshot } from '../../shared/docker/snapshot.ts'

/** Engines that are remembered; the one that was swept longest ago is forgotten first. */
const most = 50

/**
 * What each engine's last sweep said of how its services were made, so that the next can tell what somebody changed
 * between both. In memory: it is gone when Muster ends.
 */
export class EarlierSweeps {
  readonly #known = new Map<string, Earlier>()

  /** Null before the first sweep of that engine. */
  of({ host }: DockerEndpoint): Earlier | null {
    return this.#known.get(host) ?? null
  }

  keep(snapshot: EngineSnapshot): void {
    if (!snapshot.containers.read) return
    const { host } = snapshot.endpoint
    const services = snapshot.containers.value
      .toSorted((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? ''))
      .flatMap(({ project, service, facts, oneOff }) => {
        const configHash = facts.read ? facts.value.configHash : null
        const isNamed = project !== null && service !== null && configHash !== null && !oneOff
        return isNamed ? [{ project, service, configHash }] : []
      })
    // Of copies that differ the newest counts.
    const newest = new Map(services.map((one) => [`${one.project}\n${one.service}`, one]))
    this.#known.delete(host)
    this.#known.set(host, { at: snapshot.takenAt, services: [...newest.values()] })
    const [oldest] = this.#known.keys()
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest)
  }
}
