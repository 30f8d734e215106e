import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { Appender } from '../../../main/journal/appender.ts'
import { steadyMark, systemClock } from '../../../main/journal/clock.ts'
import { openCopy } from '../../../main/journal/copy-connection.ts'
import { JournalStore } from '../../../main/journal/journal-store.ts'
import { RowCopier, StoredRows } from '../../../main/journal/stored-rows.ts'

test('an erasure in words of a newer Muster is copied like any entry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-rows-'))
  const journal = new JournalStore(folder, systemClock)
  const copy = openCopy(join(folder, 'copy.db'))
  const ana = { contact: null, name: 'Ana' }
  const said = {
    mode: 'live',
    recordedBy: ana,
    version: 99,
    at: '2026-11-21T03:00:00.000Z',
    clock: steadyMark,
  } as const
  const draft = { kind: 'erased', body: { items: ['a', 'b'] } }
  journal.change((db) => new Appender(db).append({ ...said, incident: ulid(), draft }))
  const copied = journal.beside((db) => new RowCopier(copy.db).copyNext(new StoredRows(db)))
  copy.db.close()
  journal.close()
  rmSync(folder, { recursive: true })
  expect(copied.map(({ kind }) => kind)).toEqual(['erased'])
})
