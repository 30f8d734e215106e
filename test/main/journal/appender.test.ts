import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Appender } from '../../../main/journal/appender.ts'
import { migrate } from '../../../main/journal/migrate.ts'
import { type Connection, openConnection } from '../../../main/journal/sqlite.ts'
import type { SeenHead } from '../../../shared/journal/header.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const ana = { contact: null, name: 'Ana' }
let folder = ''
let db: Connection
let appender: Appender

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-appender-'))
  db = openConnection(join(folder, 'journal.db'), 'write')
  migrate(db, join(folder, 'journal.db'))
  appender = new Appender(db)
})

afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

/** Appends a note and answers which heads of other chains it names. */
function after(): readonly SeenHead[] {
  const { entry } = appender.append({
    incident,
    mode: 'live',
    recordedBy: ana,
    version: 1,
    at: '2026-11-21T03:00:00.000Z',
    clock: { mark: 'steady', by_ms: null, skew_ms: null },
    draft: draftOf(notedKind, { text: 'x' }),
  })
  return entry.after
}

/** The first entry of another desk's chain, as a merge brings it. */
function bring(digit: string): SeenHead {
  const head = { chain: digit.repeat(32), seq: 1, hash: digit.repeat(64) }
  db.prepare(
    `INSERT INTO entry SELECT NULL, incident, ?, 1, lamport, at, happened_at, clock, mode, actor, recorded_by, kind,
      version, body_hash, "after", prev, ? FROM entry LIMIT 1`,
  ).run(head.chain, head.hash)
  return head
}

test('an entry names the newest head of each other chain, in the order of their ids', () => {
  expect(after()).toEqual([])
  const [c, b] = [bring('c'), bring('b')]
  expect(after()).toEqual([b, c])
})

test('what a transaction that was rolled back had brought is not named', () => {
  after()
  const undone = db.transaction(() => {
    bring('c')
    after()
    throw new Error('undo')
  })
  expect(() => undone()).toThrow('undo')
  const [b, d] = [bring('b'), bring('d')]
  expect(after()).toEqual([b, d])
})
