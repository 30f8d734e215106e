import { useState } from 'react'
import type { Pack } from '../../shared/packs/pack.ts'
import type { Step } from '../../shared/packs/step.ts'
import { StepBody, StepTags } from '../packs/step-parts.tsx'

interface Props {
  readonly step: Step
  readonly pack: Pack
  readonly beside: readonly Step[]
}

/** One step of the runbook in a line: its body is drawn once somebody opens it. Muster does not run it. */
export function StepLine({ step, pack, beside }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="step" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{step.title}</span> <StepTags step={step} />
      </summary>
      {isOpen ? <StepBody step={step} pack={pack} beside={beside} /> : null}
    </details>
  )
}
