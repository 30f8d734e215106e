import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { inspectMirror } from '../../../main/mirror/inspect-mirror.ts'
import { type MirrorClient, startMirror } from '../../../main/mirror/mirror-client.ts'
import { prepareMirror } from '../../../main/mirror/mirror-folder.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { bestOf } from '../../best-of.ts'
import { ana, DeskFolder, incident, readJournal, until } from './desk-folder.ts'

let desk: DeskFolder
let mirror: MirrorClient | null

beforeEach(() => {
  desk = new DeskFolder()
  mirror = null
})

afterEach(async () => {
  await mirror?.close()
  desk.remove()
})

function start(): void {
  prepareMirror(desk.data, desk.mirror, Date.now())
  startAgain()
}

function startAgain(): void {
  mirror = startMirror({ dataFolder: desk.data, folder: desk.mirror, onHealth: () => undefined, log: () => undefined })
}

const isWhole = (): boolean => mirror?.health().state === 'whole' && mirror.health().trouble === null
const holds = (count: number): boolean =>
  existsSync(journalFile(desk.mirror)) && readJournal(desk.mirror).texts.length === count

test('each entry is in the mirror within a second of its acknowledgement', async () => {
  start()
  expect(await until(isWhole)).toBe(true)
  const texts: string[] = []
  const arrival = async (): Promise<number> => {
    texts.push(`note ${texts.length}`)
    desk.note(texts.at(-1) ?? '')
    const acknowledged = performance.now()
    expect(await until(() => holds(texts.length))).toBe(true)
    return performance.now() - acknowledged
  }
  expect(await bestOf(1_000, arrival)).toBeLessThan(1_000)
  expect(readJournal(desk.mirror)).toEqual({ texts, problems: [] })
})

test('5,000 entries in bursts: all there, in order, and no append waits for it', async () => {
  start()
  expect(await until(isWhole)).toBe(true)
  const texts = Array.from({ length: 5_000 }, (_, number) => `note ${number}`)
  for (const [at, text] of texts.entries()) {
    desk.note(text)
    // Between bursts other threads have their turn.
    if (at % 1_000 === 999) await until(() => false, 30)
  }
  expect(await until(() => holds(5_000))).toBe(true)
  expect(readJournal(desk.mirror)).toEqual({ texts, problems: [] })
})

test('a folder that goes away is said, keeps nobody waiting, and catches up once it is back', async () => {
  desk.note('before')
  start()
  expect(await until(() => isWhole() && holds(1))).toBe(true)
  const away = `${desk.mirror}-unplugged`
  renameSync(desk.mirror, away)
  desk.note('while it is away')
  expect(await until(() => mirror?.health().trouble?.happened === 'the folder is not there')).toBe(true)
  expect(mirror?.health()).toMatchObject({ state: 'behind', entries: 1 })
  expect(Date.parse(mirror?.health().since ?? '')).toBeLessThanOrEqual(Date.now())
  renameSync(away, desk.mirror)
  expect(await until(() => isWhole() && holds(2))).toBe(true)
  expect(readJournal(desk.mirror).problems).toEqual([])
})

test('an empty folder in the place of an unplugged stick gets nothing', async () => {
  start()
  expect(await until(isWhole)).toBe(true)
  rmSync(desk.mirror, { recursive: true })
  mkdirSync(desk.mirror)
  desk.note('kept here')
  expect(await until(() => mirror?.health().trouble?.happened === 'the folder is not there')).toBe(true)
  expect(readdirSync(desk.mirror)).toEqual([])
})

test('how far an absent mirror is behind is known after a restart too', async () => {
  desk.note('one')
  start()
  expect(await until(() => isWhole() && holds(1))).toBe(true)
  await mirror?.close()
  renameSync(desk.mirror, `${desk.mirror}-unplugged`)
  desk.note('two')
  const newest = desk.entries().at(-1)?.at
  expect(inspectMirror(desk.data, desk.mirror)).toMatchObject({
    state: 'behind',
    entries: 1,
    since: newest,
    trouble: { happened: 'the folder is not there' },
  })
})

test('evidence follows, each file against its name; anchors too', async () => {
  start()
  const bundle = await desk.keep(Buffer.alloc(300_000, 'evidence '))
  const plain = await desk.keep(Buffer.from('short'))
  writeFileSync(join(desk.data, 'anchors.txt'), 'a head\n')
  await desk.keep(Buffer.from('and one more'))
  const there = new EvidenceStore(desk.mirror)
  expect(await until(async () => (await there.check(plain)) === 'match')).toBe(true)
  expect([await there.check(bundle), there.list().length]).toEqual(['match', 3])
  expect(readFileSync(join(desk.mirror, 'anchors.txt'), 'utf8')).toBe('a head\n')
})

