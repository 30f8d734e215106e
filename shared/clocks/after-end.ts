import type { Pack } from '../packs/pack.ts'
import { type Clock, clockOf } from './clock.ts'
import { spellLimit } from './duration.ts'
import { listOf } from './entries.ts'
import { type ClockInput, earliest } from './input.ts'
import type { Situation } from './situations.ts'

/** The id of the clock of something to do afterwards. */
export function postIncidentClockId(item: string): string {
  return `post-incident:${item}`
}

/** What is due once an incident is over: the post-mortem and each item of the pack that has a time. None after a false alarm. */
export function clocksAfterEnd(
  input: ClockInput,
  pack: Pack,
  situations: readonly Situation[],
  nowMs: number,
): Clock[] {
  const { resolvedAt } = input
  if (resolvedAt === null || input.falseAlarm) return []
  const reached = new Set(situations.flatMap(({ severity }) => (severity === null ? [] : [severity.id])))
  // A deadline for some severities holds for an incident that was ever one of them.
  const holds = (severities: readonly string[]) => severities.length === 0 || severities.some((id) => reached.has(id))
  return [
    ...(holds(pack.postMortem.dueSeverities) ? postMortemClock(input, pack, { resolvedAt, nowMs }) : []),
    ...pack.postIncident
      .filter(({ severities }) => holds(severities))
      .flatMap((item) => itemClock(item, input, { resolvedAt, nowMs })),
  ]
}

interface Over {
  readonly resolvedAt: string
  readonly nowMs: number
}

function postMortemClock(input: ClockInput, pack: Pack, { resolvedAt, nowMs }: Over): Clock[] {
  const { dueWithinHours: hours, due } = pack.postMortem
  if (hours === null) return []
  const written = input.postMortemAt !== null && input.postMortemAt >= resolvedAt ? input.postMortemAt : null
  const ended = earliest(written, metAt(input, 'post-mortem', resolvedAt))
  const isWritten = due === 'written'
  const clock = clockOf(
    {
      id: 'post-mortem',
      kind: 'post-mortem',
      title: isWritten ? 'Post-mortem' : 'Post-mortem scheduled',
      owner: input.commander,
      startMs: Date.parse(resolvedAt),
      startEntry: input.resolvedEntry,
      minutes: hours * 60,
      rule: `Post-mortem ${isWritten ? '' : 'scheduled '}within ${spellLimit(hours * 60)} after the incident is resolved.`,
      stoppedBy: isWritten ? 'The post-mortem is exported.' : 'That it is scheduled is logged, or it is exported.',
      end: ended === null ? null : { at: ended, done: true },
      pauses: listOf(input.pauses, 'post-mortem'),
    },
    nowMs,
  )
  return clock === null ? [] : [clock]
}

function itemClock(item: Pack['postIncident'][number], input: ClockInput, { resolvedAt, nowMs }: Over): Clock[] {
  const { withinHours, fromHours, condition } = item
  if (withinHours === null) return []
  const id = postIncidentClockId(item.id)
  const ended = metAt(input, id, resolvedAt)
  const from = fromHours ?? 0
  const clock = clockOf(
    {
      id,
      kind: 'post-incident',
      title: item.text,
      owner: input.commander,
      startMs: Date.parse(resolvedAt),
      startEntry: input.resolvedEntry,
      minutes: withinHours * 60,
      rule: `${item.text}: ${from === 0 ? 'within' : `${spellLimit(from * 60)} to`} ${spellLimit(withinHours * 60)} after the end${condition === undefined ? '' : `, if: ${condition}`}.`,
      stoppedBy: 'That it was done is logged.',
      end: ended === null ? null : { at: ended, done: true },
      pauses: listOf(input.pauses, id),
    },
    nowMs,
  )
  return clock === null ? [] : [clock]
}

/** When it was said to be done, after the resolution that it is due for. */
function metAt(input: ClockInput, id: string, resolvedAt: string): string | null {
  return listOf(input.met, id).find(({ at }) => at >= resolvedAt)?.at ?? null
}
