import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { cutIntoPieces, textOfItem } from '../../../main/search/pieces.ts'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { evidenceKeptKind } from '../../../shared/evidence/entries.ts'
import type { Entry } from '../../../shared/journal/header.ts'
import { draftOf, readAs } from '../../../shared/journal/kind.ts'
import { ana, Searched } from './searched.ts'

let desk: Searched
beforeEach(() => {
  desk = new Searched()
})
afterEach(() => desk.remove())

const log = (lines: number, last: string) =>
  `${Array.from({ length: lines }, (_, line) => `2026-11-21T10:00:00Z line ${line} all is well`).join('\n')}\n${last}\n`

test('a line of a log that was kept is found, with the item it stands in', async () => {
  const entry = await desk.keep({
    'cart.log': log(3_000, 'FATAL: too many connections'),
    'web.log': log(5, 'listening'),
  })
  await desk.follow()
  const { hits } = desk.ask('"too many connections"')
  expect(hits).toHaveLength(1)
  expect(hits[0]).toMatchObject({ hash: entry.hash, evidence: { item: 'cart.log' }, kind: 'evidence-kept' })
  expect(hits[0]?.excerpt.text).toContain('FATAL: too many connections')
})

test('an item is one hit, however often the words stand in it; is:evidence looks nowhere else', async () => {
  desk.note('all is well')
  await desk.keep({ 'cart.log': log(3_000, 'end'), 'web.log': log(3_000, 'end') })
  await desk.follow()
  expect(desk.ask('"all is well"').hits.map(({ evidence }) => evidence?.item ?? null)).toEqual([
    'web.log',
    'cart.log',
    null,
  ])
  expect(desk.ask('well is:evidence').hits).toHaveLength(2)
  expect(desk.ask('well -is:evidence').hits).toHaveLength(1)
  expect(desk.ask('well', { ranked: true }).hits).toHaveLength(3)
})

test('colours of a terminal hide no word, and what is no text is not searched', async () => {
  const picture = Buffer.from([0x89, 0x50, 0, 0, 0, ...Buffer.from('hiddenword')])
  const wide = Buffer.from('\ufeffThe wideword of Windows', 'utf16le')
  await desk.keep({ 'cart.log': '\u001b[31mERROR\u001b[0m pool empty', 'picture.png': picture, 'wide.txt': wide })
  await desk.follow()
  expect(desk.said('error is:evidence')).toHaveLength(1)
  expect(desk.said('wideword')).toHaveLength(1)
  expect(desk.said('hiddenword')).toHaveLength(0)
})

test('evidence that is not there yet is searched once it is', async () => {
  const entry = await desk.keep({ 'cart.log': 'FATAL: too many connections' })
  const { path = '' } = new EvidenceStore(desk.folder).find(bundleOf(entry)) ?? {}
  renameSync(path, `${path}.away`)
  await desk.follow()
  expect(desk.said('fatal')).toHaveLength(0)
  renameSync(`${path}.away`, path)
  await desk.index.readEvidence(61_000, async () => {})
  expect(desk.said('fatal')).toHaveLength(1)
})

test('evidence that was erased is found no more, and its words stand in no file', async () => {
  const entry = await desk.keep({ 'cart.log': `password=zanzibarword\n${log(2_000, 'end')}` })
  await desk.keep({ 'web.log': log(2_000, 'end') })
  await desk.follow()
  expect(desk.said('zanzibarword')).toHaveLength(1)
  expect(raw()).toContain('zanzibarword')
  desk.append(draftOf(erasedKind, { entry: null, bundle: bundleOf(entry), reason: 'a leak', approver: ana }))
  await desk.follow()
  expect(desk.said('zanzibarword')).toEqual([])
  expect(desk.ask('end is:evidence').hits).toHaveLength(1)
  expect(raw()).not.toContain('zanzibarword')
})

test('a text in pieces is the same text, and no word is cut that has an end', () => {
  const text = Array.from({ length: 5_000 }, (_, word) => `wörd${word}`).join(' ')
  const pieces = cutIntoPieces(text)
  expect(pieces.join('')).toBe(text)
  expect(pieces.length).toBeGreaterThan(3)
  expect(pieces.every((piece) => /^wörd\d+/.test(piece))).toBe(true)
  const endless = '😀'.repeat(10_000)
  expect(cutIntoPieces(endless).join('')).toBe(endless)
  expect(cutIntoPieces(endless).every((piece) => piece.isWellFormed())).toBe(true)
  expect(textOfItem(Buffer.from('plain'))).toBe('plain')
})

function bundleOf(entry: Entry): string {
  return readAs(evidenceKeptKind, entry)?.body.bundle ?? ''
}

function raw(): string {
  return ['search.db', 'search.db-wal'].map((name) => readFileSync(join(desk.folder, name), 'latin1')).join('')
}
