import type { Pack } from '../packs/pack.ts'
import type { ClockInput } from './input.ts'
import { notificationClockId, toldAt, toWhom } from './notifications.ts'
import { dutiesThatDoNotHold, type Regulatory, regulatoryClockId, unjudgedDuties } from './regulatory.ts'
import { isFor, situationsOf } from './situations.ts'
import { untimedCadences } from './updates.ts'

/** Something that the runbook wants and sets no time for, or that waits for a person's word before its clock runs. */
export interface UntimedRule {
  /** As the clock would be called. */
  readonly id: string
  readonly title: string
  readonly rule: string
  /** Why no clock runs, in a sentence. */
  readonly because: string
}

/** What holds at the moment without a time. Once the incident is over only duties are left. */
export function untimedRulesOf(input: ClockInput, pack: Pack): UntimedRule[] {
  const situations = situationsOf(input, pack)
  const of = (duty: Regulatory, because: string) => ({
    id: regulatoryClockId(duty),
    title: duty.title,
    rule: `It holds when: ${duty.holdsWhen}`,
    because,
  })
  const duties = [
    ...unjudgedDuties(input, pack).map((duty) => of(duty, 'Nobody has said yet whether it holds.')),
    ...dutiesThatDoNotHold(input, pack).map(({ duty, answer: { by, reason } }) =>
      of(duty, `${by} said that it does not hold: ${reason}`),
    ),
  ]
  if (input.resolvedAt !== null) return input.falseAlarm ? [] : duties
  const situation = situations.at(-1)
  const isFirst = input.updates.length === 0
  const cadences = untimedCadences(input, pack, situations).map((cadence) => ({
    id: `update:${cadence.id}`,
    title: isFirst ? 'First update' : 'Next update',
    rule: cadence.rule,
    because: isFirst
      ? 'No update has been given yet; the clock counts from it.'
      : 'The last update does not name the time of the next one, in UTC or as so many minutes.',
  }))
  const notifications = pack.notifications
    .filter((rule) => rule.withinMinutes === null && toldAt(rule, input, pack) === null)
    .filter((rule) => situation !== undefined && isFor(rule, situation))
    .map((rule) => ({
      id: notificationClockId(rule),
      title: `Tell ${toWhom(rule, pack)}`,
      rule: `${rule.title}${rule.condition === undefined ? '' : `, if: ${rule.condition}`}`,
      because: 'The runbook sets no time for it.',
    }))
  return [...cadences, ...notifications, ...duties]
}
