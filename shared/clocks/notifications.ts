import type { Pack } from '../packs/pack.ts'
import type { CallMade } from '../people/entries.ts'
import { type Clock, clockOf } from './clock.ts'
import { spellLimit } from './duration.ts'
import { listOf } from './entries.ts'
import { type ClockInput, earliest, latestOfAll } from './input.ts'
import { heldTimes, isFor, type Situation } from './situations.ts'

export type Notification = Pack['notifications'][number]

/** The id of a notification's clock. */
export function notificationClockId({ id }: Pick<Notification, 'id'>): string {
  return `notification:${id}`
}

/**
 * Whoever has to be told within a time from the declaration (or from when the rule began to hold), once. Told is who was
 * told, who was reached by a call or has a message waiting, and who need not be told after all.
 */
export function notificationClocks(
  input: ClockInput,
  pack: Pack,
  situations: readonly Situation[],
  nowMs: number,
): Clock[] {
  const declaredMs = Date.parse(input.declaredAt)
  return pack.notifications.flatMap((rule) => {
    const { withinMinutes } = rule
    if (withinMinutes === null) return []
    const told = toldAt(rule, input, pack)
    return heldTimes(situations, (situation) => isFor(rule, situation)).flatMap(({ fromMs, untilMs, entry }) => {
      const startMs = Math.max(declaredMs, fromMs)
      const ceased = untilMs === null ? null : new Date(untilMs).toISOString()
      const ended = earliest(told, input.resolvedAt, ceased)
      // Told by the time that this began to hold: nothing was owed.
      if (ended !== null && Date.parse(ended) <= startMs) return []
      const clock = clockOf(
        {
          id: notificationClockId(rule),
          kind: 'notification',
          title: titleOf(rule, pack),
          owner: input.commander,
          startMs,
          startEntry: startMs === declaredMs ? input.declaredEntry : entry,
          minutes: withinMinutes,
          rule: ruleWords(rule, withinMinutes),
          stoppedBy: 'A call or a message to them is logged, or that they need not be told.',
          end: ended === null ? null : { at: ended, done: ended === told },
          pauses: listOf(input.pauses, notificationClockId(rule)),
        },
        nowMs,
      )
      // A rule that ceased to hold in time was never owed.
      return clock === null || (ended !== null && ended === ceased && clock.msLeft > 0) ? [] : [clock]
    })
  })
}

function titleOf(rule: Notification, pack: Pack): string {
  return `Tell ${toWhom(rule, pack)}${rule.condition === undefined ? '' : ` (if: ${rule.condition})`}`
}

function ruleWords({ title, condition }: Notification, minutes: number): string {
  const when = minutes === 0 ? 'at once' : `within ${spellLimit(minutes)}`
  return `${title}: ${when}${condition === undefined ? '' : `, if: ${condition}`}.`
}

/** Whom a notification is for, in words. */
export function toWhom({ roles, audience, title }: Notification, pack: Pack): string {
  const titles = roles.map((id) => pack.roles.find((role) => role.id === id)?.title ?? id)
  const all = audience === undefined ? titles : [...titles, audience]
  return all.length === 0 ? title : all.join(', ')
}

/** When the last of those who had to be told was; null while somebody has not been. Whoever took command knows. */
export function toldAt({ id, roles, audience }: Notification, input: ClockInput, pack: Pack): string | null {
  const said = input.notices.find((one) => one.notification === id && one.result !== 'not-reached')
  const met = listOf(input.met, notificationClockId({ id }))[0]
  const known = audience === undefined ? everyoneKnows(roles, input, pack) : null
  return earliest(said?.at ?? null, met?.at ?? null, known)
}

function everyoneKnows(roles: readonly string[], { calls, commandedAt }: ClockInput, pack: Pack): string | null {
  const each = roles.map((role) => {
    const commands = pack.commander.some((rule) => rule.roles.includes(role))
    return earliest(commands ? commandedAt : null, calls.find((call) => call.role === role && knows(call))?.at ?? null)
  })
  return latestOfAll(each)
}

/** Whether somebody knows after this call: they were reached, or a message waits for them. */
function knows({ result }: CallMade): boolean {
  return result === 'reached' || result === 'voicemail'
}
