import type { IncidentState } from '../incident/state.ts'
import type { Template } from '../packs/message-shape.ts'

/** The templates that may be sent now, those that fit the moment first; papers for the record are none of them. */
export function fittingTemplates(templates: readonly Template[], state: IncidentState): Template[] {
  const { core, updates } = state
  const severity = core.severity?.id ?? null
  const wanted = core.resolvedAt !== null ? 'resolution' : updates.length === 0 ? 'initial' : 'update'
  const misfit = ({ moment, severities }: Template) =>
    (moment === wanted ? 0 : 2) +
    (severities.length === 0 || (severity !== null && severities.includes(severity)) ? 0 : 1)
  return templates.filter(({ moment }) => moment !== 'record').toSorted((a, b) => misfit(a) - misfit(b))
}
