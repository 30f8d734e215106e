import type { Pack } from '../packs/pack.ts'
import { clocksAfterEnd } from './after-end.ts'
import { checkBackClocks } from './check-back.ts'
import { type Clock, clockOf } from './clock.ts'
import { spellLimit } from './duration.ts'
import { listOf } from './entries.ts'
import { escalationClocks } from './escalation/escalation-clocks.ts'
import type { ClockInput } from './input.ts'
import { notificationClocks } from './notifications.ts'
import { phaseClock } from './phases.ts'
import { regulatoryClocks } from './regulatory.ts'
import { responseClocks } from './response.ts'
import { situationsOf } from './situations.ts'
import { updateClocks } from './updates.ts'

/**
 * The clocks of an incident at `nowMs` (milliseconds since 1970): overdue ones first, the longest overdue on top, then those
 * that run, soonest first, then those that stand still, then guides, then those that ended. Computed anew each time, so no
 * restart or sleep loses one. A limit that was missed is never taken back by what happens later: where another one takes its
 * place, the missed one stays among those that ended.
 */
export function clocksOf(input: ClockInput, pack: Pack, nowMs: number): Clock[] {
  const situations = situationsOf(input, pack)
  const phase = phaseClock(input, pack, nowMs)
  return [
    ...responseClocks(input, pack, nowMs),
    ...notificationClocks(input, pack, situations, nowMs),
    ...updateClocks(input, pack, situations, nowMs),
    ...escalationClocks(input, pack, situations, nowMs),
    ...checkBackClocks(input, nowMs),
    ...timeBoxClocks(input, nowMs),
    ...regulatoryClocks(input, pack, nowMs),
    ...(phase === null ? [] : [phase]),
    ...clocksAfterEnd(input, pack, situations, nowMs),
  ].toSorted((a, b) => order(a) - order(b) || Date.parse(a.dueAt) - Date.parse(b.dueAt))
}

function order({ endedAt, quiet, state }: Clock): number {
  if (endedAt !== null) return 4
  if (quiet) return 3
  return state === 'breached' ? 0 : state === 'paused' ? 2 : 1
}

/** What holds for a while only and then is taken back or looked at again. */
function timeBoxClocks(input: ClockInput, nowMs: number): Clock[] {
  return input.timeBoxes.flatMap((box) => {
    const id = `time-box:${box.id}`
    const clock = clockOf(
      {
        id,
        kind: 'time-box',
        title: box.title,
        owner: box.owner,
        startMs: Date.parse(box.startedAt),
        startEntry: box.startEntry,
        minutes: box.minutes,
        rule: `Taken back after ${spellLimit(box.minutes)}.`,
        stoppedBy: 'It is taken back, or kept on purpose.',
        end: box.endedAt === null ? null : { at: box.endedAt, done: true },
        pauses: listOf(input.pauses, id),
      },
      nowMs,
    )
    return clock === null ? [] : [clock]
  })
}
