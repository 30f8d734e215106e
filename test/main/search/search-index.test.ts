import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { erasedKind } from '../../../shared/erasure/entries.ts'
import { declaredKind } from '../../../shared/incident/entries.ts'
import { draftOf } from '../../../shared/journal/kind.ts'
import { correctedKind, notedKind, starredKind } from '../../../shared/notes/entries.ts'
import { decidedKind } from '../../../shared/tasks/entries.ts'
import { ana, incidents, Searched } from './searched.ts'

let desk: Searched
beforeEach(() => {
  desk = new Searched()
})
afterEach(() => desk.remove())

const declared = draftOf(declaredKind, {
  number: 'INC-2026-1121-0001',
  title: 'Sign-in fails',
  pack: { id: 'infinity', version: '1', title: 'Infinity OS', hash: 'a'.repeat(64) },
  unconfirmed: false,
  detected_at: '2026-11-21T11:00:00.000Z',
})

test.each([
  ['postgres', true],
  ['primary', true],
  ['postgres-primary', true],
  ['POSTGRES PRIMARY', true],
  ['primary-postgres', false],
  ['"postgres primary"', true],
  ['post', false],
  ['post*', true],
  ['10.0.0.5', true],
  ['10.0.0.6', false],
  ['137', true],
  ['/var/lib/postgresql', true],
  ['lib/postgresql', true],
  ['cafe', true],
  ['café', true],
  ['OOM -killed', false],
  ['OOM -restarted', true],
  ['"exit code 137"', true],
  ['"code exit"', false],
  ['障害', true],
  ['害障', false],
])('%s finds what stands there: %s', async (typed, isFound) => {
  desk.note(
    'postgres-primary at 10.0.0.5 was OOM killed, exit code 137, /var/lib/postgresql full; the Café said 重大障害',
  )
  await desk.follow()
  expect(desk.said(typed)).toHaveLength(isFound ? 1 : 0)
})

test('the number of an incident is found whole and by its parts', async () => {
  desk.append(declared)
  await desk.follow()
  expect(desk.said('INC-2026-1121-0001')).toHaveLength(1)
  expect(desk.said('0001')).toHaveLength(1)
  expect(desk.said('INC-2026-1121-0002')).toHaveLength(0)
})

test('the newest come first, no more than asked for, and more is said', async () => {
  for (const number of [1, 2, 3]) desk.note(`disk ${number}`)
  await desk.follow()
  expect(desk.said('disk', { limit: 2 })).toEqual(['disk 3', 'disk 2'])
  expect(desk.ask('disk', { limit: 2 }).more).toBe(true)
  expect(desk.ask('disk', { limit: 3 }).more).toBe(false)
})

test('the best come first when asked for', async () => {
  desk.note('disk disk disk')
  desk.note(`disk ${'and much else '.repeat(20)}`)
  await desk.follow()
  expect(desk.said('disk', { ranked: true })[0]).toBe('disk disk disk')
})

test('the last word may go on while somebody types', async () => {
  desk.note('the gateway is slow')
  await desk.follow()
  expect(desk.said('slow gatew', { typing: true })).toHaveLength(1)
  expect(desk.said('slow gatew')).toHaveLength(0)
})

test('filters narrow by incident, kind, actor, mode and time', async () => {
  desk.append(
    draftOf(notedKind, { text: 'cache cold' }),
    draftOf(
      decidedKind,
      { text: 'warm the cache', options: [], poll: null, outcome: 'decided' },
      { actor: { contact: null, name: 'Ben Okafor' } },
    ),
  )
  desk.appendTo(incidents[1], draftOf(notedKind, { text: 'cache of the exercise' }))
  await desk.follow()
  expect(desk.said('cache kind:noted')).toEqual(['cache of the exercise', 'cache cold'])
  expect(desk.said('cache by:ben')).toEqual(['Decided: warm the cache.'])
  expect(desk.said('cache -by:ben in:XWC')).toEqual(['cache cold'])
  expect(desk.said('is:exercise')).toEqual(['cache of the exercise'])
  expect(desk.said('is:live kind:noted')).toEqual(['cache cold'])
  expect(desk.said('cache after:2026 before:2199')).toHaveLength(3)
  expect(desk.said('cache before:2026')).toHaveLength(0)
  expect(desk.said('after:2026-11')).toHaveLength(3)
})

test('a filter that fits nothing finds nothing, and what to drop is named', async () => {
  desk.note('cache cold')
  await desk.follow()
  expect(desk.ask('cache by:nobody')).toMatchObject({ hits: [], drop: ['by:nobody'] })
  expect(desk.ask('cache cold zebra').drop).toEqual(['zebra'])
})

test('stars follow the entries that set and take them', async () => {
  const { hash } = desk.note('cache cold')
  desk.note('cache warm')
  desk.append(draftOf(starredKind, { entry: hash, on: true }))
  await desk.follow()
  expect(desk.said('cache is:starred')).toEqual(['cache cold'])
  expect(desk.said('cache -is:starred')).toEqual(['cache warm'])
  expect(desk.ask('is:starred').hits[0]).toMatchObject({ starred: true, hash })
  desk.append(draftOf(starredKind, { entry: hash, on: false }))
  await desk.follow()
  expect(desk.said('is:starred')).toEqual([])
})

