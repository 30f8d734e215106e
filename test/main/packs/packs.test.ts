import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadPacks, packNamed } from '../../../main/packs/packs.ts'
import { infinityText } from './requirements.ts'

const shipped = join(import.meta.dirname, '../../../assets/packs')
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-packs-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('loads the shipped packs', async () => {
  const { packs, refused } = await loadPacks(shipped)
  expect(packs.map(({ pack }) => pack.id)).toContain('infinity')
  expect(packs.map(({ file }) => file)).toEqual(packs.map(({ pack }) => `${pack.id}.yaml`))
  expect(refused).toEqual([])
})

it('lets a broken file hide no other', async () => {
  cpSync(join(shipped, 'infinity.yaml'), join(folder, 'good.yaml'))
  writeFileSync(join(folder, 'a-broken.yaml'), 'apiVersion: [')
  writeFileSync(join(folder, 'notes.txt'), 'not a pack')
  const { packs, refused } = await loadPacks(folder)
  expect(packs.map(({ file }) => file)).toEqual(['good.yaml'])
  expect(refused.map(({ code, tried }) => [code, tried])).toEqual([['bad-input', 'Read the pack a-broken.yaml']])
})

it('refuses a second pack of the same id and sorts the others by id', async () => {
  writeFileSync(join(folder, '1.yaml'), infinityText)
  writeFileSync(join(folder, '2.yaml'), infinityText)
  writeFileSync(join(folder, '3.yaml'), infinityText.replace('id: infinity', 'id: aleph'))
  const { packs, refused } = await loadPacks(folder)
  expect(packs.map(({ pack }) => pack.id)).toEqual(['aleph', 'infinity'])
  expect(refused[0]?.happened).toBe("Its id 'infinity' is already taken by 1.yaml.")
})

it('reads no more of a file than the cap', async () => {
  writeFileSync(join(folder, 'large.yaml'), '')
  truncateSync(join(folder, 'large.yaml'), 4 * 1_024 ** 3)
  expect((await loadPacks(folder)).refused).toMatchObject([{ code: 'too-large' }])
})

it('waits for no named pipe and takes no folder', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
  mkdirSync(join(folder, 'folder.yaml'))
  const { refused } = await loadPacks(folder)
  expect(refused.map(({ happened }) => happened)).toEqual(['It is not a file.', 'It is not a file.'])
})

it('quotes no hidden character of a file name', async () => {
  writeFileSync(join(folder, 'a\u202eb\u001b.yaml'), '')
  expect((await loadPacks(folder)).refused[0]?.tried).toBe('Read the pack a\ufffdb\ufffd.yaml')
})

it('refuses a folder that is not there, or that holds too much', async () => {
  await expect(loadPacks(join(folder, 'none'))).rejects.toMatchObject({ refusal: { code: 'storage' } })
  for (let i = 0; i <= 100; i++) writeFileSync(join(folder, `${i}.yaml`), '')
  await expect(loadPacks(folder)).rejects.toMatchObject({ refusal: { code: 'too-large' } })
})

it('finds a pack by its id and names the nearest otherwise', async () => {
  const { packs } = await loadPacks(shipped)
  expect(packNamed(packs, 'infinity').pack.title).toBe('Infinity OS')
  expect(() => packNamed(packs, 'infinty')).toThrow('There is no pack with this id.')
})
