import { expect, test } from 'vitest'
import { noticeOf } from '../../../main/desk/alarm-notice.ts'
import type { Alarm } from '../../../main/desk/desk.ts'

const nowMs = Date.parse('2026-11-21T14:17:00.000Z')
const alarm = (parts: Partial<Alarm> = {}): Alarm => ({
  id: '01KAHB7Q7N8S3H9F0V6Z2M4XWC',
  number: 'INC-2026-1121-0001',
  mode: 'live',
  title: 'First response',
  at: 'due',
  dueAt: '2026-11-21T14:17:00.000Z',
  owner: 'Mira',
  ...parts,
})

test.each([
  [alarm(), 'Overdue. Due 14:17 UTC (15:17 here). Mira has it.'],
  [alarm({ at: 'soon', dueAt: '2026-11-21T14:20:30.000Z' }), '3 min left. Due 14:20 UTC (15:20 here). Mira has it.'],
  [alarm({ at: 'soon', dueAt: '2026-11-21T14:17:40.000Z' }), '40 s left. Due 14:17 UTC (15:17 here). Mira has it.'],
  [alarm({ at: 'snoozed', owner: null }), 'Still overdue. Due 14:17 UTC (15:17 here). Nobody has it.'],
])('says what is due when and whose it is', (rung, body) => {
  expect(noticeOf([rung], nowMs, 60)).toEqual({ title: 'INC-2026-1121-0001: First response', body })
})

test('an exercise says so first, and a machine in UTC names one time', () => {
  const { title, body } = noticeOf([alarm({ mode: 'exercise' })], nowMs, 0)
  expect([title, body]).toEqual(['EXERCISE INC-2026-1121-0001: First response', 'Overdue. Due 14:17 UTC. Mira has it.'])
})

test('what rings together is one notification, what is overdue first', () => {
  const many = ['Tell A', 'Tell B', 'Tell C', 'Tell D'].map((title) => alarm({ title, owner: null }))
  const { title, body } = noticeOf([alarm({ at: 'soon' }), ...many], nowMs, 0)
  expect(title).toBe('INC-2026-1121-0001: 4 clocks are overdue, 1 due soon')
  expect(body.split('\n')).toEqual([
    ...['A', 'B', 'C', 'D'].map((who) => `Tell ${who}: due 14:17 UTC, nobody has it`),
    'And 1 more.',
  ])
})
