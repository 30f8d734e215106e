import { z } from 'zod'
import { timeSchema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

/** Somebody is on it: the response clock stops. */
export const respondedKind = kindOf('responded', z.strictObject({}))

/** An alarm was given for a clock, so that no desk and no restart gives it twice. `clock` is the clock's id. */
export const alarmGivenKind = kindOf(
  'alarm-given',
  z.strictObject({ clock: z.string(), title: z.string(), due_at: timeSchema }),
)

export const clockKinds = [respondedKind, alarmGivenKind] as const

export type ClockEntry = EntryOf<(typeof clockKinds)[number]>

/** When the response came (ISO UTC), and the alarms given as 'clock id @ due time'. */
export interface ClockFacts {
  readonly respondedAt: string | null
  readonly alarms: readonly string[]
}

export const emptyClockFacts: ClockFacts = { respondedAt: null, alarms: [] }

export function alarmKey(clock: string, dueAt: string): string {
  return `${clock} @ ${dueAt}`
}

export function stepClocks(facts: ClockFacts, entry: ClockEntry): ClockFacts {
  if (entry.kind === 'responded') return { ...facts, respondedAt: facts.respondedAt ?? entry.happened_at }
  return { ...facts, alarms: [...facts.alarms, alarmKey(entry.body.clock, entry.body.due_at)] }
}
