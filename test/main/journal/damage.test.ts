import { copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { RefusalError } from '../../../shared/refusal.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let folder = ''
let open: JournalStore[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-damage-'))
  open = []
})

afterEach(() => {
  for (const store of open) store.close()
  rmSync(folder, { recursive: true })
})

function store(): JournalStore {
  const opened = new JournalStore(folder, systemClock)
  open.push(opened)
  return opened
}

function note(journal: JournalStore, text: string): void {
  journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
}

/** A closed journal of 200 notes, 50 pages and more. */
function fill(): void {
  const journal = store()
  journal.append(incident, 'live', ana, () =>
    Array.from({ length: 200 }, (_, index) => draftOf(notedKind, { text: `note ${index} ${'x'.repeat(500)}` })),
  )
  journal.close()
  open.pop()
  rmSync(join(folder, 'cache'), { recursive: true })
}

/** Overwrites one page of the journal's file, the first having number 1. */
function ruin(page: number): void {
  const bytes = readFileSync(journalFile(folder))
  bytes.fill(0xa5, (page - 1) * 4096, page * 4096)
  writeFileSync(journalFile(folder), bytes)
}

function pageOf(table: string, type: string): number {
  const db = new Database(journalFile(folder), { readonly: true })
  try {
    return Number(
      db
        .prepare('SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY pageno LIMIT 1')
        .pluck()
        .get(table, type),
    )
  } finally {
    db.close()
  }
}

function expectOnlyRead(journal: JournalStore, least: number, most: number): void {
  const entries = journal.allEntries(incident)
  expect(entries.length).toBeGreaterThanOrEqual(least)
  expect(entries.length).toBeLessThanOrEqual(most)
  if (entries.length > 0) expect(journal.stateOf(incident).entries).toBe(entries.length)
  expect(journal.condition.readOnly).toMatch(/damaged.*backup or a mirror/)
  for (const change of [
    () => note(journal, 'no'),
    () => journal.change(() => null),
    () => journal.recordHead(incident, 'x'),
  ]) {
    expect(change).toThrow(RefusalError)
  }
}

test.each([
  ['entry', 'leaf', 180, 199],
  ['body', 'leaf', 180, 200],
  ['entry', 'internal', 0, 199],
  ['entry_in_fold_order', 'internal', 200, 200],
])(
  'a journal with a ruined page of %s (%s) opens with what can be read and is not written',
  (table, type, least, most) => {
    fill()
    ruin(pageOf(table, type))
    const before = readFileSync(journalFile(folder))
    const journal = store()
    // Some damage shows only when it is read.
    journal.allEntries(incident)
    expectOnlyRead(journal, least, most)
    journal.close()
    open.pop()
    expect(readFileSync(journalFile(folder)).equals(before)).toBe(true)
  },
)

test('a file that is no database opens as an empty journal that is not written', () => {
  writeFileSync(journalFile(folder), 'not a database, but long enough to be taken for one '.repeat(100))
  const before = readFileSync(journalFile(folder))
  const journal = store()
  expect(journal.states()).toEqual([])
  expect(() => note(journal, 'no')).toThrow(/damaged/)
  journal.close()
  open.pop()
  expect(readFileSync(journalFile(folder)).equals(before)).toBe(true)
})

test('an entry that is not of the form of one is left out, and nothing is written any more', () => {
  fill()
  const journal = store()
  const db = new Database(journalFile(folder))
  db.exec(`DROP TRIGGER entry_is_never_changed; UPDATE entry SET clock = '{' WHERE id = 7`)
  db.close()
  expect(journal.allEntries(incident)).toHaveLength(199)
  expectOnlyRead(journal, 199, 199)
})

test('a journal that is removed while it is open takes no more entries, and what it held is copied beside it', () => {
  const journal = store()
  note(journal, 'kept')
  renameSync(journalFile(folder), join(folder, 'away'))
  journal.tend()
  expect(() => note(journal, 'lost')).toThrow(/removed while Muster was using it/)
  const rescued = readdirSync(folder).find((name) => name.includes('.rescued-'))
  const db = new Database(join(folder, rescued ?? ''), { readonly: true })
  expect(db.prepare('SELECT count(*) FROM entry WHERE incident = ?').pluck().get(incident)).toBe(1)
  db.close()
  renameSync(join(folder, 'away'), journalFile(folder))
  journal.tend()
  note(journal, 'on')
  expect(journal.condition.readOnly).toBeNull()
  expect(journal.allEntries(incident)).toHaveLength(2)
})

test('a journal that is replaced while it is open takes no more entries', () => {
  const journal = store()
  note(journal, 'kept')
  copyFileSync(journalFile(folder), join(folder, 'other'))
  renameSync(join(folder, 'other'), journalFile(folder))
  journal.tend()
  expect(journal.condition.readOnly).toMatch(/replaced/)
  expect(() => note(journal, 'lost')).toThrow(/replaced/)
})

test('a journal that was left by a killed process is due to be checked, until it was', () => {
  const killed = store()
  note(killed, 'kept')
  const log = readFileSync(`${journalFile(folder)}-wal`)
  killed.close()
  open.pop()
  writeFileSync(`${journalFile(folder)}-wal`, log)
  const next = store()
  expect(next.condition.isCheckDue).toBe(true)
  next.close()
  open.pop()
  const checking = store()
  expect(checking.condition.isCheckDue).toBe(true)
  checking.checked(null)
  expect(checking.condition.remark).toMatch(/is whole/)
  checking.close()
  open.pop()
  expect(store().condition.isCheckDue).toBe(false)
})
