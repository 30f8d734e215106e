import { type Clock, clockOf } from './clock.ts'
import { spellLimit } from './duration.ts'
import { listOf } from './entries.ts'
import type { ClockInput } from './input.ts'

/** How much of what is to be done a clock's title says, in characters. */
const TITLE = 120

export function checkBackClockId(task: string): string {
  return `check-back:${task}`
}

/** As many of those that ended late are told; the journal has them all. */
const MOST_LATE = 20

/**
 * When somebody asks back how a task goes: of those that run, and of those that ended late. An incident that has ended asks for
 * none. An incident may have thousands of tasks, and this is asked every second.
 */
export function checkBackClocks(input: ClockInput, nowMs: number): Clock[] {
  const running = input.tasks.filter(({ endedAt }) => endedAt === null)
  const late = input.tasks.filter(endedLate).slice(-MOST_LATE)
  return [...running, ...late].flatMap((task) => {
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

function endedLate({ from, minutes, endedAt }: ClockInput['tasks'][number]): boolean {
  return endedAt !== null && Date.parse(endedAt) >= Date.parse(from) + minutes * 60_000
}
