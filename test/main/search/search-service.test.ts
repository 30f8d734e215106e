import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DeskClient, startDesk } from '../../../main/desk/desk-client.ts'
import { SearchService } from '../../../main/search/search-service.ts'
import type { Ask } from '../../../shared/search/found.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

const ana = { contact: null, name: 'Ana Ruiz' }
const ask = (text: string, more: Partial<Ask> = {}): Ask => ({
  text,
  typing: false,
  ranked: false,
  limit: 20,
  offsetMinutes: 0,
  ...more,
})
let folder = ''
let desk: DeskClient
let search: SearchService
const troubles: string[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-search-'))
  desk = await startDesk(folder, { rings: false })
  search = new SearchService(desk, folder, (text) => void troubles.push(text))
})
afterEach(async () => {
  await search.close()
  await desk.close()
  rmSync(folder, { recursive: true })
  expect(troubles).toEqual([])
})

async function declare(title: string): Promise<string> {
  const { id } = await desk.ask('declare', plainDeclaration({ title }), ana)
  return id
}

test('what was acknowledged is found shortly after, with the number and the title of its incident', async () => {
  const id = await declare('Sign-in fails')
  await search.caughtUp()
  const waits: number[] = []
  const quick = () => waits.filter((ms) => ms < 250).length
  // 250 ms is promised; a machine that is busy with other tests may take longer now and then.
  for (let turn = 0; turn < 20 && quick() < 3; turn += 1) {
    await desk.ask('note', id, `pool ${turn} is empty`, null, ana)
    const from = performance.now()
    while ((await search.find(ask(`"pool ${turn}"`))).hits.length === 0) {
      if (performance.now() - from > 30_000) throw new Error('It was never found')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    waits.push(performance.now() - from)
  }
  expect(quick()).toBe(3)
  const { hits } = await search.find(ask('pool'))
  expect(hits[0]).toMatchObject({ title: 'Sign-in fails', incident: id, by: 'Ana Ruiz', kind: 'noted' })
  expect(hits[0]?.number).toMatch(/^INC-\d{4}-\d{4}-0001$/)
})

test('an incident is named by its number, by its end, or by words of its title', async () => {
  const first = await declare('Sign-in fails')
  const second = await declare('Disk full')
  for (const id of [first, second]) await desk.ask('note', id, 'pool is empty', null, ana)
  await search.caughtUp()
  const found = async (text: string) => (await search.find(ask(text))).hits.map(({ incident }) => incident)
  expect(await found('pool in:0001')).toEqual([first])
  expect(await found('pool in:disk')).toEqual([second])
  expect(await found(`pool in:${second}`)).toEqual([second])
  expect(await found('pool in:0007')).toEqual([])
})

test('a newer question takes the place of one that was not begun', async () => {
  await declare('Sign-in fails')
  await search.caughtUp()
  const asked = Array.from({ length: 5 }, (_, turn) =>
    search.find(ask(`sign ${turn}`)).then(
      () => 'answered',
      () => 'cancelled',
    ),
  )
  const outcomes = await Promise.all(asked)
  expect(outcomes.at(-1)).toBe('answered')
  expect(outcomes).toContain('cancelled')
})
