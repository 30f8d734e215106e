import type { Finding } from '../../shared/findings/finding.ts'
import { tallyOf } from '../../shared/findings/tally.ts'
import type { IncidentState } from '../../shared/incident/state.ts'
import { useOfNow } from '../stores.ts'
import { findingWords } from '../words/findings.ts'

interface Props {
  readonly state: IncidentState
  readonly findings: readonly Finding[]
}

/** How many there are, how many of them are waived, and how they stand to the sweep before, in a sentence. */
export function TallyLine({ state, findings }: Props) {
  const { sweep, waivers, core } = state
  const before = sweep?.earlier[sweep.summary.endpoint.id] ?? null
  const [counted, compared] = useOfNow((nowMs) => {
    const tally = tallyOf(findings, { before, began: core.detectedAt, waivers, nowMs })
    return [findingWords.tally(tally), findingWords.compared(tally, before !== null)]
  })
  return (
    <p className="tally">
      <b>{counted}</b>
      {compared === '' ? null : <span className="soft"> · {compared}</span>}
    </p>
  )
}
