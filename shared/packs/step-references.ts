import { secretFields } from './action-call.ts'
import type { PackShape } from './pack-shape.ts'
import { builtInValues } from './parameter-shape.ts'
import { placeholders, textsIn } from './placeholders.ts'
import { programProblems } from './program-references.ts'
import { each, missing, one, type Problem } from './problem.ts'
import type { Step } from './step.ts'
import { type Path, type PlacedStep, stepsOf } from './steps-of.ts'

/** What does not fit about the steps of a pack: names of what is not there, a missing place, a secret in the open. */
export function stepProblems(pack: PackShape): Problem[] {
  const known = knownOf(pack)
  return stepsOf(pack).flatMap((placed) => [
    ...nameProblems(known, placed),
    ...placeProblems(pack, placed),
    ...textProblems(known, placed),
    ...programProblems(pack, placed),
  ])
}

interface Known {
  readonly pack: PackShape
  readonly places: readonly string[]
  readonly targets: readonly string[]
  readonly approvals: readonly string[]
  readonly severities: readonly string[]
  readonly lists: readonly string[]
  readonly open: readonly string[]
  readonly secret: readonly string[]
}

function knownOf(pack: PackShape): Known {
  const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)
  return {
    pack,
    places: ids(pack.places),
    targets: ids(pack.targets),
    approvals: ids(pack.approvals),
    severities: ids(pack.severities),
    lists: ids(pack.parameters.filter(({ list }) => list)),
    open: [...ids(pack.parameters.filter(({ secret }) => !secret)), ...Object.keys(builtInValues)],
    secret: ids(pack.parameters.filter(({ secret }) => secret)),
  }
}

/** What a step does and with what, whichever type it is, and where in the step that stands. */
function callOf(step: Step): { readonly call: object; readonly at: Path } | null {
  if (step.type === 'probe' || step.type === 'action') return { call: step.call, at: ['call'] }
  if (step.type === 'evidence') {
    return step.take.from === 'probe'
      ? { call: step.take.call, at: ['take', 'call'] }
      : { call: step.take, at: ['take'] }
  }
  return step.type === 'statement' || step.type === 'local-command' ? { call: step, at: [] } : null
}

/** Where in the step the guard of a change stands. */
function guardPath(step: Step): Path {
  return step.type === 'local-command' || step.type === 'statement' ? ['effect'] : []
}

function guardOf(
  step: Step,
): { approval?: string | undefined; evidenceFirst: readonly string[]; revertedBy?: string | undefined } | null {
  if (step.type === 'action') return step
  if ((step.type === 'local-command' || step.type === 'statement') && step.effect.does === 'changes') return step.effect
  if (step.type === 'manual') return { approval: step.approval, evidenceFirst: [] }
  return null
}

function nameProblems(known: Known, { step, path, before, beside }: PlacedStep): Problem[] {
  const { call, at } = callOf(step) ?? { call: null, at: [] }
  const guard = guardOf(step)
  const guardAt = [...path, ...guardPath(step)]
  const target = call !== null && 'target' in call && typeof call.target === 'string' ? call.target : undefined
  const from =
    call !== null && 'kind' in call && 'from' in call && typeof call.from === 'string' ? call.from : undefined
  const stdin = step.type === 'local-command' ? step.stdin : undefined
  const outputs = outputsOf(before)
  return [
    ...missing('a place', known.places, one(step.place, [...path, 'place'])),
    ...missing('a target', known.targets, one(target, [...path, ...at, 'target'])),
    ...missing('a severity', known.severities, each(step.severities, [...path, 'severities'])),
    ...missing('a list parameter', known.lists, one(step.forEach, [...path, 'forEach'])),
    ...missing(
      'an earlier step',
      before.map(({ id }) => id),
      one(step.onlyIf?.step, [...path, 'onlyIf', 'step']),
    ),
    ...withProblems(known.pack, step, path),
    ...missing('an approval', known.approvals, one(guard?.approval, [...guardAt, 'approval'])),
    ...missing(
      'an earlier step',
      before.map(({ id }) => id),
      each(guard?.evidenceFirst ?? [], [...guardAt, 'evidenceFirst']),
    ),
    ...missing(
      'a step beside it',
      beside.map(({ id }) => id),
      one(guard?.revertedBy, [...guardAt, 'revertedBy']),
    ),
    ...missing('an output', outputs, one(from, [...path, ...at, 'from'])),
    ...missing(
      'an output',
      outputs,
      one(stdin !== undefined && 'output' in stdin ? stdin.output : undefined, [...path, 'stdin', 'output']),
    ),
    ...missing(
      'a secret parameter',
      known.secret,
      one(stdin !== undefined && 'secret' in stdin ? stdin.secret : undefined, [...path, 'stdin', 'secret']),
    ),
  ]
}

