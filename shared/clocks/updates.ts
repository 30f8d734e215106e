import type { Pack } from '../packs/pack.ts'
import { type Clock, clockOf, type Rule } from './clock.ts'
import { spellLimit } from './duration.ts'
import { listOf } from './entries.ts'
import { type ClockInput, earliest } from './input.ts'
import { type Held, heldTimes, isFor, type Situation } from './situations.ts'

type Cadence = Pack['cadence'][number]

/** What follows the time that an update named has this id, whichever rules of the pack leave it to the updates. */
const namedId = 'update'

/**
 * When the next update is due, after each that was given: by the cadence of the pack, from the update or from when the rule
 * began to hold; and at the time that the update itself named. Those whose successor came in time are left out, those that
 * were missed stay.
 */
export function updateClocks(input: ClockInput, pack: Pack, situations: readonly Situation[], nowMs: number): Clock[] {
  const updates = inOrder(input.updates)
  const timed = timedRules(pack, situations)
  const clocks: Clock[] = []
  updates.forEach((update, index) => {
    // What is said after the end asks for no next one.
    if (input.resolvedAt !== null && update.at >= input.resolvedAt) return
    const next = updates[index + 1]?.at ?? null
    const isFirst = index === 0
    const rules = timed(isFirst).filter(({ minutes }) => !isInTime(next, update.at, minutes))
    const isNamed = update.nextAt !== null && (next === null || next >= update.nextAt)
    if (rules.length === 0 && !isNamed) return
    const given = { input, pack, situations, update, givenMs: Date.parse(update.at), isFirst, next, nowMs }
    const made = [...rules.flatMap((rule) => clocksOfRule(rule, given)), ...namedClock(given)]
    clocks.push(...made.filter(({ msLeft }) => next === null || msLeft <= 0))
  })
  return clocks
}

/** Most have a successor in time, and of those nothing is left to be seen: an incident may have thousands. */
function isInTime(next: string | null, at: string, minutes: number): boolean {
  return next !== null && Date.parse(next) < Date.parse(at) + minutes * 60_000
}

function inOrder(updates: ClockInput['updates']): ClockInput['updates'] {
  const isSorted = updates.every((update, index) => index === 0 || (updates[index - 1]?.at ?? '') <= update.at)
  return isSorted ? updates : updates.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** A cadence with a time, and when it held. */
interface TimedRule {
  readonly rule: Cadence
  readonly minutes: number
  readonly held: readonly Held[]
}

/** The cadences with a time after the first update, and after later ones. */
function timedRules(pack: Pack, situations: readonly Situation[]): (isFirst: boolean) => readonly TimedRule[] {
  const made = [true, false].map((isFirst) =>
    pack.cadence.flatMap((rule): TimedRule[] => {
      const minutes = rule.updateWithinMinutes
      if (minutes === null) return []
      return [{ rule, minutes, held: heldTimes(situations, (situation) => follows(rule, isFirst, situation, pack)) }]
    }),
  )
  return (isFirst) => made[isFirst ? 0 : 1] ?? []
}

/** Whether a rule says when the update after the first, or after a later one, comes. */
function follows(rule: Cadence, isFirst: boolean, situation: Situation, pack: Pack): boolean {
  if (!isFor(rule, situation)) return false
  if (!isFirst) return rule.after === 'update'
  // Where nothing is said of the first update alone, the rule for all of them holds.
  return rule.after === 'initial' || !pack.cadence.some((one) => one.after === 'initial' && isFor(one, situation))
}

interface Given {
  readonly input: ClockInput
  readonly pack: Pack
  readonly situations: readonly Situation[]
  readonly update: ClockInput['updates'][number]
  readonly givenMs: number
  readonly isFirst: boolean
  /** When the next one was given, ISO UTC. */
  readonly next: string | null
  readonly nowMs: number
}

function clocksOfRule({ rule, minutes, held }: TimedRule, given: Given): Clock[] {
  const { givenMs } = given
  const words = rule.rule.includes(String(minutes)) ? rule.rule : `${rule.rule} (${spellLimit(minutes)})`
  return held.flatMap(({ fromMs, untilMs }) => {
    if (untilMs !== null && untilMs <= givenMs) return []
    const ceased = untilMs === null ? null : new Date(untilMs).toISOString()
    const startMs = Math.max(givenMs, fromMs)
    return clockUntil({ id: `${namedId}:${rule.id}`, startMs, minutes, rule: words }, ceased, given)
  })
}

function namedClock({ isFirst, pack, situations, givenMs, ...given }: Given): Clock[] {
  const { nextAt } = given.update
  if (nextAt === null || (given.next !== null && given.next < nextAt)) return []
  const situation = situations.findLast(({ fromMs }) => fromMs <= givenMs) ?? situations[0]
  const asked = pack.cadence.filter(
    (rule) => rule.updateWithinMinutes === null && situation !== undefined && follows(rule, isFirst, situation, pack),
  )
  const rule = ['The last update named the time of the next one.', ...asked.map((one) => one.rule)].join(' ')
  const minutes = (Date.parse(nextAt) - givenMs) / 60_000
  return clockUntil({ id: namedId, startMs: givenMs, minutes, rule }, null, given)
}

type Counted = Pick<Rule, 'id' | 'startMs' | 'minutes' | 'rule'>

/** `ceased`: when its rule stopped to hold (ISO UTC); one that did so in time was never owed. */
function clockUntil(
  counted: Counted,
  ceased: string | null,
  { input, update, next, nowMs }: Pick<Given, 'input' | 'update' | 'next' | 'nowMs'>,
): Clock[] {
  const ended = earliest(next, input.resolvedAt, ceased)
  if (ended !== null && Date.parse(ended) < counted.startMs) return []
  const clock = clockOf(
    {
      ...counted,
      kind: 'update',
      title: 'Next update',
      owner: input.communications ?? input.commander,
      startEntry: update.entry,
      stoppedBy: 'The next update is logged.',
      end: ended === null ? null : { at: ended, done: ended === next },
      pauses: listOf(input.pauses, counted.id),
    },
    nowMs,
  )
  return clock === null || (ended !== null && ended === ceased && clock.msLeft > 0) ? [] : [clock]
}

/** The cadences that hold now and have no time: nobody has given an update yet, or the last one named none. */
export function untimedCadences(input: ClockInput, pack: Pack, situations: readonly Situation[]): Cadence[] {
  const situation = situations.at(-1)
  if (situation === undefined || input.resolvedAt !== null) return []
  const last = inOrder(input.updates).at(-1)
  const isFirst = input.updates.length < 2
  const rules = pack.cadence.filter((rule) => follows(rule, isFirst, situation, pack))
  if (last === undefined) return rules
  return last.nextAt === null ? rules.filter(({ updateWithinMinutes }) => updateWithinMinutes === null) : []
}
