import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Appender } from '../../../main/journal/appender.ts'
import { steadyMark, systemClock } from '../../../main/journal/clock.ts'
import { openCopy } from '../../../main/journal/copy-connection.ts'
import { JournalStore } from '../../../main/journal/journal-store.ts'
import type { Draft } from '../../../shared/journal/kind.ts'
import { RowCopier, StoredRows } from '../../../main/journal/stored-rows.ts'

let folder = ''
let journal: JournalStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-rows-'))
  journal = new JournalStore(folder, systemClock)
})

afterEach(() => {
  journal.close()
  rmSync(folder, { recursive: true })
})

/** As a newer Muster or another desk may have said it. */
function add(kind: string, body: Draft['body'], incident = ulid()): void {
  const by = { contact: null, name: 'Ana' }
  const said = { mode: 'live', recordedBy: by, version: 99, at: '2026-11-21T03:00:00.000Z', clock: steadyMark } as const
  journal.change((db) => new Appender(db).append({ ...said, incident, draft: { kind, body } }))
}

test('an erasure in words of a newer Muster is copied like any entry', () => {
  add('erased', { items: ['a', 'b'] })
  const copy = openCopy(join(folder, 'copy.db'))
  const copied = journal.beside((db) => new RowCopier(copy.db).copyNext(new StoredRows(db)))
  copy.db.close()
  expect(copied.map(({ kind }) => kind)).toEqual(['erased'])
})

test('the last entry about the bytes decides in each incident, and what names no bytes counts for nothing', () => {
  const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64))
  const incident = ulid()
  for (const bundle of [one, two, three]) add('evidence-kept', { bundle: bundle ?? null }, incident)
  for (const bundle of [two, three]) add('erased', { bundle: bundle ?? null }, incident)
  add('evidence-kept', { bundle: three ?? null }, incident)
  for (const bundle of [5, null, '../../evil', [one ?? null]]) {
    add('evidence-kept', { bundle }, incident)
    add('erased', { bundle }, incident)
  }
  journal.beside((db) => {
    const rows = new StoredRows(db)
    expect([rows.keptBundles().toSorted(), [...rows.erasedBundles()]]).toEqual([[one, three], [two]])
  })
})
