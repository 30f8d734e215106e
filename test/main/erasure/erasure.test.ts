import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Erasure } from '../../../main/erasure/erasure.ts'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { verifyJournal } from '../../../main/journal/verify.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import { confirmedKind, declaredKind } from '../../../shared/incident/entries.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { type Draft, draftOf } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind } from '../../../shared/notes/entries.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { filesWith as filesHolding } from '../../files-with.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const another = '01KAHB7Q7N8S3H9F0V6Z2M4XWD'
const secret = 'hunter2-Hauptkennwort-ü'
let folder = ''
let journal: JournalStore
let erasure: Erasure

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-erasure-'))
  journal = new JournalStore(folder, systemClock)
  erasure = new Erasure(journal, folder)
})

afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true })
})

function add(draft: Draft, to = incident): Entry {
  journal.append(to, 'live', ana, () => [draft])
  const added = journal.allEntries(to).at(-1)
  if (added === undefined) throw new Error('nothing was added')
  return added
}

const note = (text: string, to = incident) => add(draftOf(notedKind, { text }), to)
const erase = (entry: Entry, reason = 'A password.', approver = 'Mara Stein') =>
  erasure.eraseEntry(incident, entry.hash, reason, approver, ana)

function refusalOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof RefusalError) return `${error.refusal.code}: ${error.refusal.happened} ${error.refusal.next}`
    throw error
  }
  return 'done'
}

const filesWith = (words: string) => filesHolding(folder, words)

test('the text goes from every file at once, and what stands beside it stays', () => {
  note('what stood before it')
  const entry = note(`The password is ${secret}.`)
  note('what stood after it')
  expect(filesWith(secret)).not.toEqual([])
  const erased = erase(entry)
  expect(erased).toEqual({
    seq: 4,
    isGone: true,
    removedCopies: [],
    leftCopies: [],
    corrections: [],
    heldBy: [],
  })
  expect(filesWith(secret)).toEqual([])
  expect(filesWith('what stood before it')).not.toEqual([])
  expect(filesWith('what stood after it')).not.toEqual([])
  expect(journal.stateOf(incident)).toMatchObject({
    erased: 1,
    unread: 0,
    erasures: { [entry.hash]: { seq: 4, by: 'Ana', reason: 'A password.', approver: 'Mara Stein' } },
  })
})

test('texts of every size go without a trace, whatever order they go in', () => {
  const sizes = [12, 300, 3_900, 4_100, 20_000, 300_000]
  const entries = Array.from({ length: 48 }, (_each, index) => {
    const words = `${secret}/${index}/`
    return { words, entry: note(words.repeat(Math.ceil((sizes[index % sizes.length] ?? 0) / words.length))) }
  })
  const order = entries.toSorted((a, b) => (a.entry.hash < b.entry.hash ? -1 : 1)).slice(0, 30)
  for (const { entry } of order) expect(erase(entry).isGone).toBe(true)
  const gone = new Set(order)
  const file = readFileSync(journalFile(folder))
  expect(entries.filter((one) => gone.has(one) === file.includes(one.words)).map(({ words }) => words)).toEqual([])
  const db = new Database(journalFile(folder))
  expect(verifyJournal(db).problems.filter((problem) => !problem.includes('is gone'))).toEqual([])
  db.close()
})

test('traces that SQLite leaves in a rebuilt page are found and taken out', () => {
  const entry = note(`The password is ${secret}.`)
  // What an earlier balancing may leave: a copy of the row in a part of the file that no row holds.
  const db = new Database(journalFile(folder))
  db.exec('CREATE TABLE junk (bytes BLOB)')
  const body = db.prepare('SELECT salt, bytes FROM body WHERE entry = (SELECT id FROM entry WHERE hash = ?)')
  const { salt, bytes } = body.get(entry.hash) as { salt: Buffer; bytes: Buffer }
  db.prepare('INSERT INTO junk VALUES (?)').run(Buffer.concat([salt, bytes]))
  db.exec('DROP TABLE junk')
  db.close()
  expect(erase(entry).isGone).toBe(true)
  expect(filesWith(secret)).toEqual([])
})

test('copies that updates made beside the journal go too, copies that a person made are named', () => {
  const entry = note(secret)
  const db = new Database(journalFile(folder))
  db.prepare('VACUUM INTO ?').run(`${journalFile(folder)}.before-2`)
  db.close()
  copyFileSync(`${journalFile(folder)}.before-2`, `${journalFile(folder)}.mine`)
  expect(erase(entry)).toMatchObject({ removedCopies: ['journal.db.before-2'], leftCopies: ['journal.db.mine'] })
  expect(filesWith(secret)).toEqual(['journal.db.mine'])
})

