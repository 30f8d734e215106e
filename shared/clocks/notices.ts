import type { Pack } from '../packs/pack.ts'
import type { ClockInput } from './input.ts'
import { notificationClockId, notificationClocks, type Notification, toldAt, toWhom } from './notifications.ts'
import { isFor, situationsOf } from './situations.ts'

/** How a notification of the runbook stands. Times are ISO UTC. */
export interface NoticeStanding {
  readonly id: string
  readonly title: string
  /** Whom, in words. */
  readonly to: string
  readonly condition: string | null
  /** By when; null where the runbook states no time. */
  readonly dueAt: string | null
  /** `open`: nobody was told yet; `told` includes who was reached by a call; `not-needed`; `not-reached`: tried in vain. */
  readonly is: 'open' | 'told' | 'not-needed' | 'not-reached'
  /** When that was; null while it is open. */
  readonly at: string | null
  /** It is for the severity and the types that hold now. */
  readonly holds: boolean
}

/** Who has to be told by the runbook and how far that is, in its order; those that do not hold stand last. Pure. */
export function noticesOf(input: ClockInput, pack: Pack, nowMs: number): NoticeStanding[] {
  const situations = situationsOf(input, pack)
  const last = situations.at(-1)
  const clocks = notificationClocks(input, pack, situations, nowMs)
  const all = pack.notifications.map((rule) => ({
    ...standingOf(rule, input, pack),
    dueAt: clocks.findLast(({ id }) => id === notificationClockId(rule))?.dueAt ?? null,
    holds: last !== undefined && isFor(rule, last),
  }))
  return [...all.filter(({ holds }) => holds), ...all.filter(({ holds }) => !holds)]
}

function standingOf(rule: Notification, input: ClockInput, pack: Pack): Omit<NoticeStanding, 'dueAt' | 'holds'> {
  const said = input.notices.findLast(({ notification }) => notification === rule.id)
  const told = toldAt(rule, input, pack)
  const { id, title, condition = null } = rule
  const base = { id, title, to: toWhom(rule, pack), condition }
  if (said !== undefined && said.result !== 'told' && told === null) return { ...base, is: said.result, at: said.at }
  if (said?.result === 'not-needed') return { ...base, is: 'not-needed', at: said.at }
  return told === null ? { ...base, is: 'open', at: null } : { ...base, is: 'told', at: told }
}
