import type { IncidentState } from '../../shared/incident/state.ts'
import { useNow, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { incidentWords } from '../words/incident.ts'
import { shortTime, zoneName } from '../words/time.ts'
import type { Verbs } from './room-commands.ts'

interface Props {
  readonly state: IncidentState
  readonly verbs: Verbs
}

/** A line across the room while the incident is not confirmed yet, or has ended. */
export function Banner({ state, verbs }: Props) {
  const nowMs = useNow()
  const zone = useZone()
  const { status, resolvedAt } = state.core
  if (status === 'open') return null
  if (status === 'unconfirmed') {
    return (
      <div className="banner">
        <span>△ {incidentWords.unconfirmed}</span>
        <CommandButton command={verbs.confirm} />
        <CommandButton command={verbs.resolve}>{incidentWords.resolveDialog.falseAlarm}</CommandButton>
      </div>
    )
  }
  const time = resolvedAt === null ? '' : `${shortTime(resolvedAt, nowMs, zone)} ${zoneName(zone)}`
  return (
    <div className="banner">
      <span>{incidentWords.ended(incidentWords.statuses[status], time)}</span>
      <CommandButton command={verbs.export} />
      <CommandButton command={verbs.reopen} />
    </div>
  )
}
