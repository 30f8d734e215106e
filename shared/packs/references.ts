import type { PackShape } from './pack-shape.ts'
import type { Step } from './step.ts'

type Path = (string | number)[]
type Problem = { path: Path; message: string; valid?: string[] }

/** What zod hands to a refinement, as far as it is used here. */
interface Context {
  addIssue(issue: { code: 'custom'; path: Path; message: string; params: { valid: string[] } }): void
}

/**
 * Reports every item of a pack that names another item that is not there, every id that stands twice, and severities
 * that are not in their order. `params.valid` of an issue lists what could have stood at its place.
 */
export function reportReferences(pack: PackShape, context: Context): void {
  const problems = [
    ...uniqueIds(pack),
    ...severityOrder(pack),
    ...severityNames(pack),
    ...roleNames(pack),
    ...stepsOf(pack).flatMap(([step, path, earlier]) => stepProblems(pack, step, path, earlier)),
    ...templateProblems(pack),
  ]
  for (const { path, message, valid = [] } of problems) {
    context.addIssue({ code: 'custom', path, message, params: { valid } })
  }
}

function uniqueIds(pack: PackShape): Problem[] {
  const lists: [Path, readonly { id: string }[]][] = [
    [['severities'], pack.severities],
    [['triage', 'questions'], pack.triage.questions],
    [['thresholds'], pack.thresholds],
    [['roles'], pack.roles],
    [['escalation'], pack.escalation],
    [['detection'], pack.detection],
    [['phases'], pack.phases],
    [['places'], pack.places],
    [['parameters'], pack.parameters],
    [['scenarios'], pack.scenarios],
    [['templates'], pack.templates],
    [['cadence'], pack.cadence],
    [['postMortem', 'sections'], pack.postMortem.sections],
    ...pack.phases.map((phase, i): [Path, { id: string }[]] => [['phases', i, 'checklist'], phase.checklist]),
    ...pack.phases.map((phase, i): [Path, { id: string }[]] => [['phases', i, 'steps'], phase.steps]),
    ...pack.scenarios.map((one, i): [Path, { id: string }[]] => [['scenarios', i, 'steps'], one.steps]),
    ...pack.scenarios.map((one, i): [Path, { id: string }[]] => [['scenarios', i, 'verify'], one.verify]),
    ...pack.templates.map((one, i): [Path, { id: string }[]] => [['templates', i, 'lines'], one.lines]),
    ...pack.templates.map((one, i): [Path, { id: string }[]] => [['templates', i, 'fields'], one.fields]),
    ...pack.postMortem.sections.map((one, i): [Path, { id: string }[]] => [
      ['postMortem', 'sections', i, 'fields'],
      one.fields,
    ]),
  ]
  return lists.flatMap(([path, items]) => repeated(items.map((item) => item.id)).map((i) => twice([...path, i, 'id'])))
}

function twice(path: Path): Problem {
  return { path, message: 'stands twice in its list' }
}

function repeated(words: readonly string[]): number[] {
  const seen = new Set<string>()
  return words.flatMap((word, index) => {
    if (seen.has(word)) return [index]
    seen.add(word)
    return []
  })
}

function severityOrder(pack: PackShape): Problem[] {
  return pack.severities.flatMap(({ rank }, index) => {
    const before = pack.severities[index - 1]?.rank ?? 0
    return rank > before ? [] : [{ path: ['severities', index, 'rank'], message: 'is not below the level before it' }]
  })
}

/** A problem for each name that is not among those there are. */
function missing(what: string, valid: readonly string[], named: readonly [string, Path][]): Problem[] {
  return named.flatMap(([name, path]) =>
    valid.includes(name) ? [] : [{ path, message: `names ${what} that the pack does not have`, valid: [...valid] }],
  )
}

const each = (names: readonly string[], path: Path): [string, Path][] => names.map((name, i) => [name, [...path, i]])

function severityNames(pack: PackShape): Problem[] {
  const named: [string, Path][] = [
    ...pack.triage.questions.flatMap(({ yes }, i): [string, Path][] =>
      'severity' in yes ? [[yes.severity, ['triage', 'questions', i, 'yes', 'severity']]] : [],
    ),
    ...pack.thresholds.flatMap(({ severity }, i): [string, Path][] =>
      severity === null ? [] : [[severity, ['thresholds', i, 'severity']]],
    ),
    ...pack.commander.flatMap((rule, i) => each(rule.severities, ['commander', i, 'severities'])),
    ...pack.templates.flatMap((one, i) => each(one.severities, ['templates', i, 'severities'])),
    ...pack.cadence.flatMap((one, i) => each(one.severities, ['cadence', i, 'severities'])),
    ...pack.escalation.flatMap((edge, i) => [
      ...each(edge.from?.severities ?? [], ['escalation', i, 'from', 'severities']),
      ...each(edge.to.severities, ['escalation', i, 'to', 'severities']),
      ...each(edge.when.severities ?? [], ['escalation', i, 'when', 'severities']),
    ]),
  ]
  return missing(
    'a severity',
    pack.severities.map((severity) => severity.id),
    named,
  )
}

