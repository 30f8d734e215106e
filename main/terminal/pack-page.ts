import type { LoadedPack } from '../packs/pack-file.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Stage, StageOption } from '../../shared/packs/stage.ts'
import type { Step } from '../../shared/packs/step.ts'
import { stepsIn } from '../../shared/packs/steps-of.ts'
import type { PlaceBinding, TargetBinding } from '../../shared/targets/binding.ts'
import { counted, plain, table } from './text.ts'

/** What of a pack is bound, by the ids that it has in the pack. */
export interface Bound {
  readonly places: Readonly<Record<string, PlaceBinding>>
  readonly targets: Readonly<Record<string, TargetBinding>>
}

/** A part of a pack that has stages: a phase, a scenario or a routine. */
export interface Part {
  readonly kind: 'phase' | 'scenario' | 'routine'
  readonly id: string
  readonly title: string
  readonly summary?: string | undefined
  readonly symptoms?: readonly { readonly text: string }[]
  readonly stages: readonly Stage[]
}

/** Phases, scenarios and routines, in this order. */
export function partsOf(pack: Pack): Part[] {
  return [
    ...pack.phases.map((one): Part => ({ kind: 'phase', ...one })),
    ...pack.scenarios.map((one): Part => ({ kind: 'scenario', ...one })),
    ...pack.routines.map((one): Part => ({ kind: 'routine', ...one })),
  ]
}

/** A pack on a page: what it is for, its levels, its parts with the ids to look further, and what is not bound yet. */
export function packLines({ pack, hash }: LoadedPack, bindings: Bound): string[] {
  const { source } = pack
  return [
    `${plain(pack.title)} (${pack.id}), version ${pack.version}`,
    `For: ${plain(pack.scope)}`,
    `Source: ${plain([source.document, source.category, source.control, source.updated].filter((one) => one !== null).join(' · '))}`,
    `sha256 ${hash}`,
    '',
    ...table([
      ['LEVEL', 'NAME', 'RANK', 'RESPOND WITHIN', 'WHAT IT IS'],
      ...pack.severities.map(({ code, name, rank, respondWithinMinutes, summary }) => [
        ...[code, name, String(rank)],
        respondWithinMinutes === null ? 'not stated' : `${respondWithinMinutes} min`,
        summary,
      ]),
    ]),
    '',
    ...table([
      ['PART', 'ID', 'TITLE', 'STEPS'],
      ...partsOf(pack).map(({ kind, id, title, stages }) => [kind, id, title, String(stepsIn(stages).length)]),
    ]),
    '',
    counts(pack),
    ...boundLines(pack, bindings, null),
    '',
    `A part as a page: muster packs show ${pack.id} ID`,
  ]
}

function counts(pack: Pack): string {
  return [
    counted(pack.triage.questions.length, 'triage question'),
    counted(pack.roles.length, 'role'),
    counted(pack.escalation.length, 'edge of the escalation', 'edges of the escalation'),
    counted(pack.templates.length, 'template'),
    counted(pack.parameters.length, 'parameter'),
  ].join(', ')
}

/** One phase, scenario or routine, step by step, with the command that a person would type for each. */
export function partLines(pack: Pack, part: Part, bindings: Bound): string[] {
  const used = stepsIn(part.stages)
  return [
    `${plain(part.title)} (${part.kind} ${part.id} of ${pack.id})`,
    ...(part.summary === undefined ? [] : [plain(part.summary)]),
    ...list(
      'What people notice:',
      (part.symptoms ?? []).map(({ text }) => text),
    ),
    ...part.stages.flatMap((stage) => stageLines(pack, stage)),
    ...boundLines(pack, bindings, used),
  ]
}

function stageLines(pack: Pack, stage: Stage): string[] {
  return [
    '',
    `${plain(stage.title)} [${stage.purpose}]`,
    ...(stage.summary === undefined ? [] : [plain(stage.summary)]),
    ...numbered(pack, stage.steps, '  '),
    ...(stage.options.length === 0 ? [] : ['  One of:']),
    ...stage.options.flatMap((option) => optionLines(pack, option)),
  ]
}

function optionLines(pack: Pack, option: StageOption): string[] {
  return [
    `  * ${plain(option.title)}${option.lastResort ? ' [last resort]' : ''}${option.when === undefined ? '' : `, only when: ${plain(option.when)}`}`,
    ...(option.approval === undefined ? [] : [`    Needs the yes of: ${approvers(pack, option.approval)}`]),
    ...numbered(pack, option.steps, '    '),
  ]
}

function numbered(pack: Pack, steps: readonly Step[], indent: string): string[] {
  return steps.flatMap((step, index) => {
    const [head = '', ...rest] = stepLines(pack, step)
    const number = `${index + 1}. `
    return [`${indent}${number}${head}`, ...rest.map((line) => `${indent}${' '.repeat(number.length)}${line}`)]
  })
}

