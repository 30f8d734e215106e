import type { Approval, Pack } from '../../shared/packs/pack.ts'
import type { Stage } from '../../shared/packs/stage.ts'
import type { Step } from '../../shared/packs/step.ts'
import { span } from './time.ts'

/** How a change is held, wherever it stands in a step. */
export interface Guard {
  readonly risk: 'low' | 'medium' | 'high' | 'destroys'
  readonly approval?: string | undefined
  readonly timeBoxMinutes?: number | undefined
  readonly evidenceFirst: readonly string[]
  readonly revertedBy?: string | undefined
}

const list = (words: readonly string[]) => words.join(', ')

/* Words of a runbook's steps. */
export const stepWords = {
  kinds: {
    probe: 'look',
    action: 'change',
    'local-command': 'program',
    statement: 'statement',
    evidence: 'evidence',
    wait: 'wait',
    check: 'check',
    link: 'page',
    manual: 'by hand',
  } satisfies Record<Step['type'], string>,
  purposes: {
    assess: 'Assess',
    communicate: 'Communicate',
    diagnose: 'Diagnose',
    evidence: 'Take evidence',
    contain: 'Contain',
    mitigate: 'Mitigate',
    recover: 'Recover',
    verify: 'Verify',
    'follow-up': 'Follow up',
    routine: 'Routine',
  } satisfies Record<Stage['purpose'], string>,
  changes: 'changes something',
  reads: 'only reads',
  risk: {
    low: 'low risk',
    medium: 'medium risk',
    high: 'high risk',
    destroys: 'destroys data',
  } satisfies Record<Guard['risk'], string>,
  riskMeans: {
    low: 'It is undone by itself.',
    medium: 'It can be undone, by hand.',
    high: 'It interrupts users.',
    destroys: 'It loses data for good.',
  } satisfies Record<Guard['risk'], string>,
  /** A shape that is read as 'one of four', beside the words. */
  riskShape: { low: '●○○○', medium: '●●○○', high: '●●●○', destroys: '●●●●' } satisfies Record<Guard['risk'], string>,
  approval: 'needs a yes',
  approvalBy: (title: string, who: string) => `Ask first: ${title}. ${who}`,
  approvers: (approval: Approval, titleOf: (role: string) => string): string =>
    approval.roles.length === 0
      ? 'The runbook does not say who says yes.'
      : `Yes comes from ${approval.roles.map((roles) => roles.map(titleOf).join(' or ')).join(', and from ')}.`,
  lastResort: 'last resort',
  lastResortWhy: 'Last resort: only when nothing else has helped.',
  when: (condition: string) => `Only when: ${condition}`,
  onlyIf: (step: string, came: 'good' | 'bad') => `Only if '${step}' came out ${came}`,
  onlyWith: (parameter: string, values: readonly string[]) => `Only where ${parameter} is ${values.join(' or ')}`,
  onlyAt: (codes: readonly string[]) => `Only at ${list(codes)}`,
  forEach: (parameter: string) => `Once for each value of ${parameter}`,
  timeBox: (minutes: number) => `Taken back after ${span(minutes * 60_000)}.`,
  evidenceFirst: (titles: readonly string[]) => `Evidence first: ${list(titles)}.`,
  revertedBy: (title: string) => `Undone by: ${title}.`,
  /** What a good outcome looks like. */
  expect: {
    status: (statuses: readonly number[]) => `status ${statuses.join(' or ')}`,
    contains: (text: string) => `says '${text}'`,
    below: (value: number) => `below ${value}`,
    above: (value: number) => `above ${value}`,
    exit: (statuses: readonly number[]) => `exit ${statuses.join(' or ')}`,
    good: (words: string) => `Good is: ${words}.`,
    bad: (words: string) => `Bad: ${words}`,
  },
  output: (name: string) => `What comes out is called '${name}' below.`,
  savedAs: (name: string) => `Kept as ${name}.`,
  slow: 'May take more than a minute.',
  wait: (seconds: number | null, until: string | undefined) =>
    [
      seconds === null ? 'Wait until somebody says so' : `Wait ${span(seconds * 1_000)}`,
      until === undefined ? '' : `, until ${until}`,
      '.',
    ].join(''),
  where: (place: string) => `at ${place}`,
  fromHere: 'from this desk',
  on: (target: string) => `on ${target}`,
  note: (text: string) => `How it was read: ${text}`,
  byHand: 'Do it by hand and log what came of it: L.',
  tick: 'Tick when it holds',
  doneBy: (value: string | null, by: string, time: string) =>
    `${value === null ? 'Done' : `Done for ${value}`}, ${by}, ${time}`,
  isDone: (number: number) => (number === 1 ? 'done' : `done ${number} times`),
  done: 'Done by hand',
  notDone: 'Not done after all',
  result: 'What came of it (optional)',
  valueOf: (parameter: string) => `Which of ${parameter}`,
  oneOf: (number: number) => `One of these ${number}`,
  chosenBy: (parameter: string) => `Chosen by ${parameter}.`,
  steps: (number: number) => (number === 1 ? '1 step' : `${number} steps`),
  copyOf: (title: string) => `Copy the command of '${title}'`,
}

/** The title of a step's target where it names one. */
export function targetOf(step: Step, pack: Pack): string | null {
  const call = step.type === 'probe' || step.type === 'action' ? step.call : null
  const id = step.type === 'statement' ? step.target : call !== null && 'target' in call ? call.target : undefined
  return pack.targets.find((one) => one.id === id)?.title ?? null
}

/** How the step's change is held; null for what changes nothing, or says nothing about it. */
export function guardOf(step: Step): Guard | null {
  if (step.type === 'action') return step
  if (step.type !== 'local-command' && step.type !== 'statement') return null
  return step.effect.does === 'changes' ? step.effect : null
}
