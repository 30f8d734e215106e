import type { IncidentState } from '../../shared/incident/state.ts'

/** Names that this incident has heard, each once: who holds a role, then who got a task, the latest first. */
export function peopleOf({ roles, tasks }: IncidentState): readonly string[] {
  const holders = Object.values(roles).flatMap((person) => (person === null ? [] : [person.name]))
  return Array.from(new Set([...holders, ...tasks.given.map(({ owner }) => owner).toReversed()]))
}
