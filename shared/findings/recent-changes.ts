import type { EngineEvent, EngineSnapshot } from '../docker/snapshot.ts'
import type { ContainerView } from './container-view.ts'
import type { Draft } from './draft.ts'
import type { Finding } from './finding.ts'

const window = 900_000
const most = 5

/** What people and programs did to the container, or to others of its project, in the quarter of an hour before it began. */
export function recentChanges(
  draft: Draft,
  { snapshot, views, now }: { snapshot: EngineSnapshot; views: readonly ContainerView[]; now: number },
): Finding['changed'] {
  if (!snapshot.events.read || draft.object.kind !== 'container') return []
  const until = draft.since === null ? now : Date.parse(draft.since)
  const names = namesAround(draft, views)
  const told = snapshot.events.value
    .filter(({ at }) => Date.parse(at) <= until && until - Date.parse(at) < window)
    .flatMap((event) => {
      const name = names.get(event.container)
      const what = name === undefined ? null : wordsOf(event, name, event.container === draft.object.id)
      return what === null ? [] : [{ at: event.at, what }]
    })
    .toReversed()
  return told.filter(({ what }, place) => told.findIndex((other) => other.what === what) === place).slice(0, most)
}

/** Names by id: the container itself and those of its project. */
function namesAround({ object }: Draft, views: readonly ContainerView[]): Map<string, string> {
  const near = views.filter(
    (view) => view.object.id === object.id || (object.project !== null && view.object.project === object.project),
  )
  return new Map(near.map(({ object: { id, name } }) => [id, name]))
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
