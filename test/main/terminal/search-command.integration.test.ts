import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { muster } from './muster.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-search-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const said = (...args: string[]) => muster(['--data', folder, ...args])

test('what two people said is found by words and options, with its words marked', async () => {
  await said('declare', '--pack', 'infinity', '--title', 'Checkout fails', '--severity', 'P1', '--as', 'Ana')
  await said('note', '0001', 'pool exhausted on pg-eu-2, exit code 137', '--as', 'Ben')
  await said('note', '0001', 'pool is fine again', '--as', 'Ana')
  const all = await said('search', 'pool')
  expect(all.out).toContain('*pool* is fine again')
  expect(all.out).toContain('2 places found.')
  expect((await said('search', 'pool', '--by', 'ben')).out).toContain('*pool* exhausted on pg-eu-2')
  expect((await said('search', '--', 'pool', '-fine')).out).toContain('1 place found.')
  expect((await said('search', 'pool', '--limit', '1')).out).toContain('there are more')
  expect((await said('search', 'pool', 'zebra')).out).toContain('Without one of these there is something: zebra')
})

test('JSON holds hits with their marks, and a limit that is none is a usage error', async () => {
  await said('declare', '--pack', 'infinity', '--title', 'Checkout fails', '--severity', 'P1', '--as', 'Ana')
  const { out } = await said('search', 'checkout', '--kind', 'declared', '--json')
  expect(JSON.parse(out)).toMatchObject({ hits: [{ kind: 'declared', title: 'Checkout fails' }], more: false })
  expect((await said('search', 'checkout', '--limit', 'many')).exit).toBe(2)
})
