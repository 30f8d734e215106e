import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { missingGuards } from '../../../main/journal/guards.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { declaredKind, packPinnedKind } from '../../../shared/incident/entries.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'

const ana = { contact: null, name: 'Ana' }
const mara = { contact: null, name: 'Mara' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const another = '01KAHB7Q7N8S3H9F0V6Z2M4XWD'
const hash = 'ab'.repeat(32)
let folder = ''
let journal: JournalStore
let db: Database.Database

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-erasure-'))
  journal = new JournalStore(folder, systemClock)
  // Any program with SQLite in it: knows nothing of Muster, and has only the file.
  db = new Database(journalFile(folder))
})

afterEach(() => {
  journal.close()
  db.close()
  rmSync(folder, { recursive: true })
})

function add(draft: Draft, to = incident): Entry {
  journal.append(to, 'live', ana, () => [draft])
  const added = journal.allEntries(to).at(-1)
  if (added === undefined) throw new Error('nothing was added')
  return added
}

const note = (text: string, to = incident) => add(draftOf(notedKind, { text }), to)

const erasing = (entry: string) => draftOf(erasedKind, { entry, bundle: null, reason: 'A password.', approver: mara })

const idOf = (entry: Entry) => Number(db.prepare('SELECT id FROM entry WHERE hash = ?').pluck().get(entry.hash))
const bodies = () => Number(db.prepare('SELECT count(*) FROM body').pluck().get())
const hasBody = (entry: Entry) => db.prepare('SELECT 1 FROM body WHERE entry = ?').get(idOf(entry)) !== undefined