const outputsOf = (steps: readonly Step[]): string[] => steps.flatMap(({ output }) => output ?? [])

const atAPlace = /^(?:compose|container|host|folder|file|archive|log|certificate)-/

/** Kinds whose target is reached over the network where it is bound; all others need to know the machine. */
function placeProblems(pack: PackShape, { step, path }: PlacedStep): Problem[] {
  const call = callOf(step)?.call ?? null
  const kind = call !== null && 'kind' in call && typeof call.kind === 'string' ? call.kind : ''
  const takes = step.type === 'evidence' && (step.take.from === 'program' || step.take.from === 'files')
  const needed = atAPlace.test(kind) || takes || step.type === 'local-command'
  if (!needed || step.place !== undefined) return []
  const valid = pack.places.map(({ id }) => id)
  return [{ path, message: 'has no place, and only a place says on which machine', valid }]
}

function withProblems({ parameters }: PackShape, { onlyWith }: Step, path: Path): Problem[] {
  if (onlyWith === undefined) return []
  const open = parameters.filter(({ secret, list }) => !secret && !list)
  const { choices = [] } = open.find(({ id }) => id === onlyWith.parameter) ?? {}
  const at = [...path, 'onlyWith']
  return [
    ...missing(
      'a parameter',
      open.map(({ id }) => id),
      one(onlyWith.parameter, [...at, 'parameter']),
    ),
    ...(choices.length === 0 ? [] : missing('a choice', choices, each(onlyWith.values, [...at, 'values']))),
  ]
}

/** A secret may stand by name where no program and no reader sees it, and nowhere else in a step. */
function textProblems(known: Known, { step, path, before }: PlacedStep): Problem[] {
  const outputs = outputsOf(before)
  const secretOutputs = outputsOf(before.filter((one) => one.type === 'probe' && one.call.kind === 'generate-secret'))
  const ofSecrets = step.forEach !== undefined && known.secret.includes(step.forEach)
  const secret = ofSecrets ? [...known.secret, 'value'] : known.secret
  const open = [...known.open, ...outputs]
    .filter((name) => !secretOutputs.includes(name))
    .filter((name) => !secret.includes(name))
  return textsIn(step).flatMap(({ path: at, text }) => {
    const allowed = isHidden(step, at) ? [...open, ...secret] : open
    return placeholders(text).flatMap((name) => nameProblem(name, allowed, secret, [...path, ...at]))
  })
}

function nameProblem(name: string, open: readonly string[], secret: readonly string[], path: Path): Problem[] {
  if (open.includes(name)) return []
  const message = secret.includes(name)
    ? 'names a secret parameter where others could read it'
    : 'names a parameter or an output that the pack does not have'
  return [{ path, message, valid: open }]
}

/** Whether the text at this place of the step goes over a connection of Muster's own and is shown nowhere. */
function isHidden(step: Step, at: Path): boolean {
  if (step.type !== 'probe' && step.type !== 'action') return false
  const [call, field, , part] = at
  if (call !== 'call') return false
  return (field === 'headers' && part === 'value') || secretFields[step.call.kind]?.includes(String(field)) === true
}
