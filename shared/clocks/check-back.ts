import { type Clock, clockOf } from './clock.ts'
import { spellLimit } from './duration.ts'
import { listOf } from './entries.ts'
import type { ClockInput } from './input.ts'

/** How much of what is to be done a clock's title says, in characters. */
const TITLE = 120

export function checkBackClockId(task: string): string {
  return `check-back:${task}`
}

/** When somebody asks back how a task goes. An incident that has ended asks for none. */
export function checkBackClocks(input: ClockInput, nowMs: number): Clock[] {
  return input.tasks.flatMap((task) => {
    const id = checkBackClockId(task.id)
    const endedAt = task.endedAt ?? input.resolvedAt
    const clock = clockOf(
      {
        id,
        kind: 'check-back',
        title: `Ask ${task.owner} back: ${task.text}`.slice(0, TITLE),
        owner: input.commander,
        startMs: Date.parse(task.from),
        startEntry: task.startEntry,
        minutes: task.minutes,
        rule: `The task was given for ${spellLimit(task.minutes)}.`,
        stoppedBy: 'The task is done or dropped; asking back starts it anew.',
        end: endedAt === null ? null : { at: endedAt, done: task.endedAt !== null },
        pauses: listOf(input.pauses, id),
      },
      nowMs,
    )
    return clock === null ? [] : [clock]
  })
}
