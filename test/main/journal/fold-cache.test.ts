import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { readSnapshot, snapshotOf } from '../../../main/journal/fold-cache.ts'
import { compareStates } from '../../../main/journal/verify-states.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { type Connection, openConnection } from '../../../main/journal/sqlite.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { fold } from '../../../shared/incident/fold.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind } from '../../../shared/notes/entries.ts'

const ana = { contact: null, name: 'Ana' }
const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-cache-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const cacheFile = (): string => join(folder, 'cache', 'fold.json')

function using<T>(work: (journal: JournalStore) => T): T {
  const journal = new JournalStore(folder, systemClock)
  try {
    return work(journal)
  } finally {
    journal.close()
  }
}

function reading<T>(work: (db: Connection) => T): T {
  const db = openConnection(journalFile(folder), 'read')
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** The incidents of which the kept states say something else than their rows. */
async function wrongStates(): Promise<readonly string[]> {
  const db = openConnection(journalFile(folder), 'read')
  try {
    return (await compareStates(folder, db, () => undefined)).wrong
  } finally {
    db.close()
  }
}

/** A hundred and twenty notes and a correction that shows in the state. */
function fill(): void {
  using((journal) => {
    journal.append(incident, 'live', ana, () =>
      Array.from({ length: 120 }, (_, index) => draftOf(notedKind, { text: `note ${index}` })),
    )
    const [first] = journal.page(incident, 0, 1)
    journal.append(incident, 'live', ana, () => [draftOf(correctedKind, { entry: first!.hash, text: 'secret words' })])
    journal.catchUp()
  })
}

test('states are kept when a journal is closed, and a start goes on from them', async () => {
  fill()
  expect(reading((db) => snapshotOf(folder, db))?.folded.get(incident)?.state.entries).toBe(121)
  using((journal) => {
    expect(journal.stateOf(incident)).toEqual(fold(incident, journal.allEntries(incident)))
    journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text: 'more' })])
    expect(journal.catchUp()).toMatchObject([{ from: 121, refolded: false, state: { entries: 122 } }])
  })
  expect(await wrongStates()).toEqual([])
})

test('states are kept while a journal is open, every two thousand arrivals', () => {
  using((journal) => {
    journal.append(incident, 'live', ana, () =>
      Array.from({ length: 2001 }, (_, index) => draftOf(notedKind, { text: `note ${index}` })),
    )
    journal.catchUp()
    journal.tend()
    expect(readSnapshot(folder)?.folded.get(incident)?.state.entries).toBe(2001)
  })
})

test.each([
  ['other states under the same head', (text: string) => text.replace('secret words', 'other  words')],
  ['another version of the fold', (text: string) => text.replace('"fold":', '"fold":1')],
  ['another Muster', (text: string) => text.replace('"muster":"', '"muster":"9')],
  ['half of it', (text: string) => text.slice(0, text.length / 2)],
  ['nothing', () => ''],
  ['no JSON', () => '{\n{'],
])('a snapshot is not taken with %s', (_what, change) => {
  fill()
  writeFileSync(cacheFile(), change(readFileSync(cacheFile(), 'utf8')))
  expect(readSnapshot(folder)).toBeNull()
  using((journal) => expect(journal.stateOf(incident)).toEqual(fold(incident, journal.allEntries(incident))))
})

test('a snapshot of another journal is not taken', () => {
  fill()
  const other = readFileSync(cacheFile(), 'utf8')
  rmSync(folder, { recursive: true })
  fill()
  writeFileSync(cacheFile(), other)
  expect(readSnapshot(folder)).not.toBeNull()
  expect(reading((db) => snapshotOf(folder, db))).toBeNull()
})

test('a state that is not what its rows give is found', async () => {
  fill()
  const db = openConnection(journalFile(folder), 'write')
  db.exec(`DROP TRIGGER body_is_never_changed; UPDATE body SET bytes = CAST('{"text":"x"}' AS BLOB) WHERE entry = 122`)
  db.close()
  expect(await wrongStates()).toEqual([incident])
})

test('what was erased is in no file of the folder, and the states are as if it had never been', () => {
  fill()
  using((journal) => {
    const leaked = journal.allEntries(incident).at(-1)
    journal.append(incident, 'live', ana, () => [
      draftOf(erasedKind, { entry: leaked!.hash, bundle: null, reason: 'a password', approver: ana }),
    ])
    journal.catchUp()
    expect(existsSync(cacheFile())).toBe(false)
    for (const name of ['journal.db', 'journal.db-wal']) {
      expect(readFileSync(join(folder, name)).includes('secret words')).toBe(false)
    }
  })
  expect(using((journal) => JSON.stringify(journal.stateOf(incident)))).not.toContain('secret words')
})

test('what was erased while others read is gone once they have read', () => {
  fill()
  const reader = openConnection(journalFile(folder), 'read')
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM entry').get()
  using((journal) => {
    const leaked = journal.allEntries(incident).at(-1)
    journal.append(incident, 'live', ana, () => [
      draftOf(erasedKind, { entry: leaked!.hash, bundle: null, reason: 'a password', approver: ana }),
    ])
    journal.catchUp()
    reader.close()
    journal.tend()
    expect(readFileSync(journalFile(folder)).includes('secret words')).toBe(false)
    expect(readFileSync(`${journalFile(folder)}-wal`)).toHaveLength(0)
  })
})
