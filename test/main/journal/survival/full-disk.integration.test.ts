import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EvidenceStore } from '../../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../../main/journal/journal-store.ts'
import { openConnection } from '../../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../../main/journal/verify.ts'
import { draftOf } from '../../../../shared/journal/kind.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import { RefusalError } from '../../../../shared/refusal.ts'
import { failingDisk } from './failing-disk.ts'
import { ana, incidents } from './job.ts'
import { SmallDisk } from './small-disk.ts'

const [incident] = incidents
let disk: SmallDisk
let journals: JournalStore[] = []

beforeEach(() => {
  disk = new SmallDisk(6)
  journals = []
})

afterEach(() => {
  for (const journal of journals) journal.close()
  disk.remove()
})

const data = (): string => join(disk.folder, 'data')

function open(): JournalStore {
  const journal = new JournalStore(data(), systemClock)
  journals.push(journal)
  return journal
}

/** True where the note was acknowledged, false where it was refused for want of room. */
function note(journal: JournalStore, text: string): boolean {
  try {
    journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
    return true
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === 'storage') return false
    throw error
  }
}

const texts = (journal: JournalStore): unknown[] => journal.allEntries(incident).map(({ body }) => body)

function problems(): readonly string[] {
  const db = openConnection(journalFile(data()), 'read')
  try {
    return verifyJournal(db).problems
  } finally {
    db.close()
  }
}

test.each([300, 9000, 400_000])(
  'a disk that fills up refuses notes of %i characters, loses none, and takes them again once there is room',
  (length) => {
    const journal = open()
    disk.fill(1_500_000)
    const kept: { text: string }[] = []
    const write = (number: number): boolean => {
      const text = `${number} ${'x'.repeat(length)}`
      const isKept = note(journal, text)
      if (isKept) kept.push({ text })
      return isKept
    }
    let number = 0
    while (write(number)) number += 1
    const refusedAt = number
    for (; number < refusedAt + 5; number += 1) expect(write(number)).toBe(false)
    expect(texts(journal)).toEqual(kept)
    disk.makeRoom()
    for (; number < refusedAt + 10; number += 1) expect(write(number)).toBe(true)
    expect([texts(journal), texts(open()), problems()]).toEqual([kept, kept, []])
  },
)

test.each([0, 4096, 20_000, 40_000, 60_000])(
  'a first start with %i bytes left is refused, and succeeds once there is room',
  (leftBytes) => {
    disk.fill(leftBytes)
    expect(() => open()).toThrow(RefusalError)
    disk.makeRoom()
    expect(note(open(), 'at last')).toBe(true)
    expect(problems()).toEqual([])
  },
)

test('a full disk can still be read', () => {
  const journal = open()
  note(journal, 'before')
  disk.fill()
  expect(texts(journal)).toEqual([{ text: 'before' }])
  expect(problems()).toEqual([])
})

test('evidence that has no room is refused, leaves no half file, and is kept once there is room', async () => {
  const store = new EvidenceStore(data())
  open()
  disk.fill(100_000)
  const bytes = Buffer.alloc(500_000, 7)
  await expect(store.keep(bytes)).rejects.toThrow(RefusalError)
  const evidence = join(data(), 'evidence')
  const left = existsSync(evidence) ? readdirSync(evidence, { recursive: true, encoding: 'utf8' }) : []
  expect(left.filter((name) => name.includes('.'))).toEqual([])
  disk.makeRoom()
  expect(await store.check((await store.keep(bytes)).bundle)).toBe('match')
})

test('a disk whose calls fail for a while: refusals, nothing lost, and on it goes (22 failures)', async () => {
  const report = await failingDisk(22, 20_261_121)
  expect(report.problems).toEqual([])
  expect(report.refused).toBeGreaterThan(22)
  expect(report.acknowledgedAfter).toBeGreaterThan(22)
})
