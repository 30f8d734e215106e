import { useState } from 'react'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Step } from '../../shared/packs/step.ts'
import { StepBody, StepTags } from '../packs/step-parts.tsx'
import { stepWords } from '../words/steps.ts'
import { ByHand, doneOf } from './by-hand.tsx'
import type { Ticking } from './ticking.ts'

interface Props {
  readonly step: Step
  readonly pack: Pack
  readonly beside: readonly Step[]
  /** The stage's id, with the option's behind a slash. */
  readonly stage: string
  readonly ticking: Ticking
}

/** One step of the runbook in a line: its body is drawn once somebody opens it. Muster does not run it. */
export function StepLine({ step, pack, beside, stage, ticking }: Props) {
  const [isOpen, setOpen] = useState(false)
  const done = doneOf({ step, stage, ticking })
  return (
    <details className="step" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {done.length === 0 ? null : <span className="step-done">☑ {stepWords.isDone(done.length)} </span>}
        <span>{step.title}</span> <StepTags step={step} />
      </summary>
      {isOpen ? (
        <>
          <StepBody step={step} pack={pack} beside={beside} />
          <ByHand step={step} stage={stage} ticking={ticking} />
        </>
      ) : null}
    </details>
  )
}
