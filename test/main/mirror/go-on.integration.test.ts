import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { muster, musterJson } from '../terminal/muster.ts'
import { readJournal } from './desk-folder.ts'

let root: string
let data: string
let mirror: string
let number: string

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'muster-go-on-'))
  data = join(root, 'data')
  mirror = join(root, 'stick')
  const declared = await musterJson(['declare', '--data', data, '--pack', 'infinity', '--title', 'Sign-in fails'])
  number = z.looseObject({ number: z.string() }).parse(declared).number
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

const note = async (folder: string, text: string): Promise<string> => {
  const said = await muster(['note', number, text, '--data', folder])
  expect(said.exit).toBe(0)
  return said.err
}

test('a lost laptop: the mirror goes on under a new chain, and both come together again', async () => {
  await musterJson(['mirror', 'set', mirror, '--data', data])
  await note(data, 'before the loss')
  expect(readJournal(mirror)).toEqual({ texts: ['before the loss'], problems: [] })

  await note(mirror, 'on the mirror')
  expect(readJournal(mirror).problems).toEqual([])
  expect(await note(data, 'on the laptop, found again')).toContain('went on there')
  expect(await musterJson(['mirror', 'status', '--data', data])).toMatchObject({ mirror: { state: 'stopped' } })

  const file = join(root, 'from-the-mirror')
  expect((await muster(['journal', 'export', number, '--out', file, '--data', mirror])).exit).toBe(0)
  expect((await muster(['journal', 'import', file, '--data', data])).exit).toBe(0)
  const { texts, problems } = readJournal(data)
  expect([texts.toSorted(), problems]).toEqual([['before the loss', 'on the laptop, found again', 'on the mirror'], []])
  // A new mirror has all of it.
  const other = join(root, 'other-stick')
  expect(await musterJson(['mirror', 'set', other, '--data', data])).toMatchObject({ mirror: { state: 'whole' } })
  expect(readJournal(other)).toEqual({ texts, problems: [] })
})

test('without a window each command brings the mirror along, and says when it could not', async () => {
  await musterJson(['mirror', 'set', mirror, '--data', data])
  expect(await note(data, 'one')).toBe('')
  renameSync(mirror, `${mirror}-unplugged`)
  expect(await note(data, 'two')).toContain('the folder is not there')
  expect(await musterJson(['mirror', 'status', '--data', data])).toMatchObject({
    mirror: { state: 'behind', entries: 1, trouble: { happened: 'the folder is not there' } },
  })
  renameSync(`${mirror}-unplugged`, mirror)
  expect(await musterJson(['mirror', 'now', '--data', data])).toMatchObject({ mirror: { state: 'whole', entries: 0 } })
  expect(readJournal(mirror)).toEqual({ texts: ['one', 'two'], problems: [] })
})

test('backup and restore from the terminal: what was restored is opened, and named so', async () => {
  await note(data, 'one')
  const backup = join(root, 'backup')
  expect(await musterJson(['backup', '--out', backup, '--data', data])).toMatchObject({ incidents: 1 })
  const restored = join(root, 'restored')
  const said = await muster(['restore', backup, '--to', restored])
  expect([said.exit, said.out]).toEqual([0, expect.stringContaining(`Open it: muster open ${restored}`)])
  await note(restored, 'two')
  expect(readJournal(restored)).toEqual({ texts: ['one', 'two'], problems: [] })
  const again = await muster(['restore', backup, '--to', restored])
  expect([again.exit, again.err]).toEqual([1, expect.stringContaining('is not empty')])
})

test('muster open says that there is nothing to open', async () => {
  const said = await muster(['open', root])
  expect([said.exit, said.err]).toEqual([1, expect.stringContaining('There is no journal.db in this folder.')])
})

test('a mirror is told from a backup', async () => {
  await musterJson(['mirror', 'set', mirror, '--data', data])
  const said = await muster(['restore', mirror, '--to', join(root, 'restored')])
  expect([said.exit, said.err]).toEqual([1, expect.stringContaining(`muster open ${mirror}`)])
  expect(readFileSync(join(mirror, 'mirror.json'), 'utf8')).toContain(data)
})
