import type { EngineEvent, EngineSnapshot } from '../docker/snapshot.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import type { Finding } from './finding.ts'

const window = 900_000
const most = 5

interface Happened {
  readonly event: EngineEvent
  readonly at: number
}

/** What people and programs did lately, by the container that it was done to. */
export class RecentChanges {
  readonly #now: number
  /** Newest first. */
  readonly #happened: ReadonlyMap<string, readonly Happened[]>
  readonly #views: ReadonlyMap<string, ContainerView>

  constructor(snapshot: EngineSnapshot, views: readonly ContainerView[], now: number) {
    this.#now = now
    this.#views = new Map(views.map((view) => [view.object.id, view]))
    const events = snapshot.events.read ? snapshot.events.value.toReversed() : []
    const known = events.map((event) => ({ event, at: Date.parse(event.at) }))
    this.#happened = Map.groupBy(known, ({ event }) => this.#nearnessOf(event.container))
  }

  /** To the container, or to others of its project, in the quarter of an hour before it began; newest first. */
  before({ object, since }: Draft): Finding['changed'] {
    if (object.kind !== 'container') return []
    const until = since === null ? this.#now : Date.parse(since)
    const near = this.#happened.get(object.project === null ? ownKey(object.id) : projectKey(object.project)) ?? []
    const told = new Map<string, Finding['changed'][number]>()
    for (const { event, at } of near) {
      if (told.size === most) break
      if (!(at <= until && until - at < window)) continue
      const name = this.#views.get(event.container)?.object.name
      const what = name === undefined ? null : wordsOf(event, name, event.container === object.id)
      if (what !== null && !told.has(what)) told.set(what, { at: event.at, what })
    }
    return [...told.values()]
  }

  #nearnessOf(container: string): string {
    const project = this.#views.get(container)?.object.project ?? null
    return project === null ? ownKey(container) : projectKey(project)
  }
}

function projectKey(name: string): string {
  return `project\n${name}`
}

function ownKey(id: string): string {
  return `container\n${id}`
}

/** Null for what is no change of its own: a container's own death is the finding, its start follows from others. */
function wordsOf({ action, exitCode, signal }: EngineEvent, name: string, isSelf: boolean): string | null {
  switch (action) {
    case 'create':
      return `${name} was created`
    case 'destroy':
      return `${name} was removed`
    case 'stop':
      return `${name} was stopped`
    case 'restart':
      return `${name} was restarted`
    case 'pause':
      return `${name} was paused`
    case 'unpause':
      return `${name} was resumed`
    case 'kill':
      return signal === 9 ? `${name} was sent SIGKILL` : null
    case 'oom':
      return isSelf ? null : `${name} ran out of memory`
    case 'die':
      return isSelf || exitCode === 0 || exitCode === null ? null : `${name} ended with exit code ${exitCode}`
    default:
      return null
  }
}
