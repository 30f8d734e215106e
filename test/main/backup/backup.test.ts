import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manifestSchema, readSums } from '../../../main/backup/manifest.ts'
import { restoreBackup } from '../../../main/backup/restore-backup.ts'
import { runBackup } from '../../../main/backup/run-backup.ts'
import { readSettings } from '../../../main/desk/settings.ts'
import { EvidenceStore } from '../../../main/evidence/evidence-store.ts'
import { systemClock } from '../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../main/journal/journal-store.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { notedKind } from '../../../shared/notes/entries.ts'
import { ana, DeskFolder, incident, readJournal } from '../mirror/desk-folder.ts'

let desk: DeskFolder
let target: string
let restored: string

beforeEach(() => {
  desk = new DeskFolder()
  target = join(desk.root, 'backup')
  restored = join(desk.root, 'restored')
})

afterEach(() => desk.remove())

const backUp = (signal?: AbortSignal) =>
  runBackup({ dataFolder: desk.data, target, ...(signal === undefined ? {} : { signal }) })
const restore = () => restoreBackup({ backup: target, to: restored, onStep: () => undefined })
const leftovers = (): string[] => readdirSync(desk.root).filter((name) => name.includes('unfinished'))

test('a backup holds the entries and the evidence, and sha256sum agrees', async () => {
  desk.note('one')
  const bundle = await desk.keep(Buffer.alloc(200_000, 'evidence '))
  const made = await backUp()
  expect(made).toMatchObject({ folder: target, incidents: 1, files: 1, problems: [] })
  expect(readJournal(target)).toEqual({ texts: ['one'], problems: [] })
  expect(await new EvidenceStore(target).check(bundle)).toBe('match')
  expect(execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: target }).toString()).toBe(
    '',
  )
  expect((await readSettings(desk.data)).lastBackup).toEqual({ at: made.at, folder: target })
  expect(leftovers()).toEqual([])
})

test('while others write it, it is whole up to a moment, and no entry is missed in between', async () => {
  for (let number = 0; number < 1_500; number += 1) desk.note(`before ${number}`)
  const making = backUp()
  const texts: string[] = []
  const isMade = making.then(
    () => true,
    () => true,
  )
  while (!(await Promise.race([isMade, sleep(1, false)]))) {
    texts.push(`during ${texts.length}`)
    desk.note(texts.at(-1) ?? '')
  }
  await making
  const found = readJournal(target)
  expect(found.problems).toEqual([])
  expect(found.texts.length).toBeGreaterThanOrEqual(1_500)
  expect(found.texts.slice(1_500)).toEqual(texts.slice(0, found.texts.length - 1_500))
})

test('packs, overlays and bindings go along, and come back; what is half written does not', async () => {
  desk.note('one')
  const files = {
    'packs/ours.yaml': 'a',
    'packs/previous/ours.yaml': 'b',
    'overlays/acme.yaml': 'c',
    'bindings.json': '{}',
  }
  for (const [path, text] of Object.entries({ ...files, 'packs/ours.yaml.part': 'half' })) {
    mkdirSync(dirname(join(desk.data, path)), { recursive: true })
    writeFileSync(join(desk.data, path), text)
  }
  await backUp()
  await restore()
  for (const [path, text] of Object.entries(files)) expect(readFileSync(join(restored, path), 'utf8')).toBe(text)
  expect(existsSync(join(restored, 'packs/ours.yaml.part'))).toBe(false)
})

test('what is there already is left alone', async () => {
  desk.note('one')
  mkdirSync(target)
  await expect(backUp()).rejects.toThrow('Something of that name is there')
  expect(readdirSync(target)).toEqual([])
})

test('not into the data folder', async () => {
  desk.note('one')
  await expect(runBackup({ dataFolder: desk.data, target: join(desk.data, 'b') })).rejects.toThrow(
    'lies in the data folder',
  )
})

test('a cancelled backup leaves nothing', async () => {
  desk.note('one')
  const cancelling = new AbortController()
  cancelling.abort()
  await expect(backUp(cancelling.signal)).rejects.toThrow('Somebody cancelled it')
  expect([existsSync(target), leftovers()]).toEqual([false, []])
})

test('a backup that is cancelled in its middle leaves nothing', async () => {
  for (let number = 0; number < 60; number += 1) desk.note(`note ${number} ${'x'.repeat(50_000)}`)
  const cancelling = new AbortController()
  const parts: number[] = []
  const onProgress = ({ part }: { part: number }) => {
    parts.push(part)
    cancelling.abort()
  }
  const making = runBackup({ dataFolder: desk.data, target, signal: cancelling.signal, onProgress })
  await expect(making).rejects.toThrow('Somebody cancelled it')
  expect([parts.length > 0, existsSync(target), leftovers()]).toEqual([true, false, []])
})

test('what was erased is not in a backup, nor in what is restored from it', async () => {
  desk.note('the password is swordfish')
  desk.erase({ entry: desk.entries()[0]?.hash ?? '' })
  await backUp()
  await restore()
  expect(readJournal(restored)).toEqual({ texts: [], problems: [] })
  for (const folder of [target, restored]) {
    expect(readFileSync(journalFile(folder)).includes('swordfish')).toBe(false)
  }
})

