import { labelsOf } from '../../shared/incident/labels.ts'
import type { Face } from './face.ts'
import { plain, table } from './text.ts'

/** `muster incidents` */
export async function incidentsCommand({ services, say }: Face): Promise<void> {
  const board = await services.desk.ask('board')
  const labels = labelsOf(board)
  const rows = board.map((row) => [
    labels.get(row.id) ?? row.number,
    row.mode === 'exercise' ? 'EXERCISE' : row.mode.toUpperCase(),
    row.severity?.code ?? '-',
    row.conflicts.length === 0 ? row.status : `${row.status}, CONFLICT`,
    row.commander ?? 'nobody',
    row.title,
  ])
  const none = 'No incidents. Declare one: muster declare --pack infinity --title "What is wrong"'
  say(
    { incidents: board.map((row) => ({ ...row, label: labels.get(row.id) ?? row.number })) },
    rows.length === 0 ? [none] : table([['NUMBER', 'MODE', 'SEVERITY', 'STATUS', 'COMMANDER', 'TITLE'], ...rows]),
  )
}

/** `muster note ID TEXT` */
export async function noteCommand({ services, by, say }: Face, named: string, text: string): Promise<void> {
  const { id, core } = await services.desk.ask('find', named)
  await services.desk.ask('note', id, text, null, by)
  say({ id, number: core.number }, [`Logged in ${core.number}.`])
}

/** `muster resolve ID` */
export async function resolveCommand(
  { services, by, say }: Face,
  named: string,
  options: { summary: string; falseAlarm?: boolean },
): Promise<void> {
  const { id, core } = await services.desk.ask('find', named)
  const outcome = options.falseAlarm === true ? 'false-alarm' : 'resolved'
  await services.desk.ask('resolve', id, outcome, options.summary, by)
  say({ id, number: core.number, outcome }, [
    outcome === 'resolved'
      ? `Resolved ${core.number}: ${plain(core.title)}.`
      : `Ended ${core.number} as a false alarm.`,
  ])
}
