import { type SuggestedSeverity, higherSeverity } from '../../shared/findings/higher-severity.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { waiverKeyOf } from '../../shared/findings/waivers.ts'
import { type IncidentState, isOpen } from '../../shared/incident/state.ts'
import type { Pack } from '../../shared/packs/pack.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'

/** What a person can do about a finding. */
export interface FindingActs {
  readonly asking: ReturnType<typeof useAsking>
  /** The severity that it suggests, where that is higher than the one in force and the incident still open. */
  suggested(finding: Finding): SuggestedSeverity | null
  /** Sets it, with the finding as the reason. */
  accept(finding: Finding): void
  /** Opens the dialog that waives it, or ends its waiver. */
  waive(finding: Finding): void
  /** Whether there is an answer to show: only what is kept can be opened. */
  hasEvidence(finding: Finding): boolean
  /** The exact request and the redacted answer that it was read from. */
  openEvidence(finding: Finding): void
}

export function useFindingActs(state: IncidentState, pack: Pack | null, isKept: boolean): FindingActs {
  const { rooms, view } = useStores()
  const asking = useAsking()
  const { id, sweep, core } = state
  const bundle = isKept ? (sweep?.bundle ?? null) : null
  const suggested = (finding: Finding) =>
    pack === null || sweep === null || bundle === null || !isOpen(state)
      ? null
      : higherSeverity(pack, finding, core.severity, sweep.at)
  return {
    asking,
    suggested,
    accept(finding) {
      const taken = suggested(finding)
      if (taken === null) return
      const change = { id, severity: taken.severity.id, answers: {}, reason: taken.reason }
      void asking.ask(() => rooms.change('setSeverity', change))
    },
    waive: (finding) => view.open({ name: 'waive', id, key: waiverKeyOf(finding), title: finding.title }),
    hasEvidence: (finding) => bundle !== null && finding.evidence.length > 0,
    openEvidence(finding) {
      const [item] = finding.evidence
      if (bundle !== null && item !== undefined) view.open({ name: 'evidence', id, bundle, item })
    },
  }
}
