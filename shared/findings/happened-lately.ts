import type { EngineSnapshot } from '../docker/snapshot.ts'
import type { Happened } from './calls.ts'
import { wordsOf } from './recent-changes.ts'

const day = 86_400_000
const most = 200
/** An event, and what it left behind, tell of the same. */
const sameMs = 2_000

/**
 * What changed lately across all that an engine runs, newest first: what its events tell, and what was made within a day
 * before the snapshot was taken. The same thing told often stands once.
 */
export function happenedLately(snapshot: EngineSnapshot): Happened[] {
  const told = new Map<string, Happened>()
  for (const one of [...eventsIn(snapshot), ...madeIn(snapshot)]) {
    const known = told.get(one.what)
    const isSame = known !== undefined && Math.abs(Date.parse(known.at) - Date.parse(one.at)) < sameMs
    if (isSame) continue
    const at = known === undefined || Date.parse(one.at) > Date.parse(known.at) ? one.at : known.at
    told.set(one.what, { ...one, at, times: (known?.times ?? 0) + one.times })
  }
  return [...told.values()].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most)
}

function eventsIn({ events, containers }: EngineSnapshot): Happened[] {
  const known = new Map(containers.read ? containers.value.map((container) => [container.id, container]) : [])
  return (events.read ? events.value : []).flatMap((event) => {
    const container = known.get(event.container)
    const name = container?.name ?? event.name
    const what = name === null ? null : wordsOf(event, name, false)
    return what === null ? [] : [{ at: event.at, what, times: 1, project: container?.project ?? null }]
  })
}

/** The engine forgets events; when a container and its image were made it does not. */
function madeIn({ containers, images, takenAt }: EngineSnapshot): Happened[] {
  const since = Date.parse(takenAt) - day
  const built = new Map(images.read ? images.value.map(({ id, createdAt }) => [id, createdAt]) : [])
  return (containers.read ? containers.value : []).flatMap(({ name, createdAt, project, facts }) => {
    const imageId = facts.read ? facts.value.imageId : null
    const told = [
      { at: createdAt, what: `${name} was created` },
      { at: imageId === null ? null : (built.get(imageId) ?? null), what: `the image of ${name} was built` },
    ]
    return told.flatMap(({ at, what }) =>
      at === null || !(Date.parse(at) > since) ? [] : [{ at, what, times: 1, project }],
    )
  })
}
