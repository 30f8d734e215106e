import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeCard } from '../../../main/people/contact-card-file.ts'
import { refuse } from '../../../shared/refusal.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-card-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const print = (html: string) => Promise.resolve(Buffer.from(`%PDF-${html}`))
const cannot = () =>
  Promise.reject(refuse('unsupported', { tried: 'Print to PDF', happened: 'No Chromium.', next: 'Take HTML.' }))

it('writes a card for its owner alone', async () => {
  const path = join(folder, 'card.pdf')
  expect(await writeCard('<p>', { path, dataFolder: join(folder, 'data'), print })).toEqual({ path, format: 'pdf' })
  expect(await readFile(path, 'utf8')).toBe('%PDF-<p>')
  expect((await stat(path)).mode & 0o077).toBe(0)
})

it('is written as HTML where PDF cannot be printed', async () => {
  const path = join(folder, 'card.html')
  const written = await writeCard('<p>', { path: join(folder, 'card.pdf'), dataFolder: folder, print: cannot })
  expect(written).toEqual({ path, format: 'html' })
  expect(await readFile(path, 'utf8')).toBe('<p>')
})

it('overwrites nothing of the data folder, and takes no other ending', async () => {
  const own = { path: join(folder, 'evidence', 'card.html'), dataFolder: folder, print }
  await expect(writeCard('<p>', own)).rejects.toThrow(/file of Muster's own/)
  await expect(writeCard('<p>', { ...own, path: join(folder, 'card.txt') })).rejects.toThrow(/neither .pdf nor .html/)
})
