import type { Pack } from '../../shared/packs/pack.ts'
import type { Step } from '../../shared/packs/step.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/asked.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { RefusalNote } from '../ui/refusal-note.tsx'
import { todoWords } from '../words/todo.ts'
import { isWhole } from './links.ts'

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
        {step.type === 'manual' || step.type === 'check' ? <p>{step.text}</p> : null}
        {step.type === 'check' && step.detail !== undefined ? <p className="soft">{step.detail}</p> : null}
        {step.note === undefined ? null : <p className="faint">{step.note}</p>}
        {place === undefined ? null : <p className="faint">{todoWords.at(place.title)}</p>}
        {step.type === 'link' && isWhole(step.url) ? <OpenLink url={step.url} /> : null}
        {!('command' in step) || step.command === undefined ? null : <CopyText text={step.command} />}
      </div>
    </details>
  )
}

/** The whole address stands on the button: nobody opens what they have not read. */
function OpenLink({ url }: { readonly url: string }) {
  const { links } = useStores()
  const asking = useAsking()
  return (
    <>
      <button type="button" className="btn link" onClick={() => void asking.ask(() => links.open(url))}>
        {todoWords.openLink(url)}
      </button>
      {asking.refusal === null ? null : <RefusalNote refusal={asking.refusal} />}
    </>
  )
}
