import type { CustodyStep, EvidenceBundle } from '../../shared/evidence/entries.ts'
import { useZone } from '../stores.ts'
import { evidenceWords } from '../words/evidence.ts'
import { timeOfDay } from '../words/time.ts'

interface Props {
  readonly bundle: EvidenceBundle
  /** Steps that are about another item are left out; null: all. */
  readonly item: string | null
}

/** Whose hands a bundle went through, oldest first. */
export function Custody({ bundle, item }: Props) {
  const zone = useZone()
  const steps = bundle.custody.filter((step) => step.item === null || item === null || step.item === item)
  return (
    <details className="custody" open={bundle.lastCheck !== null && bundle.lastCheck.result !== 'match'}>
      <summary>{evidenceWords.custody(steps.length)}</summary>
      <ol>
        {steps.map((step) => (
          <li key={step.entry}>
            <span className="mono faint">{timeOfDay(step.at, zone)}</span> {step.by} {did(step)}
            {step.because === null ? null : <span className="soft"> · {step.because}</span>}
          </li>
        ))}
      </ol>
    </details>
  )
}

function did({ what, item, result, to, how }: CustodyStep): string {
  const came = result === null ? '' : `: ${evidenceWords.checks[result]}`
  if (what === 'released') return `${evidenceWords.released(item ?? '', to ?? '', how ?? '')}${came}`
  return what === 'checked' ? `${evidenceWords.hashed}${came}` : evidenceWords.collected
}