function roleNames(pack: PackShape): Problem[] {
  const named: [string, Path][] = [
    ...pack.commander.flatMap((rule, i) => each(rule.roles, ['commander', i, 'roles'])),
    ...pack.contacts.map(({ role }, i): [string, Path] => [role, ['contacts', i, 'role']]),
    ...pack.escalation.flatMap((edge, i) => [
      ...(edge.from === null ? [] : each([edge.from.role], ['escalation', i, 'from', 'role'])),
      ...each(edge.to.roles, ['escalation', i, 'to', 'roles']),
    ]),
  ]
  return missing(
    'a role',
    pack.roles.map((role) => role.id),
    named,
  )
}

/** Every step with its path and the outputs named by the steps before it in its list. */
function stepsOf(pack: PackShape): [Step, Path, string[]][] {
  const lists: [readonly Step[], Path][] = [
    ...pack.phases.map((phase, i): [readonly Step[], Path] => [phase.steps, ['phases', i, 'steps']]),
    ...pack.scenarios.map((one, i): [readonly Step[], Path] => [one.steps, ['scenarios', i, 'steps']]),
    ...pack.scenarios.map((one, i): [readonly Step[], Path] => [one.verify, ['scenarios', i, 'verify']]),
  ]
  return lists.flatMap(([steps, path]) =>
    steps.map((step, i): [Step, Path, string[]] => [step, [...path, i], steps.slice(0, i).flatMap(outputsOf)]),
  )
}

function outputsOf(step: Step): string[] {
  return step.type === 'probe' && 'output' in step.call ? [step.call.output] : []
}

function stepProblems(pack: PackShape, step: Step, path: Path, earlier: readonly string[]): Problem[] {
  const known = pack.parameters.map((parameter) => parameter.id)
  const open = pack.parameters.filter((parameter) => !parameter.secret).map((parameter) => parameter.id)
  const places = pack.places.map((place) => place.id)
  const problems = step.place === undefined ? [] : missing('a place', places, [[step.place, [...path, 'place']]])
  const shown = step.type === 'link' ? [step.url, step.command] : [step.command ?? '']
  for (const name of shown.flatMap(placeholders)) {
    problems.push(...missing('an open parameter', open, [[name, [...path, 'command']]]))
  }
  if (step.type === 'manual' || step.type === 'link') return problems
  const { call } = step
  if (step.place === undefined && /^(?:compose|docker|local)-/.test(call.kind)) {
    problems.push({ path: [...path], message: 'has no place, and only a place says on which machine', valid: places })
  }
  if ('valueFrom' in call)
    problems.push(...missing('an output', earlier, [[call.valueFrom, [...path, 'call', 'valueFrom']]]))
  for (const [key, value] of Object.entries(call)) {
    const asParameter = parameterKeys.has(key) && call.kind !== 'http-get'
    const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
    const names = asParameter ? texts : texts.flatMap(placeholders)
    problems.push(
      ...missing(
        'a parameter',
        known,
        names.map((name) => [name, [...path, 'call', key]]),
      ),
    )
  }
  return problems
}

/** Fields of a call that are a parameter's name, not a text; `url` is a text in http-get alone. */
const parameterKeys = new Set(['url', 'zone', 'token', 'address'])

/** The names inside `${…}` of a text. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\$\{([^{}]*)\}/g)].map((match) => match[1] ?? '')
}

function templateProblems(pack: PackShape): Problem[] {
  return pack.templates.flatMap((template, i) => {
    const fields = template.fields.map((field) => field.id)
    const used = template.lines.flatMap((line, j): [string, Path][] =>
      placeholders(line.text).map((name) => [name, ['templates', i, 'lines', j, 'text']]),
    )
    const names = new Set(used.map(([name]) => name))
    const unused = fields.flatMap((field, j): Problem[] =>
      names.has(field) ? [] : [{ path: ['templates', i, 'fields', j, 'id'], message: 'is a field that no line uses' }],
    )
    return [...missing('a field', fields, used), ...unused]
  })
}
