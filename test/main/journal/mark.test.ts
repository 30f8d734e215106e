import { copyFileSync, cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { openConnection } from '../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let root = ''
let open: JournalStore[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-mark-'))
  open = []
})

afterEach(() => {
  for (const store of open) store.close()
  rmSync(root, { recursive: true })
})

const at = (name: string): string => join(root, name)

function desk(name: string): JournalStore {
  const opened = new JournalStore(at(name), systemClock)
  open.push(opened)
  return opened
}

/** Opens the folder, writes these notes, closes it; answers what it said of the journal. */
function write(name: string, ...texts: readonly string[]): string | null {
  const journal = desk(name)
  for (const text of texts) journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
  journal.close()
  open.pop()
  return journal.condition.remark
}

function chains(name: string): string[] {
  const db = openConnection(journalFile(at(name)), 'read')
  const found = db
    .prepare<[string], string>('SELECT DISTINCT chain FROM entry WHERE incident = ?')
    .pluck()
    .all(incident)
  expect(verifyJournal(db).problems).toEqual([])
  db.close()
  return found
}

test('a desk goes on with its own chain, whoever else has the folder open', () => {
  expect(write('desk', 'one')).toBeNull()
  const window = desk('desk')
  expect(write('desk', 'two')).toBeNull()
  window.append(incident, 'live', ana, () => [draftOf(notedKind, { text: 'three' })])
  expect(write('desk', 'four')).toBeNull()
  expect(chains('desk')).toHaveLength(1)
})

test('a process that closes last sets back no mark that another has written since', () => {
  write('desk', 'one')
  const window = desk('desk')
  const note = (text: string) => window.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
  // The second comes too soon after the first for a mark of its own.
  note('two')
  note('three')
  copyFileSync(journalFile(at('desk')), at('older'))
  const log = `${journalFile(at('desk'))}-wal`
  copyFileSync(log, `${at('older')}-wal`)
  write('desk', 'four', 'five')
  window.close()
  open = []
  expect(readFileSync(join(at('desk'), 'journal.mark'), 'utf8')).toMatch(/^muster-mark 1 0{15}6 /)
  const older = openConnection(at('older'), 'read')
  older.prepare('VACUUM INTO ?').run(at('whole'))
  older.close()
  copyFileSync(at('whole'), journalFile(at('desk')))
  expect(write('desk')).toContain('restored from an older state')
})

test('a folder that was moved goes on with its chain', () => {
  write('desk', 'one')
  renameSync(at('desk'), at('moved'))
  expect(write('moved', 'two')).toBeNull()
  expect(chains('moved')).toHaveLength(1)
})

test('a folder that was copied goes on under new chains and says so, the one it was copied from does not', () => {
  write('desk', 'one')
  cpSync(at('desk'), at('copy'), { recursive: true })
  expect(write('copy', 'two')).toMatch(/copy.*new chains/)
  expect(write('copy', 'three')).toBeNull()
  expect(write('desk', 'four')).toBeNull()
  expect(chains('copy')).toHaveLength(2)
  expect(chains('desk')).toHaveLength(1)
})

test('a folder without its mark counts as copied', () => {
  write('desk', 'one')
  rmSync(at('desk/journal.mark'))
  expect(write('desk', 'two')).toMatch(/new chains/)
  expect(chains('desk')).toHaveLength(2)
})

test('an older journal restored in place goes on under new chains and names what is gone', () => {
  write('desk', 'one')
  copyFileSync(journalFile(at('desk')), at('backup.db'))
  write('desk', 'two', 'three')
  copyFileSync(at('backup.db'), journalFile(at('desk')))
  expect(write('desk', 'other')).toMatch(/older state.*number 4 /)
  expect(chains('desk')).toHaveLength(2)
})

test('an older journal that has grown again under other entries is still seen', () => {
  write('desk', 'one')
  copyFileSync(journalFile(at('desk')), at('backup.db'))
  write('desk', 'two', 'three')
  copyFileSync(at('desk/journal.mark'), at('mark'))
  copyFileSync(at('backup.db'), journalFile(at('desk')))
  write('desk', 'other', 'and', 'more')
  copyFileSync(at('mark'), at('desk/journal.mark'))
  expect(write('desk', 'again')).toMatch(/new chains/)
})

test('an empty journal in the place of a full one is told', () => {
  write('desk', 'one')
  rmSync(journalFile(at('desk')))
  expect(write('desk')).toMatch(/older state/)
})

test('a mark that says nothing counts as none', () => {
  write('desk', 'one')
  writeFileSync(at('desk/journal.mark'), readFileSync(at('desk/journal.mark')).subarray(0, 100))
  expect(write('desk', 'two')).toMatch(/new chains/)
})

test('a mark that was copied back over itself counts as none', () => {
  write('desk', 'one')
  const mark = readFileSync(at('desk/journal.mark'), 'latin1')
  // As a backup brings it back: the same file, put there long after the line was written.
  writeFileSync(
    at('desk/journal.mark'),
    mark.replace(/\d{15}\n$/, (ms) => `${String(Number(ms) - 600_000).padStart(15, '0')}\n`),
  )
  expect(write('desk', 'two')).toMatch(/new chains/)
})

test('the mark names the newest row, and an older one is as good', () => {
  const journal = desk('desk')
  journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text: 'one' })])
  const older = readFileSync(at('desk/journal.mark'))
  journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text: 'two' })])
  journal.tend()
  const [, newest] = journal.allEntries(incident)
  expect(readFileSync(at('desk/journal.mark'), 'latin1')).toContain(newest?.hash)
  journal.close()
  open = []
  writeFileSync(at('desk/journal.mark'), older)
  expect(write('desk', 'three')).toBeNull()
})