/** Writes an entry and its body as a program would that knows the tables and nothing else. */
function writeRaw(kind: string, body: string, to = incident): number {
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO entry (incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
        body_hash, "after", prev, hash) VALUES (?, ?, 1, 99, '', '', '', 'live', '', '', ?, 1, ?, '', ?, ?)`,
    )
    .run(to, 'e'.repeat(32), kind, hash, hash, 'f'.repeat(64))
  db.prepare('INSERT INTO body (entry, salt, bytes) VALUES (?, ?, ?)').run(
    lastInsertRowid,
    Buffer.alloc(16),
    Buffer.from(body),
  )
  return Number(lastInsertRowid)
}

test('an erased entry takes the body that it names, and no other', () => {
  const [before, secret, after] = [note('before'), note('hunter2'), note('after')]
  const eraser = add(erasing(secret.hash))
  expect([before, secret, after, eraser].map(hasBody)).toEqual([true, false, true, true])
  expect(db.prepare('SELECT entry, by FROM erasure').all()).toEqual([{ entry: idOf(secret), by: idOf(eraser) }])
  expect(journal.byHash(secret.hash)).toEqual({ ...secret, body: null })
})

test('entry and body go together or not at all', () => {
  const secret = note('hunter2')
  expect(() =>
    journal.append(incident, 'live', ana, () => [erasing(secret.hash), draftOf(notedKind, { text: '' })]),
  ).toThrow()
  expect(hasBody(secret)).toBe(true)
  expect(db.prepare('SELECT count(*) FROM erasure').pluck().get()).toBe(0)
})

test.each([
  ['a body', 'DELETE FROM body WHERE entry = $id'],
  ['every body', 'DELETE FROM body'],
  ['a body by changing it', "UPDATE body SET bytes = x'7b7d' WHERE entry = $id"],
  ['a body by changing it or replacing', "UPDATE OR REPLACE body SET bytes = x'7b7d' WHERE entry = $id"],
  ['a body by replacing it', "INSERT OR REPLACE INTO body VALUES ($id, zeroblob(16), x'7b7d')"],
  ['a body by moving it', 'UPDATE body SET entry = entry + 1000 WHERE entry = $id'],
  ['a row of the erasures, by hand', 'INSERT INTO erasure VALUES ($id, $id)'],
  ['the same, ignoring conflicts', 'INSERT OR IGNORE INTO erasure VALUES ($id, $id)'],
  ['an entry', 'DELETE FROM entry WHERE id = $id'],
])('no statement alone takes or forges %s', (_what, sql) => {
  const secret = note('hunter2')
  const before = bodies()
  expect(() => db.prepare(sql).run(sql.includes('$id') ? { id: idOf(secret) } : {})).toThrow(/never|only/)
  expect(bodies()).toBe(before)
  expect(hasBody(secret)).toBe(true)
})

test.each([
  ['UPDATE erasure SET by = 1 WHERE entry = $id'],
  ['DELETE FROM erasure WHERE entry = $id'],
  ['INSERT OR REPLACE INTO erasure VALUES ($id, 1)'],
  ["INSERT INTO body VALUES ($id, zeroblob(16), x'7b7d')"],
  ["INSERT OR REPLACE INTO body VALUES ($id, zeroblob(16), x'7b7d')"],
])('what was erased stays erased, and by whom: %s', (sql) => {
  const secret = note('hunter2')
  add(erasing(secret.hash))
  const rows = db.prepare('SELECT * FROM erasure').all()
  expect(() => db.prepare(sql).run({ id: idOf(secret) })).toThrow(/never|only/)
  expect(db.prepare('SELECT * FROM erasure').all()).toEqual(rows)
  expect(hasBody(secret)).toBe(false)
})

test('an erased entry of another incident takes nothing', () => {
  const secret = note('hunter2')
  note('elsewhere', another)
  add(erasing(secret.hash), another)
  expect(hasBody(secret)).toBe(true)
})

test('what says what was erased, what an incident is, and the ledger cannot be erased', () => {
  const pack = { id: 'p', version: '1', title: 'P', hash }
  const at = '2026-11-21T03:00:00.000Z'
  const stays = [
    add(draftOf(declaredKind, { number: 'INC-1', title: 'x', pack, unconfirmed: false, detected_at: at })),
    add(draftOf(packPinnedKind, { hash, text: 'x' })),
    add(erasing(note('hunter2').hash)),
  ]
  for (const entry of stays) add(erasing(entry.hash))
  expect(stays.map(hasBody)).toEqual([true, true, true])

  const ledger = String(db.prepare('SELECT ledger FROM desk').pluck().get())
  const heads = db.prepare<[string], { hash: string }>('SELECT hash FROM entry WHERE incident = ?').all(ledger)
  expect(heads.length).toBeGreaterThan(0)
  const before = bodies()
  writeRaw('erased', JSON.stringify({ entry: heads[0]?.hash }), ledger)
  expect(bodies()).toBe(before + 1)
})

test('the body goes whichever program writes the entry that says so', () => {
  const [secret, kept] = [note('hunter2'), note('kept')]
  const eraser = writeRaw('erased', JSON.stringify({ entry: secret.hash, bundle: null }))
  expect([secret, kept].map(hasBody)).toEqual([false, true])
  expect(db.prepare('SELECT by FROM erasure').pluck().all()).toEqual([eraser])
})

test('a body that was erased here does not come back with another desk, and a second erasure changes nothing', () => {
  const secret = note('hunter2')
  add(erasing(secret.hash))
  const rows = db.prepare('SELECT * FROM erasure').all()
  add(erasing(secret.hash))
  expect(db.prepare('SELECT * FROM erasure').all()).toEqual(rows)
})

test('an entry of evidence takes no body', () => {
  const before = [note('one'), note('two')]
  add(draftOf(erasedKind, { entry: null, bundle: hash, reason: 'A dump.', approver: mara }))
  expect(before.map(hasBody)).toEqual([true, true])
})

test('a guard of the bodies that is gone, or weaker than it was, is reported by name', () => {
  const guards = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
    .filter(({ name }) => name.startsWith('body_') || name.startsWith('erasure_'))
  expect(guards.length).toBeGreaterThan(8)
  for (const { name, sql } of guards) {
    db.exec(`DROP TRIGGER ${name}`)
    expect(missingGuards(db)).toEqual([name])
    db.exec(sql.replace('WHEN', 'WHEN 0 AND').replace('BEGIN SELECT RAISE', 'BEGIN SELECT 1 WHERE 0; SELECT RAISE'))
    expect(missingGuards(db)).toEqual([name])
    db.exec(`DROP TRIGGER ${name}`)
    db.exec(sql)
    expect(missingGuards(db)).toEqual([])
  }
})

test('freed pages are overwritten by whoever writes the journal', () => {
  const secret = note('hunter2-in-clear')
  add(erasing(secret.hash))
  db.pragma('wal_checkpoint(TRUNCATE)')
  expect(db.serialize().includes('hunter2-in-clear')).toBe(false)
})
