import { expect, test } from 'vitest'
import { type BoardRow, compareBoardRows } from '../../../shared/incident/board.ts'

function row(title: string, given: Partial<BoardRow>): BoardRow {
  const at = '2026-11-21T03:00:00.000Z'
  const nothing = {
    id: title,
    number: title,
    pack: null,
    commander: null,
    respondedAt: null,
    entries: 1,
    conflicts: [],
    systems: [],
    relations: [],
  }
  const times = { declaredAt: at, detectedAt: at, resolvedAt: null, lastAt: at }
  return { ...nothing, ...times, title, mode: 'live', status: 'open', severity: null, ...given }
}

const severity = (rank: 1 | 2) => ({ id: `p${rank}`, code: `P${rank}`, name: '', rank })

test('what is real stands before what is practised, the worst and the unknown on top, the ended at the end', () => {
  const rows = [
    row('ended', { status: 'resolved', resolvedAt: '2026-11-21T04:00:00.000Z', severity: severity(1) }),
    row('exercise', { mode: 'exercise' }),
    row('second', { severity: severity(2) }),
    row('first', { severity: severity(1) }),
    row('not rated yet', {}),
  ]
  const order = rows.toSorted(compareBoardRows).map(({ title }) => title)
  expect(order).toEqual(['not rated yet', 'first', 'second', 'exercise', 'ended'])
})
