import type { IncidentState } from '../../shared/incident/state.ts'
import { refuse } from '../../shared/refusal.ts'

/** The incident that a person names by id, number (INC-…) or a unique beginning or end of either. */
export function findIncident(states: readonly IncidentState[], named: string): IncidentState {
  const wanted = named.toUpperCase()
  const exact = states.filter(({ id, core }) => id === wanted || core.number === wanted)
  const near = states.filter(
    ({ id, core }) => id.startsWith(wanted) || core.number.startsWith(wanted) || core.number.endsWith(wanted),
  )
  const found = exact.length > 0 ? exact : near
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  throw refuse('not-found', {
    tried: `Find the incident '${named}'`,
    happened:
      only === undefined
        ? 'No incident has that id or number.'
        : `${found.length} incidents fit: ${found
            .slice(0, 5)
            .map(({ core }) => core.number)
            .join(', ')}.`,
    next: 'Give the whole number; `muster incidents` lists them.',
  })
}
