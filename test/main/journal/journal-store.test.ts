import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Clock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { isFitVersion, openConnection } from '../../../main/journal/sqlite.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { RefusalError } from '../../../shared/refusal.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let folder = ''
let open: JournalStore[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-journal-'))
  open = []
})

afterEach(() => {
  for (const store of open) store.close()
  rmSync(folder, { recursive: true })
})

function store(clock: Clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() }): JournalStore {
  const opened = new JournalStore(folder, clock)
  open.push(opened)
  return opened
}

function note(journal: JournalStore, text: string): void {
  journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
}

test('what was appended is there after opening again', () => {
  const first = store()
  note(first, 'hello')
  first.close()
  open = []
  const [entry] = store().allEntries(incident)
  expect(entry).toMatchObject({ seq: 1, lamport: 1, mode: 'live', actor: ana, kind: 'noted', body: { text: 'hello' } })
})

test('two connections write one unbroken chain and see each other', () => {
  const [a, b] = [store(), store()]
  for (let turn = 0; turn < 20; turn += 1) note(turn % 2 === 0 ? a : b, `note ${turn}`)
  let told = 0
  for (let look = 0; look < 3; look += 1) b.onForeignCommits(() => (told += 1))
  expect(told).toBe(1)
  expect(a.catchUp()[0]?.entries).toHaveLength(20)
  expect(b.catchUp()[0]?.entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

test('a decision is made on what another connection wrote just before', () => {
  const [a, b] = [store(), store()]
  note(a, 'first')
  let seen = -1
  b.append(incident, 'live', ana, (state) => {
    seen = state.entries
    return []
  })
  expect(seen).toBe(1)
})

test('a refusal in the decision leaves nothing behind', () => {
  const journal = store()
  expect(() =>
    journal.append(incident, 'live', ana, () => [
      draftOf(notedKind, { text: 'kept?' }),
      { kind: 'noted', body: { text: 7 } },
    ]),
  ).toThrow(RefusalError)
  expect(journal.allEntries(incident)).toEqual([])
})

test('an incident takes entries of one mode only', () => {
  const journal = store()
  note(journal, 'live')
  journal.catchUp()
  expect(() => journal.append(incident, 'exercise', ana, () => [draftOf(notedKind, { text: 'drill' })])).toThrow(
    /exercise/,
  )
})

test.each([
  'UPDATE entry SET at = at',
  'DELETE FROM entry',
  "UPDATE body SET bytes = x'00'",
  'DELETE FROM body',
  "INSERT OR REPLACE INTO body SELECT entry, salt, x'7b7d' FROM body",
  'INSERT OR REPLACE INTO entry SELECT * FROM entry',
  `INSERT INTO entry SELECT 99, incident, chain, 7, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
    body_hash, "after", hash, '${'f'.repeat(64)}' FROM entry WHERE seq = 1 LIMIT 1`,
])('the database itself refuses: %s', (sql) => {
  note(store(), 'untouchable')
  const db = new Database(journalFile(folder))
  expect(() => db.exec(sql)).toThrow(/never|extends|only/)
  db.close()
})

test('a wall clock that steps back is marked and changes no order', () => {
  let wall = Date.parse('2026-11-21T03:00:00.000Z')
  let monotonic = 0
  const journal = store({ wallMs: () => wall, monotonicMs: () => monotonic })
  note(journal, 'before')
  wall -= 3_600_000
  monotonic += 10
  note(journal, 'after')
  expect(journal.allEntries(incident).map(({ at, clock }) => [at, clock.mark, clock.by_ms])).toEqual([
    ['2026-11-21T03:00:00.000Z', 'steady', null],
    ['2026-11-21T02:00:00.000Z', 'stepped', -3_600_010],
  ])
})

test('every connection is set to sync each commit', () => {
  store()
  const db = openConnection(journalFile(folder), 'write')
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  db.close()
})

test('a database of a newer Muster is refused and left alone', () => {
  store().close()
  open = []
  const db = new Database(journalFile(folder))
  db.pragma('user_version = 999')
  db.close()
  expect(() => store()).toThrow(/newer Muster/)
})

test("somebody else's database is refused and left alone", () => {
  const db = new Database(journalFile(folder))
  db.exec('CREATE TABLE theirs (a)')
  db.close()
  expect(() => store()).toThrow(/not a journal/)
})

test.each([
  ['3.40.1', false],
  ['3.51.2', false],
  ['3.51.3', true],
  ['3.52.0', false],
  ['3.53.0', true],
  ['4.0.0', true],
])('SQLite %s is fit: %s', (version, fit) => {
  expect(isFitVersion(version)).toBe(fit)
})
