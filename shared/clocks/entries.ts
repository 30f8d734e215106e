import { z } from 'zod'
import { timeSchema } from '../journal/header.ts'
import { type EntryOf, type Kind, kindOf } from '../journal/kind.ts'

/** Somebody is on it: the response clock stops. */
export const respondedKind = kindOf('responded', z.strictObject({}))

/**
 * At what an alarm is given: when four fifths of the time are gone (`soon`), when it is over (`due`), or when it is over and
 * nobody wanted to hear of it for a while (`snoozed`).
 */
export const alarmAtSchema = z.enum(['soon', 'due', 'snoozed'])

const alarmGivenSchema = z.strictObject({
  clock: z.string(),
  title: z.string(),
  due_at: timeSchema,
  /** Since version 2. */
  at: alarmAtSchema.default('due'),
})

/**
 * An alarm was given for a clock, so that no desk and no restart gives it twice. `clock` is the clock's id; `due_at` what it
 * was given for: the end of the time, or of the snoozing.
 */
export const alarmGivenKind: Kind<'alarm-given', z.infer<typeof alarmGivenSchema>> = {
  kind: 'alarm-given',
  version: 2,
  body: alarmGivenSchema,
  upcast: (body) => body,
}

const reason = z.string().min(1).max(20_000)
/** A clock by its id, with its title as it was then. */
const clock = z.strictObject({ id: z.string().min(1).max(200), title: z.string().min(1).max(300) })

/** A clock stands still from here on, and why. */
export const clockPausedKind = kindOf('clock-paused', z.strictObject({ clock, reason }))

/** A clock that stood still runs on, and why. */
export const clockResumedKind = kindOf('clock-resumed', z.strictObject({ clock, reason }))

/** A clock is not to ring before then, and why. It counts on: what is late stays late. */
export const clockSnoozedKind = kindOf('clock-snoozed', z.strictObject({ clock, until: timeSchema, reason }))

/** What a clock asks for was done, where no other entry says so: an authority was told, a review is scheduled. */
export const clockMetKind = kindOf('clock-met', z.strictObject({ clock, note: reason.nullable() }))

/** Whether a duty towards an authority holds, since when (ISO UTC), and why somebody thinks so. */
export const dutyHeldKind = kindOf(
  'duty-held',
  z.strictObject({
    regulatory: z.strictObject({ id: z.string().min(1).max(64), title: z.string().min(1).max(300) }),
    since: timeSchema,
    holds: z.boolean(),
    reason,
  }),
)

export const clockKinds = [
  respondedKind,
  alarmGivenKind,
  clockPausedKind,
  clockResumedKind,
  clockSnoozedKind,
  clockMetKind,
  dutyHeldKind,
] as const

export type AlarmAt = z.infer<typeof alarmAtSchema>
export type ClockEntry = EntryOf<(typeof clockKinds)[number]>

/** A time during which a clock stood still; `to` null while it does. Times are ISO UTC. */
export interface Pause {
  readonly from: string
  readonly to: string | null
  readonly reason: string
  readonly by: string
  readonly entry: string
}

/** Until when (ISO UTC) a clock is not to ring, and why. */
export interface Snooze {
  readonly until: string
  readonly at: string
  readonly reason: string
  readonly by: string
  readonly entry: string
}

/** What is known of a duty. Each answer in the order of the fold; the last one holds. */
export interface DutyAnswer {
  readonly holds: boolean
  readonly since: string
  /** When it was said. */
  readonly at: string
  readonly reason: string
  readonly by: string
  readonly entry: string
}

/** An alarm as it was given, when (ISO UTC); `dueAt` as in its entry. */
export interface GivenAlarm {
  readonly clock: string
  readonly at: AlarmAt
  readonly dueAt: string
  readonly givenAt: string
  readonly entry: string
}

/** An entry that ended a clock: its hash, and when it happened (ISO UTC). */
export interface EndedBy {
  readonly at: string
  readonly entry: string
}

/** When the response came (ISO UTC), the alarms given in their order, and what was said of single clocks. */
export interface ClockFacts {
  readonly respondedAt: string | null
  readonly respondedEntry: string | null
  readonly alarms: readonly GivenAlarm[]
  /** By clock id, in their order. */
  readonly pauses: Readonly<Record<string, readonly Pause[]>>
  /** By clock id, in their order; the last one holds. */
  readonly snoozes: Readonly<Record<string, readonly Snooze[]>>
  /** By clock id, in their order. */
  readonly met: Readonly<Record<string, readonly EndedBy[]>>
  /** By the id of the pack's duty. */
  readonly duties: Readonly<Record<string, readonly DutyAnswer[]>>
}

export const emptyClockFacts: ClockFacts = {
  respondedAt: null,
  respondedEntry: null,
  alarms: [],
  pauses: {},
  snoozes: {},
  met: {},
  duties: {},
}

/** What no desk gives twice. */
export function alarmKey(clock: string, dueAt: string, at: AlarmAt = 'due'): string {
  return at === 'due' ? `${clock} @ ${dueAt}` : `${clock} @ ${dueAt} ${at}`
}

export function stepClocks(facts: ClockFacts, entry: ClockEntry): ClockFacts {
  const { hash, happened_at: at, actor } = entry
  switch (entry.kind) {
    case 'responded':
      return facts.respondedAt === null ? { ...facts, respondedAt: at, respondedEntry: hash } : facts
    case 'alarm-given': {
      const { clock, due_at: dueAt, at: moment } = entry.body
      return { ...facts, alarms: [...facts.alarms, { clock, at: moment, dueAt, givenAt: at, entry: hash }] }
    }
    case 'clock-paused': {
      const { clock, reason } = entry.body
      const before = listOf(facts.pauses, clock.id)
      if (before.at(-1)?.to === null) return facts
      const pause = { from: at, to: null, reason, by: actor.name, entry: hash }
      return { ...facts, pauses: { ...facts.pauses, [clock.id]: [...before, pause] } }
    }
    case 'clock-resumed': {
      const { clock } = entry.body
      const before = listOf(facts.pauses, clock.id)
      const last = before.at(-1)
      if (last === undefined || last.to !== null) return facts
      return { ...facts, pauses: { ...facts.pauses, [clock.id]: [...before.slice(0, -1), { ...last, to: at }] } }
    }
    case 'clock-snoozed': {
      const { clock, until, reason } = entry.body
      const snooze = { until, at, reason, by: actor.name, entry: hash }
      return { ...facts, snoozes: { ...facts.snoozes, [clock.id]: [...listOf(facts.snoozes, clock.id), snooze] } }
    }
    case 'clock-met': {
      const { clock } = entry.body
      return { ...facts, met: { ...facts.met, [clock.id]: [...listOf(facts.met, clock.id), { at, entry: hash }] } }
    }
    case 'duty-held': {
      const { regulatory, since, holds, reason } = entry.body
      const answer = { holds, since, at, reason, by: actor.name, entry: hash }
      const before = listOf(facts.duties, regulatory.id)
      return { ...facts, duties: { ...facts.duties, [regulatory.id]: [...before, answer] } }
    }
  }
}

/** The list under an id, whatever the id is called. */
export function listOf<T>(lists: Readonly<Record<string, readonly T[]>>, id: string): readonly T[] {
  return Object.hasOwn(lists, id) ? (lists[id] ?? []) : []
}
