import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Alarm, Desk } from '../../../main/desk/desk.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
let folder = ''
let wallMs = 0
let desks: Desk[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-desk-'))
  wallMs = Date.parse('2026-11-21T03:00:00.000Z')
  desks = []
})

afterEach(() => {
  for (const desk of desks) desk.close()
  rmSync(folder, { recursive: true })
})

function desk(): Desk {
  const opened = new Desk(folder, { wallMs: () => wallMs, monotonicMs: () => wallMs })
  desks.push(opened)
  return opened
}

function declare(on: Desk, severity = 'P1'): string {
  const { id } = on.incidents.declare(plainDeclaration({ severity, commander: 'Ana' }), ana)
  on.arrivals()
  return id
}

test('a declared incident stands on the board with its number, severity and commander', () => {
  const on = desk()
  declare(on)
  expect(on.board()).toMatchObject([
    {
      number: 'INC-2026-1121-0001',
      status: 'open',
      severity: { code: 'P1', rank: 1 },
      commander: 'Ana',
      pack: 'Infinity OS',
    },
  ])
})

test('two desks on one folder never give the same number', () => {
  const [a, b] = [desk(), desk()]
  declare(a)
  declare(b)
  expect(a.arrivals().length + b.arrivals().length).toBeGreaterThan(0)
  expect(
    a
      .board()
      .map(({ number }) => number)
      .toSorted(),
  ).toEqual(['INC-2026-1121-0001', 'INC-2026-1121-0002'])
})

test('the incident carries its pack and can be read without the pack file', () => {
  const on = desk()
  const id = declare(on)
  expect(on.open(id).pack?.id).toBe('infinity')
})

test('an overdue response rings once, whichever desk looks and however often', () => {
  const [a, b] = [desk(), desk()]
  const id = declare(a)
  b.arrivals()
  wallMs += 16 * 60_000
  const rung: Alarm[] = []
  for (const on of [a, b, a]) on.ringDue((alarms) => rung.push(...alarms))
  expect(rung).toMatchObject([{ id, number: 'INC-2026-1121-0001', title: 'First response', at: 'due', owner: 'Ana' }])
})

/** What rings at these minutes after the declaration, each on a desk that was opened anew. */
function rungAt(id: string, minutes: readonly number[]): string[] {
  const begun = wallMs
  return minutes.flatMap((minute) => {
    wallMs = begun + minute * 60_000
    const on = new Desk(folder, { wallMs: () => wallMs, monotonicMs: () => wallMs })
    const rung: string[] = []
    on.ringDue((alarms) => {
      for (const { at, title } of alarms) if (title === 'First response') rung.push(`${minute} ${at}`)
    })
    expect(on.open(id).state.clocks.alarms.length).toBeGreaterThanOrEqual(rung.length)
    on.close()
    return rung
  })
}

test('a warning comes at four fifths and an alarm at the end, whatever restarts lie between', () => {
  expect(rungAt(declare(desk()), [11, 12, 13, 14, 15, 16, 40])).toEqual(['12 soon', '15 due'])
})

test('after sleep over both only the breach rings', () => {
  expect(rungAt(declare(desk()), [1, 60, 61])).toEqual(['60 due'])
})

test('a snoozed clock is quiet, then rings again, and keeps each reason', () => {
  const on = desk()
  const id = declare(on)
  const until = new Date(wallMs + 30 * 60_000).toISOString()
  on.response.snoozeClock(id, { clock: 'response', until, reason: 'The provider has it.' }, ana)
  expect(rungAt(id, [12, 15, 29, 30, 31])).toEqual(['30 snoozed'])
  expect(on.open(id).state.clocks.snoozes['response']).toMatchObject([
    { until, reason: 'The provider has it.', by: 'Ana' },
  ])
})

test('a guide has no alarm to snooze', () => {
  const on = desk()
  const id = declare(on)
  const until = new Date(wallMs + 60_000).toISOString()
  expect(() => on.response.snoozeClock(id, { clock: 'phase:detect', until, reason: 'x' }, ana)).toThrow(RefusalError)
})

test('an acknowledged incident does not ring', () => {
  const on = desk()
  const id = declare(on)
  on.incidents.respond(id, ana)
  on.arrivals()
  wallMs += 16 * 60_000
  const rung: Alarm[] = []
  on.ringDue((alarms) => rung.push(...alarms))
  expect(rung).toEqual([])
})

test('only one desk of a folder is its runner, and the next takes over', () => {
  const [a, b] = [desk(), desk()]
  expect([a.isRunner(), b.isRunner()]).toEqual([true, false])
  a.close()
  desks = [b]
  expect(b.isRunner()).toBe(true)
})

test('an ended incident takes notes and corrections, and no other change', () => {
  const on = desk()
  const id = declare(on)
  on.incidents.resolve(id, 'resolved', 'fixed', ana)
  on.incidents.note(id, 'It was the database.', null, ana)
  on.arrivals()
  expect(() => on.incidents.stateImpact(id, 'none', ana)).toThrow(/ended/)
  on.incidents.reopen(id, 'it is back', ana)
  on.arrivals()
  expect(on.board()[0]?.status).toBe('open')
})

test.each([
  ['a note from the future', (on: Desk, id: string) => on.incidents.note(id, 'x', '2027-01-01T00:00:00.000Z', ana)],
  ['an empty note', (on: Desk, id: string) => on.incidents.note(id, '', null, ana)],
  ['a note with half of a surrogate pair', (on: Desk, id: string) => on.incidents.note(id, '\ud800', null, ana)],
  [
    'a correction of an entry that is not there',
    (on: Desk, id: string) => on.incidents.correct(id, 'f'.repeat(64), 'x', ana),
  ],
  [
    'the severity that it has already',
    (on: Desk, id: string) =>
      on.incidents.setSeverity(
        id,
        { severity: { id: 'p1', code: 'P1', name: 'Critical', rank: 1 }, assumed: false, reason: 'again', path: [] },
        ana,
      ),
  ],
  ['an incident that does not exist', (on: Desk) => on.incidents.note('01KAHB7Q7N8S3H9F0V6Z2M4XWC', 'x', null, ana)],
])('refuses %s and writes nothing', (_what, attempt) => {
  const on = desk()
  const id = declare(on)
  const before = on.whole(id).entries.length
  expect(() => attempt(on, id)).toThrow(RefusalError)
  expect(on.whole(id).entries).toHaveLength(before)
})
