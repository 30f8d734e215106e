import { reportedIds } from './ids.ts'
import type { PackShape } from './pack-shape.ts'
import { each, missing, type Named, one, type Problem } from './problem.ts'
import type { Stage } from './stage.ts'
import { stepProblems } from './step-references.ts'
import { type Path, stageLists } from './steps-of.ts'
import { templateProblems } from './template-references.ts'

/** What zod hands to a refinement, as far as it is used here. */
interface Context {
  addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string; params: { valid: string[] } }): void
}

/**
 * Reports every item of a pack that names another item that is not there, every id that stands twice, and severities
 * that are not in their order. `params.valid` of an issue lists what could have stood at its place.
 */
export function reportReferences(pack: PackShape, context: Context): void {
  const problems = [
    ...reportedIds(pack),
    ...severityOrder(pack),
    ...severityNames(pack),
    ...roleNames(pack),
    ...otherNames(pack),
    ...gridProblems(pack),
    ...optionProblems(pack),
    ...stepProblems(pack),
    ...templateProblems(pack),
  ]
  for (const { path, message, valid = [] } of problems) {
    context.addIssue({ code: 'custom', path: [...path], message, params: { valid: [...valid] } })
  }
}

function severityOrder(pack: PackShape): Problem[] {
  return pack.severities.flatMap(({ rank }, index) => {
    const before = pack.severities[index - 1]?.rank ?? 0
    return rank > before ? [] : [{ path: ['severities', index, 'rank'], message: 'is not below the level before it' }]
  })
}

const ids = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id)

function severityNames(pack: PackShape): Problem[] {
  const lists = {
    incidentTypes: pack.incidentTypes,
    commander: pack.commander,
    notifications: pack.notifications,
    approvals: pack.approvals,
    drills: pack.drills,
    templates: pack.templates,
    cadence: pack.cadence,
    postIncident: pack.postIncident,
  }
  const named: Named[] = [
    ...Object.entries(lists).flatMap(([list, items]) =>
      items.flatMap(({ severities }, i) => each(severities, [list, i, 'severities'])),
    ),
    ...pack.triage.questions.flatMap(({ yes }, i) =>
      'severity' in yes ? one(yes.severity, ['triage', 'questions', i, 'yes', 'severity']) : [],
    ),
    ...pack.thresholds.flatMap(({ severity }, i) => one(severity ?? undefined, ['thresholds', i, 'severity'])),
    ...pack.roles.flatMap(({ onCall }, i) =>
      onCall.flatMap(({ severities }, j) => each(severities, ['roles', i, 'onCall', j, 'severities'])),
    ),
    ...pack.escalation.flatMap((edge, i) => [
      ...each(edge.from?.severities ?? [], ['escalation', i, 'from', 'severities']),
      ...each(edge.to.severities, ['escalation', i, 'to', 'severities']),
      ...each(edge.when.severities ?? [], ['escalation', i, 'when', 'severities']),
    ]),
    ...each(pack.postMortem.dueSeverities, ['postMortem', 'dueSeverities']),
  ]
  return missing('a severity', ids(pack.severities), named)
}

function roleNames(pack: PackShape): Problem[] {
  const named: Named[] = [
    ...pack.commander.flatMap((rule, i) => each(rule.roles, ['commander', i, 'roles'])),
    ...pack.contacts.flatMap(({ role }, i) => one(role, ['contacts', i, 'role'])),
    ...pack.notifications.flatMap((rule, i) => each(rule.roles, ['notifications', i, 'roles'])),
    ...pack.approvals.flatMap(({ roles }, i) => roles.flatMap((any, j) => each(any, ['approvals', i, 'roles', j]))),
    ...pack.escalation.flatMap((edge, i) => [
      ...one(edge.from?.role, ['escalation', i, 'from', 'role']),
      ...each(edge.to.roles, ['escalation', i, 'to', 'roles']),
    ]),
  ]
  return missing('a role', ids(pack.roles), named)
}

