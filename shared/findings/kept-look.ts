import { rowOf } from '../docker/row.ts'
import type { EngineSnapshot } from '../docker/snapshot.ts'
import type { KeptLook } from './calls.ts'
import { happenedLately } from './happened-lately.ts'
import { deriveHygiene } from './hygiene.ts'

/** What a snapshot tells beside its findings. `now`: the moment that the rules judge by, ms since 1970. */
export function lookOf(snapshot: EngineSnapshot, now: number): KeptLook {
  const containers = snapshot.containers.read ? snapshot.containers.value : []
  return {
    takenAt: snapshot.takenAt,
    hygiene: deriveHygiene(snapshot, now),
    containers: containers.map((container) => ({
      row: rowOf(container, container.facts.read ? container.facts.value : null),
      folder: container.folder,
    })),
    usage: containers.flatMap(({ usage }) => (usage?.read === true ? [usage.value] : [])),
    happened: happenedLately(snapshot),
  }
}