test('a reader in the way makes it unfinished, and it is finished once that is gone', () => {
  const entry = note(secret)
  const reader = new Database(journalFile(folder))
  reader.exec('BEGIN; SELECT count(*) FROM body')
  expect(erase(entry).isGone).toBe(false)
  expect(filesWith(secret)).not.toEqual([])
  erasure.finish()
  expect(filesWith(secret)).not.toEqual([])
  reader.exec('COMMIT')
  reader.close()
  utimesSync(join(folder, 'erasing'), 0, 0)
  erasure.finish()
  expect(filesWith(secret)).toEqual([])
  expect(existsSync(join(folder, 'erasing'))).toBe(false)
})

test('an erasure that was cut short before its files were cleaned is finished by the next start', () => {
  const entry = note(secret)
  journal.append(incident, 'live', ana, () => [
    draftOf(erasedKind, { entry: entry.hash, bundle: null, reason: 'x', approver: ana }),
  ])
  writeFileSync(join(folder, 'erasing'), '')
  utimesSync(join(folder, 'erasing'), 0, 0)
  expect(filesWith(secret)).not.toEqual([])
  new Erasure(journal, folder).finish()
  expect(filesWith(secret)).toEqual([])
})

test('what was left in a time to come, before the clock was set back, is finished too', () => {
  writeFileSync(join(folder, 'erasing'), '')
  const inAYear = Date.now() / 1_000 + 31_536_000
  utimesSync(join(folder, 'erasing'), inAYear, inAYear)
  erasure.finish()
  expect(existsSync(join(folder, 'erasing'))).toBe(false)
})

test('a disk that says no once the entry stands leaves it unfinished, and is tried again', () => {
  const entry = note(`The password is ${secret}.`)
  mkdirSync(join(folder, 'journal.db.before-9'))
  expect(erase(entry)).toMatchObject({ seq: 2, isGone: false })
  rmSync(join(folder, 'journal.db.before-9'), { recursive: true })
  utimesSync(join(folder, 'erasing'), 1, 1)
  erasure.finish()
  expect(existsSync(join(folder, 'erasing'))).toBe(false)
  expect(filesWith(secret)).toEqual([])
})

/** The locks of this process on the journal, as Linux tells them; none elsewhere. */
function locks(): string[] {
  if (process.platform !== 'linux') return []
  const { ino } = statSync(journalFile(folder))
  const own = ` ${process.pid} `
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .filter((line) => line.includes(own) && line.includes(`:${ino} `))
    .map((line) => line.slice(line.indexOf(':') + 1))
}

test('an erasure leaves the journal locked: else whoever reads it deletes its log under this process', () => {
  const entry = note(secret)
  const before = locks()
  if (process.platform === 'linux') expect(before).toHaveLength(1)
  expect(erase(entry).isGone).toBe(true)
  expect(locks()).toEqual(before)
})

test('corrections that quote it are told, as entries of their own', () => {
  const entry = note(secret)
  const correction = add(draftOf(correctedKind, { entry: entry.hash, text: `${secret} was changed` }))
  expect(erase(entry).corrections).toEqual([{ entry: correction.hash, seq: 2 }])
  expect(filesWith(secret)).not.toEqual([])
  erase(correction)
  expect(filesWith(secret)).toEqual([])
  expect(journal.stateOf(incident).corrections).toEqual({})
})

test('what cannot be erased is refused in words, and changes nothing', () => {
  const pack = { id: 'p', version: '1', title: 'P', hash: 'ab'.repeat(32) }
  const at = '2026-11-21T03:00:00.000Z'
  const declared = add(
    draftOf(declaredKind, { number: 'INC-1', title: 'x', pack, unconfirmed: false, detected_at: at }),
  )
  const confirmed = add(draftOf(confirmedKind, {}))
  const entry = note(`The password is ${secret}.`)
  const elsewhere = note(secret, another)
  const before = journal.stateOf(incident).entries
  expect(refusalOf(() => erase(declared))).toMatch(/^not-allowed: It holds the number.* change the secret itself/)
  expect(refusalOf(() => erase(confirmed))).toMatch(/^not-allowed: It holds no text/)
  expect(refusalOf(() => erase(elsewhere))).toMatch(/^not-found: This incident holds no such entry/)
  expect(refusalOf(() => erase({ ...entry, hash: 'cd'.repeat(32) }))).toMatch(/^not-found/)
  expect(refusalOf(() => erase(entry, '  '))).toMatch(/^bad-input: Nobody said why/)
  expect(refusalOf(() => erase(entry, 'x', ' '))).toMatch(/^bad-input: Nobody said who approved/)
  expect(refusalOf(() => erase(entry, `Because THE PASSWORD IS ${secret}.`))).toMatch(/^bad-input: The reason repeats/)
  expect(refusalOf(() => erasure.eraseEntry('01KAHB7Q7N8S3H9F0V6Z2M4XWE', entry.hash, 'x', 'y', ana))).toMatch(
    /^not-found/,
  )
  expect(journal.stateOf(incident).entries).toBe(before)
  expect(existsSync(join(folder, 'erasing'))).toBe(false)
  erase(entry)
  expect(refusalOf(() => erase(entry))).toBe(
    'not-allowed: It was erased by #4: Ana, approved by Mara Stein. Nothing is left to erase. Copies made before are where they were put: an export, a backup.',
  )
  const eraser = journal.allEntries(incident).at(-1)
  expect(refusalOf(() => erase(eraser ?? entry))).toMatch(/^not-allowed: It says what was erased/)
})

