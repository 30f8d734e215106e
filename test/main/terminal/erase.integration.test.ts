import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesWith } from '../../files-with.ts'
import { muster, musterJson, type Said } from './muster.ts'

const secret = 'Hauptkennwort-hunter2'
let folder = ''
let dataFolder = ''
let number = ''

const run = (...args: string[]): Promise<Said> => muster([...args, '--data', dataFolder, '--as', 'Ana Ruiz'])

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-erase-'))
  dataFolder = join(folder, 'data')
  const declared = ['declare', '--pack', 'infinity', '--title', 'Sign-in fails', '--severity', 'P1']
  number = ((await musterJson([...declared, '--data', dataFolder, '--as', 'Ana Ruiz'])) as { number: string }).number
  await run('note', number, 'what stood before')
  await run('note', number, `The password is ${secret}.`)
  await run('note', number, 'what stood after')
  writeFileSync(join(folder, 'app.log'), `login with ${secret}\nFATAL\n`)
  await run('attach', number, join(folder, 'app.log'))
  // The index is made by the first who searches.
  expect((await run('search', 'login')).out).toContain('app.log')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the terminal erases a text from every file, says what it cannot reach, and leaves the neighbours', async () => {
  expect(filesWith(dataFolder, secret)).not.toEqual([])
  const erased = await run('erase', number, '#5', '--reason', 'A password.', '--approver', 'Mara Stein')
  expect(erased).toMatchObject({ exit: 0, err: '' })
  expect(erased.out).toMatch(/^Erased the text of #5 \(noted, .*\)\. #8 says so, approved by Mara Stein\.\n/)
  expect(erased.out).toContain('Nothing of it is left in the data folder.')
  expect(erased.out).toContain('Out of reach: Exports, backups and copies')
  expect(filesWith(dataFolder, `The password is ${secret}`)).toEqual([])

  const { bundles } = (await musterJson(['evidence', number, '--data', dataFolder])) as {
    bundles: { bundle: string }[]
  }
  const bundle = bundles[0]?.bundle ?? ''
  const gone = await run('erase', number, '--evidence', bundle.slice(0, 10), '--reason', 'A log.', '--approver', 'Mara')
  expect(gone.out).toContain('Nothing of its bytes is left in the data folder.')
  expect(filesWith(dataFolder, secret)).toEqual([])
  for (const neighbour of ['what stood before', 'what stood after']) {
    expect(filesWith(dataFolder, neighbour)).toContain('journal.db')
  }
  expect((await run('search', 'stood')).out).toContain('2 places found')
  expect((await run('search', 'Hauptkennwort*')).out).toContain('Nothing was found')

  const verified = await run('verify')
  expect(verified.exit).toBe(0)
  expect(verified.out).toContain('2 erased by an entry that says so')
})

test('what is not named, named twice, or cannot go is refused', async () => {
  const refused = async (...args: string[]) => {
    const { exit, err } = await run('erase', number, ...args, '--reason', 'x', '--approver', 'Mara')
    return `${exit} ${err.split('\n')[1] ?? ''}`
  }
  expect(await refused('#1')).toMatch(/^1 What happened: It holds the number/)
  expect(await refused('#5')).toMatch(/^1 What happened: It was erased by #8/)
  expect(await refused('#99')).toMatch(/^1 What happened: This incident holds no such entry/)
  expect(await refused()).toMatch(/^1 What happened: Nothing was named/)
  expect(await refused('#1', '--evidence', 'ab')).toMatch(/^1 What happened: An entry and evidence were named at once/)
  expect((await run('erase', number, '#4', '--reason', 'x')).exit).toBe(2)
})
