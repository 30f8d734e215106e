import type { Pack } from '../../shared/packs/pack.ts'
import type { Stage } from '../../shared/packs/stage.ts'
import { todoWords } from '../words/todo.ts'
import { StepLine } from './step-line.tsx'

/** The stages of a phase or scenario: each with its steps, then the ways among which one is chosen. */
export function StageSteps({ stages, pack }: { readonly stages: readonly Stage[]; readonly pack: Pack }) {
  return stages.map((stage) => (
    <div key={stage.id}>
      {stages.length === 1 ? null : <p className="step-head">{stage.title}</p>}
      {stage.steps.map((step) => (
        <StepLine key={step.id} step={step} pack={pack} />
      ))}
      {stage.options.length === 0 ? null : <p className="step-head">{todoWords.oneOf}</p>}
      {stage.options.map((option) => (
        <details key={option.id} className="step">
          <summary>{todoWords.option(option.title, option.lastResort)}</summary>
          <div className="step-body">
            {option.when === undefined ? null : <p>{todoWords.when(option.when)}</p>}
            {option.steps.map((step) => (
              <StepLine key={step.id} step={step} pack={pack} />
            ))}
          </div>
        </details>
      ))}
    </div>
  ))
}
