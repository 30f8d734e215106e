import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../main/desk/desk.ts'
import { passes, type TimelineFilter } from '../../../shared/incident/timeline-filter.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { plainDeclaration } from './plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
const tom = { contact: null, name: 'Tom' }
const all: TimelineFilter = { groups: [], starred: false, person: null }
let folder = ''
let wallMs = 0
let desk: Desk
let id = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-timeline-'))
  wallMs = Date.parse('2026-11-21T03:00:00.000Z')
  desk = new Desk(folder, { wallMs: () => wallMs, monotonicMs: () => wallMs })
  id = desk.incidents.declare(plainDeclaration({ severity: 'P1', commander: 'Ana' }), ana).id
  for (let minute = 1; minute <= 20; minute++) {
    wallMs += 60_000
    desk.incidents.note(id, `note ${minute}`, null, minute % 2 === 0 ? ana : tom)
  }
  desk.incidents.decide(id, { text: 'roll back' }, null, ana)
})

afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true })
})

const entries = () => desk.whole(id).entries
const filtered = (filter: Partial<TimelineFilter>, from = 0, to = 500) =>
  desk.timeline.filtered(id, { ...all, ...filter }, { from, to })
const starAt = (index: number, on = true) => desk.incidents.star(id, entries()[index]?.hash ?? '', on, ana)

test.each<Partial<TimelineFilter>>([
  {},
  { groups: ['notes'] },
  { groups: ['notes', 'decisions'] },
  { groups: ['state', 'severity'], person: 'Ana' },
  { person: 'Tom' },
  { starred: true },
  { starred: true, groups: ['notes'], person: 'Tom' },
  { groups: ['exports'] },
])('%j gives what passes, in the order of the fold', (change) => {
  starAt(8)
  starAt(5)
  starAt(0)
  const { stars } = desk.open(id).state
  const expected = entries().filter((entry) => passes({ ...all, ...change }, entry, stars))
  expect(filtered(change)).toEqual({ total: expected.length, entries: expected })
})

test('a page of it is told with the total', () => {
  const { total, entries: page } = filtered({ groups: ['notes'] }, 5, 8)
  expect([total, page.map(({ body }) => body)]).toEqual([
    20,
    [{ text: 'note 6' }, { text: 'note 7' }, { text: 'note 8' }],
  ])
})

test('what arrives is seen by a filter that was asked before', () => {
  expect(filtered({ groups: ['decisions'] }).total).toBe(1)
  desk.incidents.decide(id, { text: 'keep the migration' }, null, ana)
  desk.incidents.note(id, 'another note', null, ana)
  expect(filtered({ groups: ['decisions'] }).entries.map(({ body }) => body)).toMatchObject([
    { text: 'roll back' },
    { text: 'keep the migration' },
  ])
})

test('a moment leads to the first entry at or after it, among those that pass', () => {
  const at = (time: string, filter: TimelineFilter | null = null) =>
    desk.timeline.locate(id, { time: `2026-11-21T${time}.000Z` }, filter)
  expect(at('02:00:00')).toBe(0)
  expect(entries()[at('03:05:00') ?? -1]?.body).toEqual({ text: 'note 5' })
  expect(entries()[at('03:05:01') ?? -1]?.body).toEqual({ text: 'note 6' })
  expect(at('03:06:00', { ...all, person: 'Tom' })).toBe(3)
  expect(at('04:00:00')).toBeNull()
  expect(at('04:00:00', { ...all, person: 'Tom' })).toBeNull()
})

test('an entry is found by its hash, and only in its own incident', () => {
  expect(entries().map(({ hash }) => desk.timeline.locate(id, { hash }, null))).toEqual(entries().map((_, at) => at))
  expect(desk.timeline.locate(id, { hash: 'f'.repeat(64) }, null)).toBeNull()
  expect(() => desk.timeline.locate('01KBZ0000000000000000000ZZ', { hash: 'f'.repeat(64) }, null)).toThrow(RefusalError)
})

test('it tells what there is to filter by', () => {
  starAt(3)
  expect(desk.timeline.facets(id)).toEqual({
    groups: expect.arrayContaining([
      { group: 'notes', count: 21 },
      { group: 'decisions', count: 1 },
    ]),
    people: [
      { name: 'Ana', count: entries().length - 10 },
      { name: 'Tom', count: 10 },
    ],
    starred: 1,
  })
})

test('a star is put on once and taken off once; what is so already writes nothing', () => {
  starAt(4)
  const before = entries().length
  starAt(4)
  expect([desk.open(id).state.stars, entries().length]).toEqual([[entries()[4]?.hash], before])
  starAt(4, false)
  starAt(4, false)
  expect([desk.open(id).state.stars, entries().length]).toEqual([[], before + 1])
})

test('no star goes to an entry that is not there', () => {
  expect(() => desk.incidents.star(id, 'f'.repeat(64), true, ana)).toThrow(RefusalError)
})

test('tasks, decisions and updates are kept with the time when they were said', () => {
  const happenedAt = '2026-11-21T03:01:00.000Z'
  desk.incidents.giveTask(id, { owner: 'Tom', minutes: 10, text: 'check db' }, happenedAt, ana)
  desk.incidents.decide(id, { text: 'wait' }, happenedAt, ana)
  desk.incidents.giveUpdate(id, 'EU is down', happenedAt, ana)
  const { tasks, updates } = desk.open(id).state
  expect(tasks.given).toMatchObject([{ owner: 'Tom', minutes: 10, text: 'check db', at: happenedAt }])
  expect(tasks.decisions.at(-1)).toMatchObject({ text: 'wait', at: happenedAt })
  expect(updates).toMatchObject([{ text: 'EU is down', at: happenedAt }])
})

test('an ended incident takes decisions, updates and stars, but no task; the future takes nothing', () => {
  expect(() => desk.incidents.decide(id, { text: 'later' }, '2027-01-01T00:00:00.000Z', ana)).toThrow(RefusalError)
  expect(() => desk.incidents.resolve(id, 'resolved', ' ', ana)).toThrow('how it ended')
  desk.incidents.resolve(id, 'resolved', 'Restarted.', ana)
  desk.incidents.decide(id, { text: 'review on Monday' }, null, ana)
  desk.incidents.giveUpdate(id, 'all clear', null, ana)
  starAt(2)
  expect(() => desk.incidents.giveTask(id, { owner: 'Tom', minutes: null, text: 'x' }, null, ana)).toThrow(RefusalError)
})
