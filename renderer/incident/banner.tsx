import { useStore } from 'zustand'
import type { IncidentState } from '../../shared/incident/state.ts'
import { tiedBack } from '../classify/tied-back.ts'
import { useClassifyCommands } from '../classify/use-classify-commands.ts'
import type { Command } from '../keys/commands.ts'
import { useOfNow, useStores, useZone } from '../stores.ts'
import { CommandButton } from '../ui/command-button.tsx'
import { classifyWords } from '../words/classify.ts'
import { falseAlarmWords } from '../words/false-alarm.ts'
import { incidentWords } from '../words/incident.ts'
import { shortTime, zoneName } from '../words/time.ts'
import type { Verbs } from './room-commands.ts'

interface Props {
  readonly state: IncidentState
  readonly verbs: Verbs
}

/** Lines across the room: that the incident is not confirmed yet, or has ended; a reason that is owed; who points here. */
export function Banner({ state, verbs }: Props) {
  const { why } = useClassifyCommands(state)
  return (
    <>
      <StatusLine state={state} verbs={verbs} />
      <OwedLine state={state} why={why} />
      <BackLine id={state.id} />
    </>
  )
}

function StatusLine({ state, verbs }: Props) {
  const zone = useZone()
  const { status, resolvedAt } = state.core
  const ended = useOfNow((nowMs) => (resolvedAt === null ? '' : shortTime(resolvedAt, nowMs, zone)))
  if (status === 'open') return null
  if (status === 'unconfirmed') {
    return (
      <div className="banner">
        <span>△ {falseAlarmWords.looking}</span>
        <CommandButton command={verbs.confirm}>{falseAlarmWords.real}</CommandButton>
        <CommandButton command={verbs.resolve}>{falseAlarmWords.go}</CommandButton>
      </div>
    )
  }
  const time = ended === '' ? '' : `${ended} ${zoneName(zone)}`
  return (
    <div className="banner">
      <span>{incidentWords.ended(incidentWords.statuses[status], time)}</span>
      <CommandButton command={verbs.export} />
      <CommandButton command={verbs.reopen} />
    </div>
  )
}

/** A severity that was set in a hurry: it holds, and somebody still owes the reason. */
function OwedLine({ state, why }: { readonly state: IncidentState; readonly why: Command }) {
  const zone = useZone()
  const held = state.core.severities.find(({ owed }) => owed)
  const when = useOfNow((nowMs) => (held === undefined ? '' : shortTime(held.at, nowMs, zone)))
  if (held === undefined) return null
  return (
    <div className="banner">
      <span>△ {classifyWords.why.owed(held.severity.code, `${when} ${zoneName(zone)}`)}</span>
      <CommandButton command={why}>{classifyWords.why.go}</CommandButton>
    </div>
  )
}

/** Incidents that were tied to this one from their side: its own room must say so too. */
function BackLine({ id }: { readonly id: string }) {
  const { board, view } = useStores()
  const rows = useStore(board.store, (known) => known.rows)
  const back = tiedBack(rows ?? [], id)
  if (back.length === 0) return null
  return (
    <div className="banner">
      {back.map(({ row, how }) => (
        <button
          key={row.id}
          type="button"
          className="btn plain"
          onClick={() => view.show({ name: 'incident', id: row.id })}
        >
          {row.number} {row.title}: {classifyWords.relate.back[how]}
        </button>
      ))}
    </div>
  )
}
