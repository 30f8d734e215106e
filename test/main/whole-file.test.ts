import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceBy, writeWhole, writeWholeNow } from '../../main/whole-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-whole-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const ways = [
  ['writeWhole', async (path: string, text: string) => writeWhole(path, text)],
  ['writeWholeNow', async (path: string, text: string) => writeWholeNow(path, text)],
] as const

test.each(ways)('%s replaces a file, for this user alone', async (_name, write) => {
  const path = join(folder, 'a.json')
  writeFileSync(path, 'old and longer', { mode: 0o644 })
  await write(path, 'new')
  expect(readFileSync(path, 'utf8')).toBe('new')
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(readdirSync(folder)).toEqual(['a.json'])
})

test.each(ways)('%s leaves nothing behind where it fails', async (_name, write) => {
  mkdirSync(join(folder, 'taken', 'full'), { recursive: true })
  await expect(write(join(folder, 'taken'), 'new')).rejects.toThrow(/taken/)
  expect(readdirSync(folder)).toEqual(['taken'])
})

test('what was being written is taken away with the failure of who wrote it', async () => {
  const path = join(folder, 'a.tar')
  writeFileSync(path, 'old')
  const failing = replaceBy(path, async (temporary) => {
    writeFileSync(temporary, 'half')
    throw new Error('the source ended')
  })
  await expect(failing).rejects.toThrow('the source ended')
  expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['a.tar'], 'old'])
})
