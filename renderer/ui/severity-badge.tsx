import type { Severity } from '../../shared/incident/entries.ts'
import { incidentWords } from '../words/incident.ts'
import { Shape } from './severity-mark.tsx'

interface Props {
  readonly severity: Pick<Severity, 'code' | 'name' | 'rank'> | null
  readonly assumed: boolean
}

/** A severity to be read from across the room. */
export function SeverityBadge({ severity, assumed }: Props) {
  if (severity === null) {
    return (
      <span className="severity-badge none">
        <span className="code">○ ?</span>
        <span className="name">{incidentWords.noSeverity}</span>
      </span>
    )
  }
  return (
    <span className={`severity-badge rank-${severity.rank}`}>
      <span className="code">
        <Shape rank={severity.rank} /> {severity.code}
      </span>
      <span className="name">{severity.name}</span>
      {assumed ? <span className="name">△ {incidentWords.assumed}</span> : null}
    </span>
  )
}
