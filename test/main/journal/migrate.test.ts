import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { journalVersion } from '../../../main/journal/migrate.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'

const old = fileURLToPath(new URL('fixtures/journal-1.db', import.meta.url))
const ana = { contact: null, name: 'Ana' }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-migrate-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function rowsOf(file: string): unknown[] {
  const db = new Database(file)
  try {
    return db.prepare('SELECT e.*, b.salt, b.bytes FROM entry e LEFT JOIN body b ON b.entry = e.id ORDER BY e.id').all()
  } finally {
    db.close()
  }
}

function versionOf(file: string): unknown {
  const db = new Database(file)
  try {
    return db.pragma('user_version', { simple: true })
  } finally {
    db.close()
  }
}

test('a journal of the first version is migrated row by row as it was, verifies, and goes on with its chains', () => {
  copyFileSync(old, journalFile(folder))
  const before = rowsOf(journalFile(folder))
  expect(before).toHaveLength(56)
  const journal = new JournalStore(folder, systemClock)
  expect(journal.condition.remark).toBeNull()
  const [ended, drill] = journal.states().toSorted((a, b) => a.id.localeCompare(b.id))
  expect(ended).toMatchObject({ entries: 47, unread: 0, core: { title: 'Sign-in fails', status: 'resolved' } })
  expect(Object.values(ended?.corrections ?? {})).toMatchObject([[{ text: 'what it should have said' }]])
  expect(drill).toMatchObject({ entries: 4, mode: 'exercise' })
  journal.append(ended!.id, 'live', ana, () => [draftOf(notedKind, { text: 'after the migration' })])
  journal.close()
  expect(rowsOf(journalFile(folder)).slice(0, 56)).toEqual(before)
  const db = openConnection(journalFile(folder), 'read')
  expect(verifyJournal(db)).toMatchObject({ problems: [], chains: 3, entries: 57 })
  db.close()
  expect(versionOf(journalFile(folder))).toBe(journalVersion)
})

test('a copy of the journal as it was is made first, and only once', () => {
  copyFileSync(old, journalFile(folder))
  const before = rowsOf(journalFile(folder))
  new JournalStore(folder, systemClock).close()
  const copy = `${journalFile(folder)}.before-2`
  expect(versionOf(copy)).toBe(1)
  expect(rowsOf(copy)).toEqual(before)
  const made = readFileSync(copy)
  new JournalStore(folder, systemClock).close()
  expect(readFileSync(copy).equals(made)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.includes('.new-'))).toEqual([])
})

test('a journal of a newer version is left as it is, byte for byte', () => {
  copyFileSync(old, journalFile(folder))
  const db = new Database(journalFile(folder))
  db.pragma(`user_version = ${journalVersion + 1}`)
  db.close()
  const before = readFileSync(journalFile(folder))
  expect(() => new JournalStore(folder, systemClock)).toThrow(/newer Muster/)
  expect(readFileSync(journalFile(folder)).equals(before)).toBe(true)
  expect(existsSync(join(folder, 'journal.mark'))).toBe(false)
})

test('a restored journal of the first version goes on under new chains', () => {
  copyFileSync(old, journalFile(folder))
  const journal = new JournalStore(folder, systemClock)
  const [{ id } = { id: '' }] = journal.states()
  journal.append(id, journal.stateOf(id).mode, ana, () => [draftOf(notedKind, { text: 'since' })])
  journal.close()
  copyFileSync(old, journalFile(folder))
  const again = new JournalStore(folder, systemClock)
  expect(again.condition.remark).toMatch(/older state/)
  again.close()
})