test('marks say where the words stand', async () => {
  desk.note(`${'a b c '.repeat(60)}the Gateway of postgres-primary fell`)
  await desk.follow()
  const [hit] = desk.ask('gateway "postgres primary"').hits
  expect(hit?.excerpt.marks.map(([from, to]) => hit.excerpt.text.slice(from, to))).toEqual([
    'Gateway',
    'postgres-primary',
  ])
})

test('words of an erased body are found no more, and stand in no file', async () => {
  const word = 'hunter2secretword'
  const { hash } = desk.note(`the password is ${word}`)
  desk.append(...notes(300, 'something else'))
  await desk.follow()
  expect(desk.said(word)).toHaveLength(1)
  expect(raw(desk)).toContain(word)
  desk.append(draftOf(erasedKind, { entry: hash, bundle: null, reason: 'a leak', approver: ana }))
  await desk.follow()
  expect(desk.said(word)).toEqual([])
  expect(desk.said('something')).toHaveLength(100)
  expect(raw(desk)).not.toContain(word)
  expect(raw(desk)).not.toContain(word.slice(4))
})

test('an erased entry is still found by its filters', async () => {
  const { hash } = desk.note('the password')
  desk.append(draftOf(erasedKind, { entry: hash, bundle: null, reason: 'a leak', approver: ana }))
  await desk.follow()
  expect(desk.ask('kind:noted').hits.map((hit) => hit.hash)).toEqual([hash])
})

test('a correction is found by its own words', async () => {
  const { hash } = desk.note('the gateway fell')
  desk.append(draftOf(correctedKind, { entry: hash, text: 'the proxy fell' }))
  await desk.follow()
  expect(desk.ask('proxy').hits[0]?.kind).toBe('corrected')
})

test.each([
  ['damaged', () => Buffer.alloc(20_000, 'x')],
  ['of another program', () => foreignDatabase()],
  ['empty', () => Buffer.alloc(0)],
])('an index that is %s is made anew', async (_what, bytes) => {
  desk.note('cache cold')
  writeFileSync(join(desk.folder, 'search.db'), bytes())
  await desk.follow()
  expect(desk.said('cache')).toHaveLength(1)
})

test('an index that is damaged while it is open is made anew', async () => {
  desk.append(...notes(500, 'cache'))
  await desk.follow()
  const file = join(desk.folder, 'search.db')
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(0x5a, 4096))
  desk.note('cache warm')
  await desk.follow()
  expect(desk.said('warm')).toEqual(['cache warm'])
  expect(desk.said('cache', { limit: 500 })).toHaveLength(500)
})

test('an index of an older format, or ahead of a restored journal, is made anew', async () => {
  desk.note('cache cold')
  await desk.follow()
  const change = (sql: string) => {
    desk.closeIndex()
    const db = new Database(join(desk.folder, 'search.db'))
    db.exec(sql)
    db.close()
  }
  change('PRAGMA user_version = 0; DELETE FROM words_0')
  await desk.follow()
  expect(desk.said('cache')).toHaveLength(1)
  change("UPDATE progress SET upto = 900, hash = 'of an entry that is gone'; DELETE FROM words_0")
  await desk.follow()
  expect(desk.said('cache')).toHaveLength(1)
  change("UPDATE progress SET hash = 'of another entry'; DELETE FROM words_0")
  await desk.follow()
  expect(desk.said('cache')).toHaveLength(1)
})

test('two indexes on one folder write in turn, and each finds all', async () => {
  const other = new Searched(desk.folder)
  for (let turn = 0; turn < 30; turn += 1) {
    const writer = turn % 2 === 0 ? desk : other
    writer.note(`cache ${turn}`)
    writer.index.follow()
    if (turn === 10) await desk.follow()
  }
  await Promise.all([desk.follow(), other.follow()])
  expect(desk.said('cache')).toHaveLength(30)
  expect(other.said('cache')).toEqual(desk.said('cache'))
  other.close()
})

test('a question that names nothing finds nothing, and says why', async () => {
  desk.note('cache')
  await desk.follow()
  expect(desk.ask('   ')).toMatchObject({ hits: [], problems: [] })
  expect(desk.ask('-cache').problems).toEqual([expect.stringContaining('Say what to look for')])
  expect(desk.ask('cache is:green').problems).toEqual([expect.stringContaining('is:starred')])
  expect(desk.ask('cache before:soon').hits).toHaveLength(1)
})

function notes(count: number, text: string) {
  return Array.from({ length: count }, (_, note) => draftOf(notedKind, { text: `${text} ${note} ${Math.sin(note)}` }))
}

function raw({ folder }: Searched): string {
  return ['search.db', 'search.db-wal'].map((name) => readFileSync(join(folder, name), 'latin1')).join()
}

function foreignDatabase(): Buffer {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE shopping (item TEXT)')
  const bytes = db.serialize()
  db.close()
  return bytes
}

test('a journal that cannot be read is refused as such, and the index is left alone', async () => {
  desk.append(...notes(400, 'cache'))
  await desk.follow()
  desk.close()
  const file = join(desk.folder, 'journal.db')
  writeFileSync(file, readFileSync(file).fill(0x5a, 8_192))
  expect(() => desk.index.find).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'damaged' }) }),
  )
  expect(readFileSync(join(desk.folder, 'search.db')).length).toBeGreaterThan(10_000)
})
