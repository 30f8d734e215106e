import type { FakeMain } from '../fake-main.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'

/** The checkout incident with as much in it as a commander may meet: six people, five links, tasks, chips, a long impact. */
export function crowdedStory(options: { mode?: 'live' | 'exercise'; owed?: boolean } = {}): FakeMain {
  const main = checkoutStory(options)
  const log = (time: string, kind: string, body: unknown, more: { by?: string; version?: number } = {}) =>
    main.log(CHECKOUT, kind, body, { at: `2026-11-21T${time}.000Z`, ...more })
  const link = (kind: string, url: string, title: string | null = null) =>
    log('13:20:00', 'linked', { link: kind, title, url })
  link('bridge', 'https://meet.example/checkout-2026-11-21?pin=442211')
  link('channel', 'https://chat.example/channels/inc-0412', '#inc-0412')
  link('status-page', 'https://status.example/incidents/checkout')
  link('ticket', 'https://tickets.example/browse/OPS-4711', 'OPS-4711')
  link('pager', 'tel:+49305550199')
  const item = (id: string, title: string) => ({ id, title })
  const classified = {
    types: [item('service-outage', 'Service outage'), item('performance', 'Performance')],
    priority: { id: 'urgent', code: 'U1', title: 'at once' },
    systems: ['checkout', 'payments', 'pg-eu-2', 'mobile app'],
  }
  log('13:21:00', 'classified', classified, { version: 2 })
  log('13:21:30', 'related', {
    incident: '01KBZ0000000000000000000A2',
    number: 'INC-2026-1121-0411',
    how: 'caused-by',
  })
  log('13:30:00', 'task-given', { text: 'Check replica lag on pg-eu-2', owner: 'Jonas Weber', minutes: 45 })
  log('13:31:00', 'task-given', { text: 'List the stuck orders of the last hour', owner: 'Priya Nair', minutes: 30 })
  log('13:58:00', 'task-given', { text: 'Ask the payment provider for their view', owner: 'Li Wen', minutes: 20 })
  if (options.owed !== true) return main
  const severity = main.pinned.severities[0]!
  const { id, code, name, rank } = severity
  const owed = { severity: { id, code, name, rank }, assumed: false, reason: 'Set at once.', path: [], owed: true }
  log('14:05:00', 'severity-set', owed, { version: 3 })
  return main
}
