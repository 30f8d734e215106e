import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AnchorKeeper } from '../../../main/anchors/anchor-keeper.ts'
import { readOwnAnchors } from '../../../main/anchors/own-anchors.ts'
import { JournalStore } from '../../../main/journal/journal-store.ts'
import { verifyFolder } from '../../../main/journal/verify-folder.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { roleTakenKind } from '../../../shared/people/entries.ts'

const incident = '01KAHB7Q7N8S3H9F0V6Z2M4XWC'
const ana = { contact: null, name: 'Ana' }
let folder = ''
let journal: JournalStore
let keeper: AnchorKeeper
let wallMs = 0
const clock = { wallMs: () => wallMs, monotonicMs: () => wallMs }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-anchors-'))
  goTo('10:12:00')
  open()
})

afterEach(async () => {
  await keeper.settle()
  journal.close()
  rmSync(folder, { recursive: true })
})

function open(): void {
  journal = new JournalStore(folder, clock)
  keeper = new AnchorKeeper(journal, clock, () => Promise.resolve([folder]))
}

function goTo(time: string): void {
  wallMs = Date.parse(`2026-11-21T${time}.000Z`)
}

function note(text = 'a note'): void {
  journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
}

async function anchoredAt(time: string): Promise<number> {
  goTo(time)
  keeper.anchorHour()
  await keeper.settle()
  return readOwnAnchors(folder).anchors.length
}

test('each hour in which something was written is anchored once it is over', async () => {
  note()
  expect(await anchoredAt('10:59:59')).toBe(0)
  expect(await anchoredAt('11:00:30')).toBe(1)
  expect(await anchoredAt('11:01:45')).toBe(1)
  expect(await anchoredAt('14:00:00')).toBe(1)
  note()
  expect(await anchoredAt('14:59:59')).toBe(1)
  expect(await anchoredAt('15:00:30')).toBe(2)
  const [, last] = readOwnAnchors(folder).anchors
  expect(last?.incidents).toMatchObject([{ incident, heads: [{ seq: 2 }] }])
  expect(await verifyFolder(folder)).toMatchObject({ ok: true, problems: [] })
})

test('a restart doubles nothing, and makes up for the hours when no Muster ran', async () => {
  note()
  expect(await anchoredAt('11:00:01')).toBe(1)
  journal.close()
  open()
  expect(await anchoredAt('11:01:00')).toBe(1)
  note()
  journal.close()
  goTo('18:20:00')
  open()
  expect(await anchoredAt('18:20:01')).toBe(2)
})

test('a hand-over of command is anchored; the first to command, and the same once more, are none', async () => {
  const take = (name: string) =>
    keeper.anchorHandOver(incident, () =>
      journal.append(incident, 'live', ana, () => [
        draftOf(roleTakenKind, { role: 'commander', person: { contact: null, name } }),
      ]),
    )
  note()
  take('Ana')
  take('Ana')
  await keeper.settle()
  expect(readOwnAnchors(folder).anchors).toEqual([])
  take('Bo')
  await keeper.settle()
  expect(readOwnAnchors(folder).anchors).toMatchObject([{ incidents: [{ incident, heads: [{ seq: 4 }] }] }])
})

test('what an anchor asked for names is kept too, and only what grew', async () => {
  note()
  expect(keeper.anchorNow(incident).incidents).toMatchObject([{ heads: [{ seq: 1 }] }])
  expect(keeper.anchorNow(null).incidents).toMatchObject([{ heads: [{ seq: 1 }] }])
  await keeper.settle()
  expect(readOwnAnchors(folder).anchors).toHaveLength(1)
})

test('a place that cannot be written is told, and gets its lines once it can', async () => {
  const place = join(folder, 'stick')
  writeFileSync(place, 'in the way')
  const told: string[] = []
  keeper = new AnchorKeeper(journal, clock, () => Promise.resolve([folder, place]))
  keeper.onTrouble = (text) => told.push(text)
  note()
  keeper.anchorAfter('at the export as md')
  await keeper.settle()
  expect(told.join()).toMatch(/could not be kept in .*stick/)
  expect(readOwnAnchors(folder).anchors).toHaveLength(1)
  rmSync(place)
  note()
  keeper.anchorAfter('at the export as md')
  await keeper.settle()
  expect(readOwnAnchors(place).anchors).toEqual(readOwnAnchors(folder).anchors)
})

test('a line that a power cut tore is left out, and taken away by the next', async () => {
  note()
  keeper.anchorAfter('at the export as md')
  await keeper.settle()
  appendFileSync(join(folder, 'anchors.txt'), 'MUSTER ANCHOR 1 made 2026-')
  expect(readOwnAnchors(folder)).toMatchObject({ anchors: [{}], problems: [] })
  note()
  keeper.anchorAfter('at the export as md')
  await keeper.settle()
  expect(readOwnAnchors(folder)).toMatchObject({ anchors: [{}, {}], problems: [] })
})

test('a line of the file that was changed is a problem', async () => {
  note()
  note()
  keeper.anchorAfter('at the export as md')
  await keeper.settle()
  const text = readFileSync(join(folder, 'anchors.txt'), 'utf8')
  writeFileSync(join(folder, 'anchors.txt'), text.replace(/sum .*/, 'sum 00000000'))
  expect((await verifyFolder(folder)).problems.join()).toMatch(/the checksum is 00000000/)
})
