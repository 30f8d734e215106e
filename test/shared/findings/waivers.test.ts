import { expect, test } from 'vitest'
import type { Finding } from '../../../shared/findings/finding.ts'
import { tallyOf } from '../../../shared/findings/tally.ts'
import { lapsedWaiverOf, waivedLast, waiverKeyOf, waiverOf, type Waivers } from '../../../shared/findings/waivers.ts'
import { endOfDay, readUntil } from '../../../shared/findings/waiver-until.ts'

const noon = Date.parse('2026-11-21T12:00:00.000Z')
const at = (time: string) => `2026-11-21T${time}.000Z`

function finding(rank: number, name: string, also: Partial<Finding> = {}): Finding {
  return {
    code: 'D04',
    rank,
    tier: 1,
    object: { kind: 'container', name, id: name, project: null, service: null },
    title: `${name} restarts in a loop`,
    why: 'Exit code 1.',
    cause: null,
    effects: [],
    sure: 'measured',
    since: null,
    changed: [],
    signs: [],
    next: 'Look.',
    evidence: [],
    ...also,
  }
}

const waived = (of: Finding, until: string): Waivers => ({
  [waiverKeyOf(of)]: {
    key: waiverKeyOf(of),
    title: of.title,
    until,
    reason: 'Known.',
    by: 'Ana',
    at: at('11:00:00'),
    entry: 'e',
  },
})

test('a waived finding sinks below the others and stays in every count', () => {
  const [api, db] = [finding(1, 'api'), finding(2, 'db')]
  const waivers = waived(api, at('13:00:00'))
  expect(waivedLast([api, db], waivers, noon)).toEqual([db, api])
  const tally = tallyOf([api, db], { before: null, began: at('11:50:00'), waivers, nowMs: noon })
  expect([tally.findings, tally.waived, tally.first]).toEqual([2, 1, 2])
})

test('a waiver that ran out comes back by itself, and is told as over', () => {
  const api = finding(1, 'api')
  const waivers = waived(api, at('12:00:00'))
  expect(waiverOf(api, waivers, noon)).toBeNull()
  expect(lapsedWaiverOf(api, waivers, noon)?.by).toBe('Ana')
  expect(lapsedWaiverOf(api, waivers, noon - 1)).toBeNull()
  expect(waivedLast([api, finding(2, 'db')], waivers, noon)[0]).toBe(api)
})

test('of what is untidy one kind is waived and not the others, however many containers there are', () => {
  const engine = { kind: 'engine', name: 'eu-1', id: 'eu-1', project: null, service: null } as const
  const untidy = (title: string) => finding(1, 'eu-1', { code: 'D22', tier: 3, object: engine, title })
  const waivers = waived(untidy('3 containers without a health check'), at('13:00:00'))
  expect(waiverOf(untidy('1 container without a health check'), waivers, noon)).not.toBeNull()
  expect(waiverOf(untidy('1 container without a memory limit'), waivers, noon)).toBeNull()
})

test.each([
  ['2 h', at('14:00:00')],
  ['90min', at('13:30:00')],
  ['7 days', '2026-11-28T12:00:00.000Z'],
  ['18:30', at('16:30:00')],
  ['13:30', '2026-11-22T11:30:00.000Z'],
  ['2026-11-22', '2026-11-22T21:59:59.000Z'],
  ['2026-11-22 08:00', '2026-11-22T06:00:00.000Z'],
])('%s on a clock two hours ahead of UTC is %s', (typed, iso) => {
  expect(readUntil(typed, noon, 120)).toEqual({ is: 'time', iso })
})

test.each([
  ['soon', 'form'],
  ['', 'form'],
  ['25:00', 'form'],
  ['2026-02-30', 'form'],
  ['2026-11-20', 'past'],
  ['2030-01-01', 'far'],
])('%s cannot be waived until: %s', (typed, why) => {
  expect(readUntil(typed, noon, 0)).toEqual({ is: 'wrong', why })
})

test('today ends at midnight of the clock that is shown', () => {
  expect(endOfDay(noon, 0)).toBe(at('23:59:59'))
  expect(endOfDay(noon, 120)).toBe(at('21:59:59'))
  expect(endOfDay(Date.parse(at('23:00:00')), 120)).toBe('2026-11-22T21:59:59.000Z')
})
