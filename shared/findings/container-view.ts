import type { ContainerFacts, ContainerSnapshot, EngineEvent, EngineSnapshot } from '../docker/snapshot.ts'
import { readStatusWords } from '../docker/status-words.ts'
import type { FindingObject } from './finding.ts'
import { type LastWords, lastWordsOf } from './last-words.ts'

/**
 * One container as the rules look at it: its own account where it could be read, else what the list says of it.
 */
export interface ContainerView {
  readonly container: ContainerSnapshot
  readonly object: FindingObject
  /** Null where the container itself could not be read. */
  readonly facts: ContainerFacts | null
  readonly state: string
  readonly exitCode: number | null
  readonly health: string | null
  readonly endedAt: string | null
  /** Its events, oldest first; empty where the engine gave none. */
  readonly events: readonly EngineEvent[]
  readonly lastWords: LastWords | null
  /** Evidence that it was read from. */
  readonly evidence: readonly string[]
}

/** Names of the items of evidence that belong to no container. */
export const engineItems = {
  version: 'version.json',
  info: 'info.json',
  list: 'containers.json',
  events: 'events.json',
  images: 'images.json',
  networks: 'networks.json',
  disk: 'disk.json',
  published: 'published.json',
  room: 'room.json',
}

export function viewsOf(snapshot: EngineSnapshot): ContainerView[] {
  if (!snapshot.containers.read) return []
  const events = Map.groupBy(snapshot.events.read ? snapshot.events.value : [], ({ container }) => container)
  return snapshot.containers.value.map((container) => viewOf(container, events.get(container.id) ?? []))
}

function viewOf(container: ContainerSnapshot, events: readonly EngineEvent[]): ContainerView {
  const facts = container.facts.read ? container.facts.value : null
  const words = readStatusWords(container.status)
  const { id, name, project, service } = container
  return {
    container,
    object: { kind: 'container', name, id, project, service },
    facts,
    state: facts?.status ?? container.state,
    exitCode: facts?.exitCode ?? words.exitCode,
    health: facts === null ? words.health : (facts.health?.status ?? null),
    endedAt: facts?.finishedAt ?? events.findLast(({ action }) => action === 'die')?.at ?? null,
    events,
    lastWords: lastWordsOf(container),
    evidence: [facts === null ? engineItems.list : `${container.folder}/inspect.json`],
  }
}

/** The evidence of its log that was read for its last words. */
export function logEvidence({ container, lastWords }: ContainerView): string[] {
  return lastWords === null ? [] : [`${container.folder}/${lastWords.stream}.log`]
}
