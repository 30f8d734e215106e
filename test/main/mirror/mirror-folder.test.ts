import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { prepareMirror, readMark } from '../../../main/mirror/mirror-folder.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { ana, DeskFolder, incident } from './desk-folder.ts'

let desk: DeskFolder

beforeEach(() => {
  desk = new DeskFolder()
})

afterEach(() => desk.remove())

const prepare = (folder: string): string => prepareMirror(desk.data, folder, Date.now())

test('a new folder becomes a mirror, and may be set again', () => {
  expect(prepare(desk.mirror)).toBe(desk.mirror)
  expect(readMark(desk.mirror)).toMatchObject({ from: desk.data })
  expect(prepare(desk.mirror)).toBe(desk.mirror)
})

test.each(['data', 'data/below', 'link'])('not the data folder, nor what lies in it: %s', (name) => {
  symlinkSync(desk.data, join(desk.root, 'link'))
  expect(() => prepare(join(desk.root, name))).toThrow('It is the data folder itself, or lies in it')
})

test('not a folder whose folder above is not there: the stick may not be plugged in', () => {
  expect(() => prepare(join(desk.root, 'stick', 'muster'))).toThrow('ENOENT')
})

test('not a file', () => {
  writeFileSync(join(desk.root, 'file'), '')
  expect(() => prepare(join(desk.root, 'file'))).toThrow('It is not a folder.')
})

test("not another desk's folder, and nothing of it is changed", () => {
  const other = join(desk.root, 'other')
  const journal = new JournalStore(other, systemClock)
  journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text: 'theirs' })])
  journal.close()
  const before = readFileSync(journalFile(other))
  expect(() => prepare(other)).toThrow('It holds the journal of another desk')
  expect(readFileSync(journalFile(other)).equals(before)).toBe(true)
})

test('not the mirror of another desk, empty as it may be', () => {
  mkdirSync(desk.mirror)
  const mark = { mirror_of: '01KAHB7Q7N8S3H9F0V6Z2M4XWD', from: '/x', since: '2026-11-21T00:00:00.000Z' }
  writeFileSync(join(desk.mirror, 'mirror.json'), JSON.stringify(mark))
  expect(() => prepare(desk.mirror)).toThrow('It holds the journal of another desk')
})

test('not a folder with a database of something else', () => {
  mkdirSync(desk.mirror)
  writeFileSync(journalFile(desk.mirror), 'not a database, and long enough to be taken for one'.repeat(40))
  expect(() => prepare(desk.mirror)).toThrow('not a database')
})
