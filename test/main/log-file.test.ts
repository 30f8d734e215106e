import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLogFile } from '../../main/log-file.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-log-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

test('keeps lines in order, one each, for its owner alone', async () => {
  const file = join(folder, 'deep', 'muster.log')
  const log = openLogFile(file, () => {})
  log('first')
  log('two\nlines')
  await vi.waitFor(async () => expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(3), 30_000)
  expect((await readFile(file, 'utf8')).replaceAll(/^\S+Z /gm, '')).toBe('first\ntwo | lines\n')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('begins anew before it grows too large, and keeps the one before', async () => {
  const file = join(folder, 'muster.log')
  await writeFile(file, 'x'.repeat(4 * 1024 * 1024))
  openLogFile(file, () => {})('new')
  await vi.waitFor(async () => expect((await stat(file)).size).toBeLessThan(100), 30_000)
  expect((await stat(`${file}.old`)).size).toBe(4 * 1024 * 1024)
})

test('tells once that it cannot be written, and stops nothing', async () => {
  const told: string[] = []
  const log = openLogFile(folder, (why) => told.push(why)) // a folder is no file
  log('first')
  await vi.waitFor(() => expect(told).toHaveLength(1), 30_000)
  log('second')
  expect(told[0]).toContain('cannot be written')
})