function stepLines(pack: Pack, step: Step): string[] {
  const placed = step.place === undefined ? '' : `, at ${plain(titleOf(pack.places, step.place))}`
  const guard = guardOf(step)
  return [
    `${plain(step.title)} [${kindOf(step)}${placed}]`,
    ...said('Only when:', step.when),
    ...(step.onlyIf === undefined ? [] : [`Only if '${step.onlyIf.step}' came out ${step.onlyIf.came}.`]),
    ...(step.onlyWith === undefined
      ? []
      : [`Only where ${step.onlyWith.parameter} is ${plain(step.onlyWith.values.join(' or '))}.`]),
    ...(step.severities.length === 0 ? [] : [`Only at ${step.severities.join(', ')}.`]),
    ...(step.forEach === undefined ? [] : [`Once for each of ${step.forEach}.`]),
    ...bodyLines(step),
    ...commandLines(step),
    ...(guard?.risk === undefined ? [] : [`Risk: ${guard.risk}.`]),
    ...(guard?.approval === undefined ? [] : [`Needs the yes of: ${approvers(pack, guard.approval)}`]),
    ...(guard?.timeBoxMinutes === undefined ? [] : [`Taken back after ${guard.timeBoxMinutes} min.`]),
    ...said('Warning:', step.warning),
    ...said('Note:', step.note),
  ]
}

interface Guard {
  readonly risk?: string
  readonly approval?: string | undefined
  readonly timeBoxMinutes?: number | undefined
}

function guardOf(step: Step): Guard | null {
  if (step.type === 'action') return step
  if (step.type === 'manual') return { approval: step.approval }
  if (step.type !== 'local-command' && step.type !== 'statement') return null
  return step.effect.does === 'changes' ? step.effect : null
}

function kindOf(step: Step): string {
  return step.type === 'probe' || step.type === 'action' ? `${step.type}: ${step.call.kind}` : step.type
}

function bodyLines(step: Step): string[] {
  switch (step.type) {
    case 'check':
      return [...(step.text === step.title ? [] : [plain(step.text)]), ...said('', step.detail)]
    case 'manual':
      return said('', step.text)
    case 'link':
      return step.command === undefined ? [plain(step.url)] : []
    case 'wait':
      return [
        step.seconds === null
          ? `Wait${step.until === undefined ? '' : ` until ${plain(step.until)}`}.`
          : `Wait ${step.seconds} s.`,
      ]
    case 'evidence':
      return [`Kept as ${plain(step.saveAs)}.`]
    default:
      return []
  }
}

/** The command that a person would type, as it is: it may have several lines. */
function commandLines(step: Step): string[] {
  const command = 'command' in step ? step.command : undefined
  if (command === undefined) return []
  return plain(command)
    .trimEnd()
    .split('\n')
    .map((line, index) => `${index === 0 ? '$' : ' '} ${line}`)
}

function said(lead: string, text: string | undefined): string[] {
  if (text === undefined) return []
  const [first = '', ...rest] = plain(text).trimEnd().split('\n')
  return [`${lead} ${first}`.trim(), ...rest]
}

function list(head: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [head, ...items.map((item) => `- ${plain(item)}`)]
}

function approvers(pack: Pack, approval: string): string {
  const roles = pack.approvals.find(({ id }) => id === approval)?.roles ?? []
  const words = roles.map((any) => any.map((role) => titleOf(pack.roles, role)).join(' or '))
  return words.length === 0
    ? `${plain(titleOf(pack.approvals, approval))} (the runbook names nobody)`
    : plain(words.join(', and '))
}

function titleOf(items: readonly { readonly id: string; readonly title: string }[], id: string): string {
  return items.find((item) => item.id === id)?.title ?? id
}

/** Where places and targets are bound to; of some steps, those that the steps use. */
function boundLines(pack: Pack, bindings: Bound, steps: readonly Step[] | null): string[] {
  const named = JSON.stringify(steps)
  const isUsed = ({ id }: { id: string }) => steps === null || named.includes(`"${id}"`)
  const rows = [
    ...pack.places.filter(isUsed).map(({ id, title }) => ['place', id, title, placeWords(bindings.places[id])]),
    ...pack.targets.filter(isUsed).map(({ id, title }) => ['target', id, title, targetWords(bindings.targets[id])]),
  ]
  return rows.length === 0 ? [] : ['', ...table([['WHERE', 'ID', 'TITLE', 'BOUND TO'], ...rows])]
}

function placeWords(binding: PlaceBinding | undefined): string {
  if (binding === undefined) return 'not bound'
  switch (binding.at) {
    case 'ssh':
      return `ssh ${binding.host}`
    case 'container':
      return `container ${binding.container}`
    case 'pod':
      return `pod ${binding.namespace}/${binding.pod}`
    case 'this-machine':
      return 'this machine'
  }
}

function targetWords(binding: TargetBinding | undefined): string {
  return binding === undefined ? 'not bound' : `${binding.address ?? 'as the pack says'} (${binding.route})`
}
