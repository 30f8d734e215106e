import type { ActionCall } from './action-call.ts'
import type { ProbeCall } from './probe-call.ts'
import type { Stage } from './stage.ts'
import type { Step } from './step.ts'
import { stepsIn } from './steps-of.ts'

/** Ids of the places and targets that some steps run at and speak with, in the order of their first use. */
export interface Uses {
  readonly places: readonly string[]
  readonly targets: readonly string[]
}

export function usesOf(stages: readonly Stage[]): Uses {
  const steps = stepsIn(stages)
  return {
    places: once(steps.map(({ place }) => place)),
    targets: once(steps.map(targetOf)),
  }
}

function targetOf(step: Step): string | undefined {
  if (step.type === 'statement') return step.target
  if (step.type === 'evidence') {
    if (step.take.from === 'database') return step.take.target
    return step.take.from === 'probe' ? targetOfCall(step.take.call) : undefined
  }
  return step.type === 'probe' || step.type === 'action' ? targetOfCall(step.call) : undefined
}

function targetOfCall(call: ProbeCall | ActionCall): string | undefined {
  return 'target' in call ? call.target : undefined
}

function once(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))]
}
