import type { ContainerRow } from '../findings/sweep.ts'
import type { ContainerFacts, ContainerSnapshot } from './snapshot.ts'
import { readStatusWords } from './status-words.ts'

/** What the list alone tells of a container. */
export type ListedFacts = Omit<ContainerSnapshot, 'facts' | 'logs' | 'usage'>

/** One container as a list shows it; `facts` once it was read itself. */
export function rowOf(listed: ListedFacts, facts: ContainerFacts | null): ContainerRow {
  const { id, name, image, state, status, project, service } = listed
  const words = readStatusWords(status)
  return {
    id,
    name,
    image,
    state: facts?.status ?? state,
    status,
    health: facts === null ? words.health : (facts.health?.status ?? null),
    project,
    service,
    restarts: facts?.restarts ?? null,
    exitCode: facts?.exitCode ?? words.exitCode,
  }
}