function otherNames(pack: PackShape): Problem[] {
  const types: Named[] = [
    ...pack.scenarios.flatMap(({ incidentTypes }, i) => each(incidentTypes, ['scenarios', i, 'incidentTypes'])),
    ...pack.notifications.flatMap(({ incidentTypes }, i) => each(incidentTypes, ['notifications', i, 'incidentTypes'])),
    ...pack.escalation.flatMap(({ when }, i) =>
      each(when.incidentTypes ?? [], ['escalation', i, 'when', 'incidentTypes']),
    ),
  ]
  const templates: Named[] = [
    ...pack.notifications.flatMap(({ template }, i) => one(template, ['notifications', i, 'template'])),
    ...pack.cadence.flatMap(({ template }, i) => one(template, ['cadence', i, 'template'])),
  ]
  const secrets = pack.parameters.filter(({ secret }) => secret)
  return [
    ...missing('an incident type', ids(pack.incidentTypes), types),
    ...missing('a template', ids(pack.templates), templates),
    ...missing(
      'a way to reach people',
      ids(pack.contactMethods),
      pack.notifications.flatMap(({ methods }, i) => each(methods, ['notifications', i, 'methods'])),
    ),
    ...missing(
      'an edge of the escalation',
      ids(pack.escalation),
      pack.approvals.flatMap(({ escalation }, i) => one(escalation, ['approvals', i, 'escalation'])),
    ),
    ...missing(
      'a threshold',
      ids(pack.thresholds),
      pack.alerts.flatMap(({ thresholds }, i) => each(thresholds, ['alerts', i, 'thresholds'])),
    ),
    ...missing(
      'a scenario',
      ids(pack.scenarios),
      pack.evidenceRules.flatMap(({ scenarios }, i) => each(scenarios, ['evidenceRules', i, 'scenarios'])),
    ),
    ...missing('a place', ids(pack.places), [
      ...pack.targets.flatMap(({ place }, i) => one(place, ['targets', i, 'place'])),
      ...pack.resources.flatMap(({ place }, i) => one(place, ['resources', i, 'place'])),
    ]),
    ...missing(
      'a secret parameter',
      ids(secrets),
      pack.targets.flatMap(({ credential }, i) => one(credential, ['targets', i, 'credential'])),
    ),
  ]
}

function gridProblems({ severities, triage: { grid } }: PackShape): Problem[] {
  if (grid === undefined) return []
  const path = ['triage', 'grid', 'cells']
  const cells = grid.cells.flatMap((row, i) => each(row, [...path, i]))
  const square =
    grid.cells.length === grid.impact.length && grid.cells.every((row) => row.length === grid.urgency.length)
  return [
    ...missing('a severity', ids(severities), cells),
    ...(square ? [] : [{ path, message: 'has not one row per impact with one severity per urgency' }]),
  ]
}

function optionProblems(pack: PackShape): Problem[] {
  const lists = stageLists(pack)
  const named = lists.flatMap(({ stages, path }) =>
    stages.flatMap(({ options }, i) =>
      options.flatMap(({ approval }, j) => one(approval, [...path, i, 'options', j, 'approval'])),
    ),
  )
  return [
    ...missing('an approval', ids(pack.approvals), named),
    ...lists.flatMap(({ stages, path }) => stages.flatMap((stage, i) => choiceProblems(pack, stage, [...path, i]))),
  ]
}

function choiceProblems(pack: PackShape, { chosenBy, options }: Stage, path: Path): Problem[] {
  const choices = pack.parameters.filter(({ type, secret, list }) => type === 'choice' && !secret && !list)
  const at = [...path, 'chosenBy']
  const chosen = choices.find(({ id }) => id === chosenBy)
  const fits = chosen === undefined || chosen.choices.toSorted().join() === ids(options).toSorted().join()
  return [
    ...missing('a choice', ids(choices), one(chosenBy, at)),
    ...(fits ? [] : [{ path: at, message: 'has other choices than the options here', valid: ids(options) }]),
  ]
}
