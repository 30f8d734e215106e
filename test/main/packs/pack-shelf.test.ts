import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PackShelf } from '../../../main/packs/pack-shelf.ts'
import { infinityText } from './requirements.ts'

const shipped = join(import.meta.dirname, '../../../assets/packs')
let folder = ''
let shelf: PackShelf

const ours = (change: (text: string) => string = (text) => text) =>
  new TextEncoder().encode(change(infinityText.replace('id: infinity', 'id: ours')))
const renamed = (text: string) => text.replace('version: 1.0.0', 'version: 1.1.0').replace('name: Low', 'name: Slight')

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-shelf-'))
  shelf = await PackShelf.open(shipped, folder)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const origins = (of: PackShelf) => Object.fromEntries(of.summaries().map(({ id, origin }) => [id, origin]))

it('takes a pack, and has it again after a restart', async () => {
  const { pack, diff } = await shelf.import(ours(), 'from a mail.yaml')
  expect(pack).toMatchObject({ id: 'ours', title: 'Infinity OS', origin: 'imported' })
  expect(diff).toBeNull()
  expect(readFileSync(join(folder, 'packs/ours.yaml'))).toEqual(Buffer.from(ours()))
  const again = await PackShelf.open(shipped, folder)
  expect(again.refused).toEqual([])
  expect(again.summaries()).toEqual(shelf.summaries())
  expect(origins(again)).toMatchObject({ ours: 'imported', infinity: 'shipped' })
})

it('says what a newer version changes, before and after it is taken', async () => {
  await shelf.import(ours(), 'ours.yaml')
  expect(await shelf.diff('ours')).toBeNull()
  const changed = [
    { path: '', fields: ['version'] },
    { path: 'severities/p4', title: 'Slight', fields: ['name'] },
  ]
  const linted = await shelf.lint(ours(renamed), 'newer.yaml')
  expect(linted).toMatchObject({ pack: { version: '1.1.0' }, problems: [], diff: { changed } })
  expect((await shelf.import(ours(renamed), 'newer.yaml')).diff).toEqual(linted.diff)
  expect(await shelf.diff('ours')).toEqual(linted.diff)
  expect(readFileSync(join(folder, 'packs/previous/ours.yaml'))).toEqual(Buffer.from(ours()))
})

it('keeps the version before when the same file is imported twice', async () => {
  await shelf.import(ours(), 'a.yaml')
  await shelf.import(ours(renamed), 'b.yaml')
  await shelf.import(ours(renamed), 'b.yaml')
  expect((await shelf.diff('ours'))?.changed).toHaveLength(2)
})

it('takes away what was imported, and keeps its file', async () => {
  await shelf.import(ours(), 'a.yaml')
  await shelf.remove('ours')
  expect(origins(shelf)).not.toHaveProperty('ours')
  expect(readdirSync(join(folder, 'packs'))).toEqual(['previous'])
  expect(existsSync(join(folder, 'packs/previous/ours.yaml'))).toBe(true)
})

describe('refuses', () => {
  it('the id of a shipped pack, and says what to do', async () => {
    const bytes = new TextEncoder().encode(infinityText)
    await expect(shelf.import(bytes, 'mine.yaml')).rejects.toMatchObject({
      refusal: { code: 'not-allowed', next: expect.stringContaining("'our-infinity'") },
    })
    expect(existsSync(join(folder, 'packs/infinity.yaml'))).toBe(false)
    await expect(shelf.remove('infinity')).rejects.toMatchObject({ refusal: { code: 'not-allowed' } })
    await expect(shelf.remove('infinty')).rejects.toMatchObject({ refusal: { code: 'not-found' } })
  })

  it('a file with a problem, and tells all of them at a lint', async () => {
    const broken = ours((text) =>
      text.replace('code: P3', 'kode: P3').replace('severity: p2, covers: [INF-010]', 'severity: p9'),
    )
    const { pack, problems } = await shelf.lint(broken, 'broken.yaml')
    expect(pack).toBeNull()
    expect(problems).toHaveLength(2)
    expect(problems[0]).toMatchObject({ path: 'severities[2]', meant: 'code' })
    await expect(shelf.import(broken, 'broken.yaml')).rejects.toMatchObject({ refusal: { code: 'bad-input' } })
  })

  it('a file that is too large', async () => {
    await expect(shelf.import(new Uint8Array(1_048_577), 'a.yaml')).rejects.toMatchObject({
      refusal: { code: 'too-large' },
    })
  })
})

it('lets a file that was broken by hand hide no other, and replaces it at the next import', async () => {
  await shelf.import(ours(), 'a.yaml')
  mkdirSync(join(folder, 'packs'), { recursive: true })
  writeFileSync(join(folder, 'packs/theirs.yaml'), 'apiVersion: [')
  writeFileSync(join(folder, 'packs/infinity.yaml'), infinityText)
  const again = await PackShelf.open(shipped, folder)
  expect(origins(again)).toMatchObject({ ours: 'imported', infinity: 'shipped' })
  expect(again.refused.map(({ tried }) => tried)).toEqual(['Take the pack infinity.yaml', 'Read the pack theirs.yaml'])
  await again.import(
    ours((text) => text.replace('id: ours', 'id: theirs')),
    'theirs.yaml',
  )
  expect(again.refused.map(({ tried }) => tried)).toEqual(['Take the pack infinity.yaml'])
})

it('takes no file under another name, which would hide the next version of its pack', async () => {
  mkdirSync(join(folder, 'packs'), { recursive: true })
  writeFileSync(join(folder, 'packs/a-copy.yaml'), ours())
  await shelf.refresh()
  expect(origins(shelf)).not.toHaveProperty('ours')
  expect(shelf.refused).toMatchObject([{ next: 'Import it, or rename it to ours.yaml.' }])
  await shelf.import(ours(renamed), 'newer.yaml')
  const again = await PackShelf.open(shipped, folder)
  expect(again.summaries().find(({ id }) => id === 'ours')?.version).toBe('1.1.0')
  await again.remove('ours')
  expect(readdirSync(join(folder, 'packs'))).toEqual(['a-copy.yaml', 'previous'])
})

it('makes two changes at once one after the other', async () => {
  const [first, second] = await Promise.all([shelf.import(ours(), 'a.yaml'), shelf.import(ours(renamed), 'b.yaml')])
  expect(first.diff).toBeNull()
  expect(second.diff?.changed).toHaveLength(2)
})

it('sees what another process imported and removed', async () => {
  const other = await PackShelf.open(shipped, folder)
  await other.import(ours(), 'a.yaml')
  expect(origins(shelf)).not.toHaveProperty('ours')
  expect(await shelf.refresh()).toBe(true)
  expect(origins(shelf)).toMatchObject({ ours: 'imported' })
  expect(await shelf.refresh()).toBe(false)
  // Its version is the one before, though this process never imported it.
  expect((await shelf.import(ours(renamed), 'b.yaml')).diff?.changed).toHaveLength(2)
  await shelf.remove('ours')
  await expect(other.remove('ours')).rejects.toMatchObject({ refusal: { code: 'not-found' } })
})

it('opens where its own folder cannot be listed, and says so', async () => {
  writeFileSync(join(folder, 'packs'), 'not a folder')
  const opened = await PackShelf.open(shipped, folder)
  expect(origins(opened)).toMatchObject({ infinity: 'shipped' })
  expect(opened.refused).toMatchObject([{ code: 'storage' }])
  rmSync(join(folder, 'packs'))
  expect(await opened.refresh()).toBe(true)
  expect(opened.refused).toEqual([])
})