test('two desks of one folder cannot erase the same text twice', () => {
  const entry = note(secret)
  const other = new JournalStore(folder, systemClock)
  erase(entry)
  const late = new Erasure(other, folder)
  expect(refusalOf(() => late.eraseEntry(incident, entry.hash, 'x', 'y', ana))).toMatch(/^not-allowed: It was erased/)
  expect(other.catchUp().at(0)).toMatchObject({ refolded: true, state: { erased: 1 } })
  other.close()
})

async function keep(bytes: string, to = incident): Promise<string> {
  const { bundle } = await new EvidenceStore(folder).keep(Buffer.from(bytes))
  add(
    draftOf(evidenceKeptKind, {
      bundle,
      size: bytes.length,
      form: 'tar',
      stored: { encoding: 'plain', size: bytes.length },
      title: 'Sweep',
      source: 'docker',
      collector: 'Ana',
      tool: 'Muster',
      note: null,
      items: [],
    }),
    to,
  )
  return bundle
}

const eraseEvidence = (bundle: string) => erasure.eraseEvidence(incident, bundle, 'A dump.', 'Mara Stein', ana)

test('the bytes of evidence go, and its record stays', async () => {
  const bundle = await keep(`dump of ${secret}`)
  expect(eraseEvidence(bundle)).toMatchObject({ seq: 2, isGone: true, heldBy: [] })
  expect(filesWith(secret)).toEqual([])
  expect(journal.stateOf(incident)).toMatchObject({ evidence: [{ bundle }], erasures: { [bundle]: { seq: 2 } } })
  expect(refusalOf(() => eraseEvidence(bundle))).toMatch(/^not-allowed: It was erased by #2/)
  expect(refusalOf(() => eraseEvidence('cd'.repeat(32)))).toMatch(/^not-found: This incident holds no such evidence/)
})

test('bytes that another incident holds stay for it until it erases them too', async () => {
  const bundle = await keep(secret)
  await keep(secret, another)
  expect(eraseEvidence(bundle)).toMatchObject({ isGone: false, heldBy: [''] })
  expect(filesWith(secret)).not.toEqual([])
  expect(erasure.eraseEvidence(another, bundle, 'A dump.', 'Mara', ana).isGone).toBe(true)
  expect(filesWith(secret)).toEqual([])
})

test('bytes that a process died before removing go with the next start', async () => {
  const bundle = await keep(secret)
  add(draftOf(erasedKind, { entry: null, bundle, reason: 'A dump.', approver: ana }))
  expect(filesWith(secret)).not.toEqual([])
  journal.close()
  journal = new JournalStore(folder, systemClock)
  new Erasure(journal, folder).completeEvidence()
  expect(filesWith(secret)).toEqual([])
})

test('nothing is removed for a journal of which not all can be read or written', async () => {
  const bundle = await keep(secret)
  add(draftOf(erasedKind, { entry: null, bundle, reason: 'A dump.', approver: ana }))
  journal.change(() => null)
  renameSync(journalFile(folder), `${journalFile(folder)}.away`)
  await vi.waitFor(() => expect(() => note('x')).toThrow(RefusalError), 30_000)
  expect(journal.condition.readOnly).not.toBeNull()
  erasure.completeEvidence()
  expect(new EvidenceStore(folder).find(bundle)).not.toBeNull()
})

test('evidence that is kept again after it was erased is there again', async () => {
  const bundle = await keep(secret)
  eraseEvidence(bundle)
  await keep(secret)
  new Erasure(journal, folder).completeEvidence()
  expect(filesWith(secret)).not.toEqual([])
  expect(eraseEvidence(bundle).isGone).toBe(true)
})

test('the record of evidence can be erased once its bytes are', async () => {
  const bundle = await keep('dump')
  const [record] = journal.allEntries(incident)
  if (record === undefined) throw new Error('no record')
  expect(refusalOf(() => erase(record))).toMatch(/^not-allowed: It is the record of evidence that is still kept/)
  eraseEvidence(bundle)
  expect(refusalOf(() => erase(record))).toBe('done')
  expect(journal.stateOf(incident).evidence).toEqual([])
})
