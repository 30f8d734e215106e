import { type Checks, isOfItem } from '../../shared/checklists/entries.ts'
import type { Stage } from '../../shared/packs/stage.ts'
import type { Step } from '../../shared/packs/step.ts'
import type { Ticking } from './ticking.ts'

/** A step of a list, with the stage that it stands in. */
export interface StepAt {
  readonly step: Step
  readonly stage: string
}

/** The steps of a list that everybody does: those of a way among several are chosen first. */
function stepsOf(stages: readonly Stage[]): StepAt[] {
  return stages.flatMap((stage) => stage.steps.map((step) => ({ step, stage: stage.id })))
}

function isDone({ step, stage }: StepAt, checks: Checks, list: Ticking['list']): boolean {
  return checks.some((one) => isOfItem(one, { list, stage, item: { id: step.id } }))
}

/** What is left of a list, in its order; how many of how many are done; how many stages have ways to choose among. */
export function openSteps(stages: readonly Stage[], { checks, list }: Pick<Ticking, 'checks' | 'list'>) {
  const all = stepsOf(stages)
  const open = all.filter((one) => !isDone(one, checks, list))
  return { open, of: all.length, ways: stages.filter(({ options }) => options.length > 0) }
}