test('evidence that is damaged here does not take the place of what is whole there', async () => {
  start()
  const bundle = await desk.keep(Buffer.from('as it was collected'))
  const there = new EvidenceStore(desk.mirror)
  expect(await until(async () => (await there.check(bundle)) === 'match')).toBe(true)
  const here = new EvidenceStore(desk.data).find(bundle)
  writeFileSync(here?.path ?? '', 'something else, and longer')
  await desk.keep(Buffer.from('another'))
  expect(await until(() => (mirror?.health().remarks ?? []).some((remark) => remark.includes('is damaged here')))).toBe(
    true,
  )
  expect(await there.check(bundle)).toBe('match')
})

test('an erasure takes body and bytes there too, and leaves no trace in the file', async () => {
  start()
  writeFileSync(`${journalFile(desk.mirror)}.before-2`, 'swordfish, as an older Muster kept it')
  desk.note('the password is swordfish')
  const bundle = await desk.keep(Buffer.from('bytes with a secret'))
  const there = new EvidenceStore(desk.mirror)
  expect(await until(async () => (await there.check(bundle)) === 'match')).toBe(true)
  const secret = desk.entries().find(({ kind }) => kind === 'noted')?.hash ?? ''
  new EvidenceStore(desk.data).erase(bundle)
  desk.erase({ entry: secret })
  desk.erase({ bundle })
  expect(await until(() => there.find(bundle) === null)).toBe(true)
  expect(await until(() => readJournal(desk.mirror).texts.length === 0)).toBe(true)
  await mirror?.close()
  expect(readJournal(desk.mirror)).toEqual({ texts: [], problems: [] })
  const files = readdirSync(desk.mirror).filter((name) => name.startsWith('journal.db'))
  for (const name of files) expect(readFileSync(join(desk.mirror, name)).includes('swordfish')).toBe(false)
})

test('evidence that is only lost here stays there', async () => {
  start()
  const bundle = await desk.keep(Buffer.from('collected once'))
  const there = new EvidenceStore(desk.mirror)
  expect(await until(async () => (await there.check(bundle)) === 'match')).toBe(true)
  new EvidenceStore(desk.data).erase(bundle)
  const after = await desk.keep(Buffer.from('collected later'))
  expect(await until(async () => (await there.check(after)) === 'match')).toBe(true)
  expect(await there.check(bundle)).toBe('match')
})

test('a mirror that somebody opened as a desk and wrote to is written no more, and it is said', async () => {
  desk.note('one')
  start()
  expect(await until(() => isWhole() && holds(1))).toBe(true)
  const other = new JournalStore(desk.mirror, systemClock)
  other.append(incident, 'live', ana, () => [draftOf(notedKind, { text: 'there' })])
  other.close()
  desk.note('here')
  expect(await until(() => mirror?.health().state === 'stopped')).toBe(true)
  expect(mirror?.health().trouble?.next).toContain('muster journal import')
  expect(readJournal(desk.mirror)).toEqual({ texts: ['one', 'there'], problems: [] })
  expect(inspectMirror(desk.data, desk.mirror).state).toBe('stopped')
})

test('damage here is told as damage here, and what was mirrored stays', async () => {
  desk.note('one')
  start()
  expect(await until(() => isWhole() && holds(1))).toBe(true)
  await mirror?.close()
  for (let number = 0; number < 200; number += 1) desk.note(`later ${number} ${'x'.repeat(300)}`)
  desk.journal.close()
  const bytes = readFileSync(journalFile(desk.data))
  writeFileSync(journalFile(desk.data), bytes.fill(0xaa, 90_000))
  startAgain()
  expect(await until(() => (mirror?.health().trouble?.happened ?? '').includes(journalFile(desk.data)))).toBe(true)
  expect(readJournal(desk.mirror)).toMatchObject({ problems: [] })
})

test('where no write-ahead log can be kept, the mirror does without and says so', async () => {
  mkdirSync(desk.mirror)
  // What a share without shared memory says at the first write.
  mkdirSync(`${journalFile(desk.mirror)}-shm`)
  start()
  desk.note('slowly')
  expect(await until(() => isWhole() && holds(1))).toBe(true)
  const remarks = (): readonly string[] => mirror?.health().remarks ?? []
  expect(await until(() => remarks().some((remark) => remark.includes('cannot take a write-ahead log')))).toBe(true)
  expect(readJournal(desk.mirror).problems).toEqual([])
})

test('a folder that does not answer is said, and closing does not wait for it', async () => {
  start()
  expect(await until(isWhole)).toBe(true)
  await mirror?.close()
  const fifo = join(desk.mirror, 'mirror.json')
  rmSync(fifo)
  const { execFileSync } = await import('node:child_process')
  execFileSync('mkfifo', [fifo])
  startAgain()
  desk.note('nobody waits')
  expect(await until(() => mirror?.health().trouble?.happened === 'the folder does not answer')).toBe(true)
  const closing = performance.now()
  await mirror?.close()
  // It would wait for as long as nobody opens the other end.
  expect(performance.now() - closing).toBeLessThan(4_000)
  // Whoever opens the other end lets the thread go on, and end.
  const { open } = await import('node:fs/promises')
  await (await open(fifo, 'r+')).close()
})
