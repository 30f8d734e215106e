import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-verify-'))
  const journal = new JournalStore(folder, systemClock)
  for (const text of ['one', 'two', 'three']) {
    journal.append(incident, 'live', { contact: null, name: 'Ana' }, () => [draftOf(notedKind, { text })])
  }
  journal.recordHead(incident, 'test')
  journal.close()
})

afterEach(() => rmSync(folder, { recursive: true }))

function problemsAfter(sql: string): readonly string[] {
  const db = new Database(journalFile(folder))
  db.unsafeMode()
  db.pragma('foreign_keys = OFF')
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  for (const trigger of triggers) db.exec(trigger.sql)
  db.close()
  return verify()
}

function verify(): readonly string[] {
  const db = openConnection(journalFile(folder), 'read')
  try {
    return verifyJournal(db).problems
  } finally {
    db.close()
  }
}

test('an untouched journal has no problems', () => {
  expect(verify()).toEqual([])
})

test.each([
  [
    'a changed header',
    `UPDATE entry SET actor = replace(actor, 'Ana', 'Eva') WHERE incident = '${incident}' AND seq = 2`,
    /hash does not fit/,
  ],
  ['a changed body', `UPDATE body SET bytes = CAST(replace(CAST(bytes AS TEXT), 'two', 'six') AS BLOB)`, /body/],
  ['a removed body', `DELETE FROM body WHERE CAST(bytes AS TEXT) LIKE '%two%'`, /body is gone/],
  ['a removed entry', `DELETE FROM entry WHERE incident = '${incident}' AND seq = 2`, /2 was expected/],
  [
    'a cut tail that the ledger remembers',
    `DELETE FROM entry WHERE incident = '${incident}' AND seq = 3`,
    /ledger remembers entry 3/,
  ],
  ['a lost incident', `DELETE FROM entry WHERE incident = '${incident}'`, /ledger remembers/],
  [
    'two swapped bodies',
    `UPDATE body SET entry = entry + 1000; UPDATE body SET entry = CASE entry WHEN 1001 THEN 3 WHEN 1003 THEN 1 ELSE entry - 1000 END`,
    /body was changed/,
  ],
  ['a number that is not JSON', `UPDATE entry SET clock = 'x' WHERE seq = 2`, /Read entry 2/],
])('finds %s', (_what, sql, problem) => {
  expect(problemsAfter(sql).join('\n')).toMatch(problem)
})

test('finds a trigger that was made harmless under its own name', () => {
  const db = new Database(journalFile(folder))
  db.exec('DROP TRIGGER body_is_never_changed')
  db.exec('CREATE TRIGGER body_is_never_changed BEFORE UPDATE ON body BEGIN SELECT 1; END')
  db.close()
  expect(verify().join('')).toMatch(/body_is_never_changed/)
})

test('finds a tail that was cut off after the ledger last remembered the head', () => {
  const journal = new JournalStore(folder, systemClock)
  for (let note = 0; note < 40; note += 1) {
    journal.append(incident, 'live', { contact: null, name: 'Ana' }, () => [
      draftOf(notedKind, { text: `note ${note}` }),
    ])
  }
  journal.close()
  expect(problemsAfter(`DELETE FROM entry WHERE incident = '${incident}' AND seq >= 40`).join('\n')).toMatch(
    /ledger remembers/,
  )
})

test('finds a trigger that is gone', () => {
  const db = new Database(journalFile(folder))
  db.exec('DROP TRIGGER entry_is_never_changed')
  db.close()
  expect(verify().join()).toMatch(/entry_is_never_changed/)
})
