import type { Severity } from '../../shared/incident/entries.ts'
import { severityShape } from '../words/severity.ts'
import { incidentWords } from '../words/incident.ts'

/** The shape of a rank alone; words must stand beside it. */
export function Shape({ rank }: { readonly rank: number | null }) {
  return (
    <span className={rank === null ? 'faint' : `rank-${rank}`} aria-hidden="true">
      {severityShape(rank ?? 0)}
    </span>
  )
}

/** A severity in a line: shape, code and name. */
export function SeverityMark({ severity }: { readonly severity: Severity | null }) {
  if (severity === null) {
    return (
      <span className="faint">
        <Shape rank={null} /> {incidentWords.noSeverity}
      </span>
    )
  }
  return (
    <span className="severity-mark">
      <Shape rank={severity.rank} /> <b>{severity.code}</b> <span className="soft">{severity.name}</span>
    </span>
  )
}