test('evidence that is missing or damaged here is said, and does not stop the rest', async () => {
  const gone = await desk.keep(Buffer.from('gone'))
  const damaged = await desk.keep(Buffer.from('damaged'))
  const whole = await desk.keep(Buffer.from('whole'))
  const here = new EvidenceStore(desk.data)
  here.erase(gone)
  appendFileSync(here.find(damaged)?.path ?? '', '!')
  const { problems } = await backUp()
  expect(problems.map((problem) => problem.slice(0, 25)).toSorted()).toEqual(
    [damaged, gone].map((bundle) => `The evidence ${bundle.slice(0, 12)}`).toSorted(),
  )
  expect(await restore()).toMatchObject({ files: 1, problems })
  expect(await new EvidenceStore(restored).check(whole)).toBe('match')
})

test('a restored backup is as it was, opens, and goes on under a chain of its own', async () => {
  desk.note('one')
  const bundle = await desk.keep(Buffer.alloc(100_000, 'evidence '))
  await backUp()
  const said = await restore()
  expect(said).toMatchObject({ folder: restored, incidents: 1, files: 1, problems: [] })
  const head = desk.entries().at(-1)?.hash
  expect(said.heads.map(({ hash }) => hash)).toContain(head)
  expect(await new EvidenceStore(restored).check(bundle)).toBe('match')
  const journal = new JournalStore(restored, systemClock)
  journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text: 'after the restore' })])
  desk.note('here meanwhile')
  const [there, here] = [journal.allEntries(incident), desk.entries()]
  journal.close()
  const written = there.find(({ body }) => JSON.stringify(body).includes('after the restore'))
  expect(written).toMatchObject({ seq: 1, after: [{ hash: head }] })
  expect(here.some(({ chain }) => chain === written?.chain)).toBe(false)
  expect(readJournal(restored)).toEqual({ texts: ['one', 'after the restore'], problems: [] })
})

test.each(['data', 'file'])('nothing is restored over what is there: %s', async (what) => {
  desk.note('one')
  await backUp()
  if (what === 'file') writeFileSync(restored, '')
  else mkdirSync(join(restored, 'something'), { recursive: true })
  await expect(restore()).rejects.toThrow(/is not empty|is a file/)
  expect(leftovers()).toEqual([])
})

test('an empty folder may be restored into', async () => {
  desk.note('one')
  await backUp()
  mkdirSync(restored)
  expect(await restore()).toMatchObject({ entries: desk.entries().length + 1 })
})

const damages: readonly [string, () => void][] = [
  ['a byte of the journal', () => flip(journalFile(target), 5_000)],
  ['a byte of evidence', () => flip(new EvidenceStore(target).list()[0]?.path ?? '', 3)],
  ['a byte of the manifest', () => flip(join(target, 'backup.json'), 40)],
  ['a file that is gone', () => rmSync(new EvidenceStore(target).list()[0]?.path ?? '')],
  ['a file that nobody listed', () => writeFileSync(join(target, 'evidence', 'more'), '')],
  [
    'sums that lead elsewhere',
    () => appendFileSync(join(target, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../etc/passwd\n`),
  ],
  ['a journal and sums that were both changed', () => rebuildWithoutLast()],
]

test.each(damages)('refused, with nothing left and the backup as it was: %s', async (_what, damage) => {
  desk.note('one')
  desk.note('two')
  await desk.keep(Buffer.from('evidence'))
  await backUp()
  damage()
  const before = execFileSync('sh', ['-c', 'find . -type f -exec sha256sum {} + | sort'], { cwd: target }).toString()
  await expect(restore()).rejects.toMatchObject({ refusal: { code: 'damaged' } })
  const after = execFileSync('sh', ['-c', 'find . -type f -exec sha256sum {} + | sort'], { cwd: target }).toString()
  expect([existsSync(restored), leftovers(), after]).toEqual([false, [], before])
})

test('a folder that is no backup is refused in words', async () => {
  mkdirSync(target)
  await expect(restore()).rejects.toThrow('There is no backup.json')
})

test('a manifest is read back as it was written', async () => {
  desk.note('one')
  const made = await backUp()
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(target, 'backup.json'), 'utf8')))
  expect(manifest).toMatchObject({ at: made.at, entries: made.entries, evidence: 0 })
  expect(manifest.heads.length).toBe(2)
  expect(readSums(readFileSync(join(target, 'SHA256SUMS'), 'utf8'))?.size).toBe(3)
})

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

/** What somebody does who knows how sums are made, and not how chains are. */
function rebuildWithoutLast(): void {
  const script = `
    PRAGMA writable_schema = ON;
    DELETE FROM sqlite_schema WHERE type = 'trigger';
    PRAGMA writable_schema = RESET;
    DELETE FROM body WHERE entry = (SELECT max(id) FROM entry);
    DELETE FROM entry WHERE id = (SELECT max(id) FROM entry);`
  const db = new Database(journalFile(target))
  db.unsafeMode(true)
  db.exec(script)
  db.close()
  execFileSync(
    'sh',
    ['-c', 'find . -type f ! -name SHA256SUMS -printf "%P\\n" | sort | xargs sha256sum > S && mv S SHA256SUMS'],
    {
      cwd: target,
    },
  )
}
