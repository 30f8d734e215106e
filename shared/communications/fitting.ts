import type { IncidentState } from '../incident/state.ts'
import type { Template } from '../packs/message-shape.ts'
import type { Pack } from '../packs/pack.ts'
import type { TemplateLine } from './calls.ts'

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

/** The same as lines to choose from, each with the codes of the severities that it was written for where this is none of them. */
export function templateLines(pack: Pack, state: IncidentState): TemplateLine[] {
  const now = state.core.severity?.id ?? null
  const codes = new Map(pack.severities.map(({ id, code }) => [id, code]))
  return fittingTemplates(pack.templates, state).map(({ id, title, moment, audience, severities }) => {
    const isForAnother = severities.length > 0 && now !== null && !severities.includes(now)
    return {
      id,
      title,
      moment,
      audience,
      writtenFor: isForAnother ? severities.map((one) => codes.get(one) ?? one) : [],
    }
  })
}
