import type { Alarm } from './desk.ts'

/** More lines than these a desktop cuts off. */
const MOST_LINES = 4

export interface Notice {
  readonly title: string
  readonly body: string
}

/**
 * What a desktop notification says of the alarms that were rung together for one incident: which incident, what is due when,
 * and whose it is. `offsetMinutes`: how far the clock on the wall is ahead of UTC.
 */
export function noticeOf(alarms: readonly Alarm[], nowMs: number, offsetMinutes: number): Notice {
  const [first] = alarms
  if (first === undefined) throw new Error('A notice of no alarm')
  const head = `${first.mode === 'exercise' ? 'EXERCISE ' : ''}${first.number}`
  const timesOf = ({ dueAt }: Alarm) => times(dueAt, offsetMinutes)
  if (alarms.length === 1) {
    const whose = first.owner === null ? 'Nobody has it.' : `${first.owner} has it.`
    return { title: `${head}: ${first.title}`, body: `${stands(first, nowMs)} Due ${timesOf(first)}. ${whose}` }
  }
  const late = alarms.filter(({ at }) => at !== 'soon')
  const said = [
    ...(late.length === 0 ? [] : [`${late.length} ${late.length === 1 ? 'clock is' : 'clocks are'} overdue`]),
    ...(late.length === alarms.length ? [] : [`${alarms.length - late.length} due soon`]),
  ].join(', ')
  const lines = alarms
    .toSorted((a, b) => Number(a.at === 'soon') - Number(b.at === 'soon'))
    .map((alarm) => `${alarm.title}: due ${timesOf(alarm)}, ${alarm.owner ?? 'nobody has it'}`)
  const more = lines.length - MOST_LINES
  return {
    title: `${head}: ${said}`,
    body: [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`And ${more} more.`] : [])].join('\n'),
  }
}

function stands({ at, dueAt }: Alarm, nowMs: number): string {
  if (at === 'due') return 'Overdue.'
  if (at === 'snoozed') return 'Still overdue.'
  const seconds = Math.round((Date.parse(dueAt) - nowMs) / 1000)
  if (seconds < 90) return `${Math.max(0, seconds)} s left.`
  const minutes = Math.floor(seconds / 60)
  return minutes < 120 ? `${minutes} min left.` : `${Math.floor(minutes / 60)} h left.`
}

/** '14:20 UTC (15:20 here)' */
function times(at: string, offsetMinutes: number): string {
  const here = new Date(Date.parse(at) + offsetMinutes * 60_000).toISOString()
  const utc = `${at.slice(11, 16)} UTC`
  return offsetMinutes === 0 ? utc : `${utc} (${here.slice(11, 16)} here)`
}
