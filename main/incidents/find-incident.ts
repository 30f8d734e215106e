import type { IncidentState } from '../../shared/incident/state.ts'
import { labelsOf } from '../../shared/incident/labels.ts'
import { refuse } from '../../shared/refusal.ts'

/**
 * The incident that a person names by id, number (INC-…, with the letter that this desk gave it where numbers collide) or
 * a unique beginning or end of either.
 */
export function findIncident(states: readonly IncidentState[], named: string): IncidentState {
  const wanted = named.toUpperCase()
  const labels = labelsOf(states.map(({ id, core }) => ({ id, number: core.number })))
  const labelOf = ({ id }: IncidentState) => labels.get(id) ?? ''
  const exact = states.filter((state) => state.id === wanted || labelOf(state) === wanted)
  const near = states.filter(
    (state) => state.id.startsWith(wanted) || labelOf(state).startsWith(wanted) || labelOf(state).endsWith(wanted),
  )
  const found = exact.length > 0 ? exact : near
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  throw refuse('not-found', {
    tried: `Find the incident '${named}'`,
    happened:
      only === undefined
        ? 'No incident has that id or number.'
        : `${found.length} incidents fit: ${found.slice(0, 5).map(labelOf).join(', ')}.`,
    next: 'Give the whole number; `muster incidents` lists them.',
  })
}
