import type { EngineEvent, EngineSnapshot } from '../docker/snapshot.ts'
import { ChangedConfigurations } from './changed-configurations.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import type { Finding } from './finding.ts'
import { plain } from './words.ts'

/** What people and programs did within an hour before something began may have to do with it. */
const hour = 3_600_000
/** What was made or started: within a quarter of an hour, as most things are made and started at some time. */
const quarterHour = 900_000
/** A restart is told by its own event. */
const startOfRestartMs = 15_000
const most = 5

interface Happened {
  readonly at: number
  readonly container: string
  /** So long afterwards it still counts. */
  readonly window: number
  /** Null for what is no change of its own to the one who asks. */
  readonly what: (isSelf: boolean) => string | null
}

/** D25: what changed lately, by the container that it was done to. */
export class RecentChanges {
  readonly #now: number
  /** Newest first. */
  readonly #happened: ReadonlyMap<string, readonly Happened[]>
  readonly #configurations: ChangedConfigurations

  constructor(snapshot: EngineSnapshot, views: readonly ContainerView[], now: number) {
    this.#now = now
    const known = new Map(views.map((view) => [view.object.id, view]))
    const happened = [...eventsOf(snapshot, known), ...views.flatMap((view) => ownTimes(view, snapshot))]
    this.#happened = Map.groupBy(
      happened.toSorted((a, b) => b.at - a.at),
      ({ container }) => nearnessOf(container, known.get(container)?.object.project ?? null),
    )
    this.#configurations = new ChangedConfigurations(snapshot, views)
  }

  /**
   * What was done to the container, or to others of its project, before it began, newest first: within an hour what somebody did,
   * within a quarter of an hour what was made or started; and whenever it was, that its service is made in two ways, or in
   * another way than at the last sweep.
   */
  before({ object, since }: Draft): Finding['changed'] {
    if (object.kind !== 'container') return []
    const until = since === null ? this.#now : Date.parse(since)
    const told = new Map<string, Finding['changed'][number]>()
    for (const change of this.#configurations.of(object)) told.set(change.what, change)
    for (const { at, window, container, what } of this.#happened.get(nearnessOf(object.id, object.project)) ?? []) {
      if (told.size >= most) break
      if (!(at <= until && until - at < window)) continue
      const words = what(container === object.id)
      if (words !== null && !told.has(words)) told.set(words, { at: new Date(at).toISOString(), what: words })
    }
    return [...told.values()].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
  }
}

function nearnessOf(id: string, project: string | null): string {
  return project === null ? `container\n${id}` : `project\n${project}`
}

function eventsOf({ events }: EngineSnapshot, known: ReadonlyMap<string, ContainerView>): Happened[] {
  return (events.read ? events.value : []).flatMap((event) => {
    const name = known.get(event.container)?.object.name
    if (name === undefined) return []
    const what = (isSelf: boolean) => wordsOf(event, name, isSelf)
    return [{ at: Date.parse(event.at), container: event.container, window: hour, what }]
  })
}

/** What its own account tells of it where the engine has forgotten the events. */
function ownTimes({ container, facts, object, events }: ContainerView, { images }: EngineSnapshot): Happened[] {
  const { id, name } = object
  const found: Happened[] = []
  const add = (at: string | null, what: string) => {
    if (at !== null) found.push({ at: Date.parse(at), container: id, window: quarterHour, what: () => what })
  }
  if (!events.some(({ action }) => action === 'create')) add(container.createdAt, `${name} was created`)
  const image = images.read ? images.value.find((one) => one.id === facts?.imageId) : undefined
  if (image !== undefined) add(image.createdAt, `the image ${plain(facts?.imageName || container.image, 80)} was built`)
  if (facts !== null && facts.restarts === 0 && isStartOfItsOwn(facts.startedAt, container.createdAt, events)) {
    add(facts.startedAt, `${name} was started`)
  }
  return found
}

function isStartOfItsOwn(startedAt: string | null, createdAt: string | null, events: readonly EngineEvent[]): boolean {
  if (startedAt === null) return false
  const at = Date.parse(startedAt)
  const isNear = (other: string) => Math.abs(Date.parse(other) - at) < startOfRestartMs
  return (
    (createdAt === null || !isNear(createdAt)) &&
    !events.some((event) => ['restart', 'create', 'die'].includes(event.action) && isNear(event.at))
  )
}

/** Null for what is no change of its own: a container's own death is the finding, its start follows from others. */
export function wordsOf({ action, exitCode, signal }: EngineEvent, name: string, isSelf: boolean): string | null {
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
