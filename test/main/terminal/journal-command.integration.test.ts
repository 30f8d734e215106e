import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { startDesk } from '../../../main/desk/desk-client.ts'
import type { DeskNews } from '../../../main/desk/desk-client.ts'
import { muster, musterJson } from './muster.ts'

const declaredSchema = z.looseObject({ id: z.string(), number: z.string() })
let root = ''
let [ana, ben, file] = ['', '', '']

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'muster-terminal-'))
  ;[ana, ben, file] = [join(root, 'ana'), join(root, 'ben'), join(root, 'incident.tar')]
})

afterEach(() => rmSync(root, { recursive: true }))

async function declare(folder: string, title: string) {
  const args = ['declare', '--data', folder, '--pack', 'infinity', '--title', title, '--severity', 'P2', '--as', 'Ana']
  return declaredSchema.parse(await musterJson(args))
}

test('an incident goes from desk to desk in the terminal, and nothing is brought twice', async () => {
  const { id, number } = await declare(ana, 'Sign-in fails')
  const wrote = await muster(['journal', 'export', number, '--out', file, '--data', ana])
  expect(wrote).toMatchObject({ exit: 0, err: '' })
  expect(wrote.out).toContain('3 entries in 1 chain')
  const args = ['journal', 'import', file, '--data', ben]
  expect((await muster(args)).out).toContain('3 new entries, 0 known')
  expect((await muster(['note', id, 'The database is full.', '--data', ben, '--as', 'Ben'])).exit).toBe(0)
  expect(await musterJson(args)).toMatchObject({ incident: id, entries: 0, known: 3, conflicts: [] })
  for (const folder of [ana, ben]) expect(await musterJson(['verify', '--data', folder])).toMatchObject({ ok: true })
  expect(readdirSync(root).toSorted()).toEqual(['ana', 'ben', 'incident.tar'])
})

test('numbers that collide get a letter, which the terminal takes', async () => {
  const first = await declare(ana, 'First')
  const second = await declare(ben, 'Second')
  expect(second.number).toBe(first.number)
  await musterJson(['journal', 'export', second.id, '--out', file, '--data', ben])
  await musterJson(['journal', 'import', file, '--data', ana])
  const label = `${first.number}-B`
  expect((await muster(['incidents', '--data', ana])).out).toContain(label)
  expect(await musterJson(['note', label, 'To the second.', '--data', ana, '--as', 'Ana'])).toMatchObject({
    id: second.id,
  })
})

test('what cannot be done is refused in words, and leaves no file behind', async () => {
  const { id } = await declare(ana, 'Sign-in fails')
  const own = await muster(['journal', 'export', id, '--out', join(ana, 'journal.db'), '--data', ana])
  expect(own).toMatchObject({ exit: 1, out: '' })
  expect(own.err).toContain("Muster's own")
  const nowhere = await muster(['journal', 'export', id, '--out', join(root, 'no', 'folder.tar'), '--data', ana])
  expect(nowhere.exit).toBe(1)
  expect(nowhere.err).toContain('Choose a folder that exists')
  const missing = await muster(['journal', 'import', file, '--data', ana])
  expect(missing.exit).toBe(1)
  expect(missing.err).toContain('There is no such file')
  expect(existsSync(file)).toBe(false)
})

test('a window that is open beside it hears of what an import brought', async () => {
  const { id } = await declare(ana, 'Sign-in fails')
  await musterJson(['journal', 'export', id, '--out', file, '--data', ana])
  await muster(['incidents', '--data', ben])
  const window = await startDesk(ben, { rings: false })
  const news: DeskNews[] = []
  window.onNews((one) => news.push(one))
  try {
    await musterJson(['journal', 'import', file, '--data', ben])
    for (let waited = 0; waited < 5_000 && !news.some(({ kind }) => kind === 'arrived'); waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(news).toMatchObject([{ kind: 'arrived', incident: id, state: { entries: 3 } }])
    // An entry that belongs in between: the other desk wrote it before this one went on.
    await window.ask('note', id, 'Here.', null, { contact: null, name: 'Ben' })
    await muster(['note', id, 'There, before.', '--data', ana, '--as', 'Ana'])
    await muster(['note', id, 'There, again.', '--data', ana, '--as', 'Ana'])
    await musterJson(['journal', 'export', id, '--out', file, '--data', ana])
    await musterJson(['journal', 'import', file, '--data', ben])
    for (let waited = 0; waited < 5_000 && (await window.ask('open', id)).state.entries < 6; waited += 20) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const { state, entries } = await window.ask('open', id)
    expect(state.entries).toBe(6)
    expect(entries.map(({ lamport }) => lamport)).toEqual([1, 2, 3, 4, 4, 5])
  } finally {
    await window.close()
  }
})
