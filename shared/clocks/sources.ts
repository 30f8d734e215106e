import type { Pack } from '../packs/pack.ts'
import type { Yours } from '../packs/overlay.ts'
import type { Clock } from './clock.ts'
import { roleTitle } from './escalation/standing.ts'

/** The item of a runbook that made a clock. */
export interface ClockSource {
  /** Where it stands in the pack, as `itemsOf` writes paths: `severities[0].respondWithinMinutes`. */
  readonly path: string
  readonly id: string
  readonly title: string
  /** The runbook's own words, as far as they say more than the title. */
  readonly text: readonly string[]
}

/** Which item of the effective pack made a clock; null where an entry did: a task, an armed change, an update that names a time. */
export function sourceOf({ id, kind, rule }: Clock, pack: Pack): ClockSource | null {
  const named = id.slice(id.indexOf(':') + 1)
  switch (kind) {
    case 'acknowledge':
    case 'response': {
      const at = pack.severities.findIndex(({ code, name }) => rule.startsWith(`${code} ${name}: `))
      const severity = pack.severities[at]
      const field = kind === 'response' ? 'respondWithinMinutes' : 'acknowledgeWithinMinutes'
      return severity === undefined
        ? null
        : {
            path: `severities[${at}].${field}`,
            id: severity.id,
            title: `${severity.code} ${severity.name}`,
            text: [severity.summary],
          }
    }
    case 'notification':
      return itemOf('notifications', pack.notifications, named, ({ title, condition }) => ({
        title,
        text: condition === undefined ? [] : [`If: ${condition}`],
      }))
    case 'update':
      return itemOf('cadence', pack.cadence, named, (cadence) => ({ title: cadence.rule, text: [] }))
    case 'escalation':
      return itemOf('escalation', pack.escalation, named, ({ from, to }) => ({
        title: [
          ...(from === null ? [] : [roleTitle(pack, from.role)]),
          to.roles.map((role) => roleTitle(pack, role)).join(' and '),
        ].join(' → '),
        text: [],
      }))
    case 'answer':
      return { path: 'callouts.answerWithinMinutes', id: 'callouts', title: 'Calling people', text: [] }
    case 'recall':
      return { path: 'callouts.againAfterMinutes', id: 'callouts', title: 'Calling people', text: [] }
    case 'regulatory':
      return itemOf('regulatory', pack.regulatory, named, ({ title, holdsWhen }) => ({
        title,
        text: [`Holds when: ${holdsWhen}`],
      }))
    case 'phase':
      return itemOf('phases', pack.phases, named, ({ title, summary }) => ({ title, text: [summary] }))
    case 'post-mortem':
      return { path: 'postMortem.dueWithinHours', id: 'postMortem', title: 'Post-mortem', text: [] }
    case 'post-incident':
      return itemOf('postIncident', pack.postIncident, named, ({ text }) => ({ title: text, text: [] }))
    case 'check-back':
    case 'time-box':
      return null
  }
}

/** What the overlay says of that item; null where all of it is the runbook's. */
export function yoursOf({ path }: ClockSource, yours: readonly Yours[]): Yours | null {
  const isBelow = (long: string, short: string) =>
    long === short || long.startsWith(`${short}.`) || long.startsWith(`${short}[`)
  return yours.find((one) => isBelow(path, one.path) || isBelow(one.path, path)) ?? null
}

function itemOf<Item extends { readonly id: string }>(
  list: string,
  items: readonly Item[],
  id: string,
  say: (item: Item) => Pick<ClockSource, 'title' | 'text'>,
): ClockSource | null {
  const at = items.findIndex((item) => item.id === id)
  const item = items[at]
  return item === undefined ? null : { path: `${list}[${at}]`, id, ...say(item) }
}
