import type { Pack } from '../../shared/packs/pack.ts'
import type { Step } from '../../shared/packs/step.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { todoWords } from '../words/todo.ts'

/** One step of the runbook: what, what can go wrong, and the command a person would type. Muster does not run it. */
export function StepLine({ step, pack }: { readonly step: Step; readonly pack: Pack }) {
  const place = pack.places.find(({ id }) => id === step.place)
  return (
    <details className="step">
      <summary>
        <span>{step.title}</span> <span className="tag">{todoWords.kinds[step.type]}</span>
      </summary>
      <div className="step-body">
        {step.when === undefined ? null : <p>{todoWords.when(step.when)}</p>}
        {step.warning === undefined ? null : <p className="line-due">△ {step.warning}</p>}
        {step.type === 'manual' ? <p>{step.text}</p> : null}
        {step.note === undefined ? null : <p className="faint">{step.note}</p>}
        {place === undefined ? null : <p className="faint">{todoWords.at(place.title)}</p>}
        {step.command === undefined ? null : <CopyText text={step.command} />}
      </div>
    </details>
  )
}
