import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Desk } from '../../../../main/desk/desk.ts'
import type { Clock } from '../../../../main/journal/clock.ts'
import { JournalStore } from '../../../../main/journal/journal-store.ts'
import { chanceInt } from '../../../../shared/exercises/chance.ts'
import { draftOf } from '../../../../shared/journal/kind.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import { postmortemDocument } from '../../../../shared/postmortem/document.ts'
import { RefusalError } from '../../../../shared/refusal.ts'
import { plainDeclaration } from '../../incidents/plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const other = '01KAHB7Q7N8S3H9F0V6Z2M4XWD'
const hour = 3_600_000
let folder = ''
let wallMs = 0
let monotonicMs = 0
let open: { close(): void }[] = []
const clock: Clock = { wallMs: () => wallMs, monotonicMs: () => monotonicMs }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-clocks-'))
  wallMs = Date.parse('2026-11-21T03:00:00.000Z')
  monotonicMs = 0
  open = []
})

afterEach(() => {
  for (const one of open) one.close()
  rmSync(folder, { recursive: true })
})

function kept<One extends { close(): void }>(one: One): One {
  open.push(one)
  return one
}

/** Time goes by on both clocks; `stepMs` is what somebody did to the wall clock besides. */
function pass(ms: number, stepMs = 0): void {
  monotonicMs += ms
  wallMs += ms + stepMs
}

function note(journal: JournalStore, into = incident, happenedAt?: string): void {
  journal.append(into, 'live', ana, () => [
    draftOf(notedKind, { text: 'x' }, happenedAt === undefined ? {} : { happenedAt }),
  ])
}

const marks = (journal: JournalStore, of = incident) =>
  journal.allEntries(of).map(({ clock: { mark, by_ms } }) => (mark === 'steady' ? 'steady' : by_ms))

test('a step is told once, by the next entry of each incident that goes on', () => {
  const journal = kept(new JournalStore(folder, clock))
  note(journal)
  note(journal, other)
  pass(1000, -hour)
  note(journal)
  note(journal)
  note(journal, other)
  expect([marks(journal), marks(journal, other)]).toEqual([
    ['steady', -hour, 'steady'],
    ['steady', -hour],
  ])
})

test('a step is not forgotten when the entry after it is refused, or only the ledger writes', () => {
  const journal = kept(new JournalStore(folder, clock))
  note(journal)
  pass(1000, 365 * 24 * hour)
  expect(() => journal.append(incident, 'live', ana, () => [{ kind: 'noted', body: { text: 7 } }])).toThrow(
    RefusalError,
  )
  journal.recordHead(incident, 'test')
  note(journal)
  expect(marks(journal)).toEqual(['steady', 365 * 24 * hour])
})

test('a clock set back while Muster did not run is marked, nobody knows by how much', () => {
  const before = new JournalStore(folder, clock)
  note(before)
  before.close()
  pass(60_000, -hour)
  const after = kept(new JournalStore(folder, clock))
  note(after)
  note(after)
  expect(marks(after)).toEqual(['steady', null, 'steady'])
})

test('a steady error of 20 minutes changes no order', () => {
  const right = kept(new JournalStore(folder, clock))
  const late = kept(new JournalStore(folder, { wallMs: () => wallMs - 20 * 60_000, monotonicMs: () => monotonicMs }))
  for (let turn = 0; turn < 6; turn += 1) {
    pass(1000)
    note(turn % 2 === 0 ? right : late)
  }
  right.catchUp()
  expect(right.allEntries(incident).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
  expect(right.stateOf(incident).entries).toBe(6)
})

test.each([
  'the 61st second of a leap second|2016-12-31T23:59:60.000Z',
  'a day that is not in the calendar|2026-02-30T00:00:00.000Z',
  'a local time|2026-11-21T03:00:00.000+01:00',
  'a time without milliseconds|2026-11-21T03:00:00Z',
])('%s is refused and leaves the journal as it was', (named) => {
  const journal = kept(new JournalStore(folder, clock))
  note(journal)
  expect(() => note(journal, incident, named.split('|')[1])).toThrow(RefusalError)
  expect(kept(new JournalStore(folder, clock)).allEntries(incident)).toHaveLength(1)
})

/** Whoever sets the clock of an operating system may set it to any of these. */
const jumps = [
  1000,
  -1000,
  5 * 60_000,
  -hour,
  hour,
  24 * hour,
  -24 * hour,
  365 * 24 * hour,
  -20 * 365 * 24 * hour,
] as const

test.each([1, 2, 3, 4])(
  'an incident whose clock jumps before each entry keeps its order, and no time is negative (seed %i)',
  (seed) => {
    const desk = kept(new Desk(folder, clock))
    let turn = 0
    const expected: (number | 'steady')[] = []
    const jumped = (): void => {
      const by = jumps[chanceInt([0, jumps.length - 1], seed, turn)] ?? 0
      turn += 1
      pass(chanceInt([0, 120_000], seed, turn, 'pass'), by)
      expected.push(Math.abs(by) > 1000 ? by : 'steady')
    }
    const { id } = desk.incidents.declare(plainDeclaration({ severity: 'P1', commander: 'Ana' }), ana)
    const begun = desk.whole(id).entries.length
    const acts = [
      () => desk.incidents.respond(id, ana),
      ...Array.from({ length: 44 }, () => () => desk.incidents.note(id, 'x', null, ana)),
      () => desk.incidents.resolve(id, 'resolved', 'fixed', ana),
      () => desk.incidents.reopen(id, 'again', ana),
      () => desk.incidents.note(id, 'x', null, ana),
      () => desk.incidents.resolve(id, 'resolved', 'fixed', ana),
    ]
    for (const act of acts) {
      jumped()
      act()
    }
    desk.arrivals()
    const { state, pack, entries } = desk.whole(id)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
    const told = entries.slice(begun).map(({ clock: { mark, by_ms } }) => (mark === 'steady' ? 'steady' : by_ms))
    expect(told).toEqual(expected)
    const madeAt = entries.at(-1)?.at ?? ''
    const document = postmortemDocument({
      state,
      entries,
      pack,
      madeAt,
      version: 'test',
      verified: { ok: true, entries: entries.length, problems: [] },
      offsetMinutes: null,
    })
    expect(document.durations.filter(({ ms }) => ms !== null && ms < 0)).toEqual([])
    expect(document.severities.filter(({ ms }) => ms < 0)).toEqual([])
  },
)
