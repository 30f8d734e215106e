import { beforeEach, expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createRoomsStore, roomOf, type RoomsStore } from '../../../renderer/incident/rooms-store.ts'
import { entryAt, findNewest, PAGE_SIZE, PAGES_KEPT } from '../../../renderer/timeline/entry-pages.ts'
import { shownPages } from '../../../renderer/timeline/timeline-view.ts'
import { checkoutStory, CHECKOUT as id } from '../story.ts'
import type { FakeMain } from '../fake-main.ts'

let main: FakeMain
let rooms: RoomsStore

beforeEach(() => {
  main = checkoutStory()
  const bridge = main.bridge()
  rooms = createRoomsStore(createClient(bridge))
  bridge.listen((feed, text) => {
    if (feed === 'incidents.entries') rooms.fed(JSON.parse(text) as Parameters<RoomsStore['fed']>[0])
  })
})

const room = () => roomOf(rooms.store.getState(), id)
const opens = () => main.asked.filter(({ name }) => name === 'incidents.open').length

test('an opened room has the state that main has', async () => {
  await rooms.open(id)
  expect(room().state).toEqual(main.state(id))
  expect(room().timeline.all.total).toBe(room().state?.entries)
})

test('opening twice asks once', async () => {
  await Promise.all([rooms.open(id), rooms.open(id)])
  await rooms.open(id)
  expect(opens()).toBe(1)
})

test('a refused opening is kept for the screen and can be tried again', async () => {
  const refusal = { code: 'damaged', tried: 'Open', happened: 'The chain is broken.', next: 'Verify.' } as const
  main.refusals.set('incidents.open', refusal)
  await rooms.open(id)
  expect(room().opened).toEqual({ state: 'failed', refusal })
  await rooms.open(id)
  expect(room().opened).toEqual({ state: 'confirmed' })
})

test('fed entries are folded as main folds them', async () => {
  await rooms.open(id)
  await rooms.change('note', { id, text: 'Queue is empty.', happenedAt: null })
  await rooms.change('assign', { id, role: 'deputy', name: 'Mara Stein' })
  expect(room().state).toEqual(main.state(id))
  expect(findNewest(room().timeline.all, () => true)?.kind).toBe('role-taken')
})

test('the same entries fed twice count once', async () => {
  await rooms.open(id)
  const entry = main.log(id, 'noted', { text: 'once' })
  rooms.fed({ id, from: main.state(id).entries - 1, entries: [entry], state: null })
  expect(room().state?.entries).toBe(main.state(id).entries)
})

test('a gap makes the room open anew', async () => {
  await rooms.open(id)
  const entry = main.log(id, 'noted', { text: 'late' })
  rooms.fed({ id, from: 500, entries: [entry], state: null })
  await expect.poll(opens).toBe(2)
  await expect.poll(() => room().opened.state).toBe('confirmed')
  expect(room().state).toEqual(main.state(id))
})

test('who opens a room that opens anew after a gap waits for the same answer', async () => {
  await rooms.open(id)
  const release = main.hold('incidents.open')
  rooms.fed({ id, from: 500, entries: [main.log(id, 'noted', { text: 'late' })], state: null })
  await expect.poll(opens).toBe(2)
  const opened = rooms.open(id)
  main.log(id, 'noted', { text: 'fed before the answer' })
  release()
  await opened
  expect(opens()).toBe(2)
  expect(room().opened.state).toBe('confirmed')
  expect(room().state).toEqual(main.state(id))
})

test('a gap in what was fed before the answer makes the room open once more', async () => {
  const release = main.hold('incidents.open')
  const opened = rooms.open(id)
  await expect.poll(opens).toBe(1)
  rooms.fed({ id, from: 500, entries: [main.journal.get(id)!.entries[3]!], state: null })
  release()
  await opened
  await expect.poll(opens).toBe(2)
  await expect.poll(() => room().opened.state).toBe('confirmed')
})

test('an entry that belongs in between makes the room open anew', async () => {
  await rooms.open(id)
  const foreign = { ...main.journal.get(id)!.entries[3]!, hash: 'f'.repeat(64) }
  rooms.fed({ id, from: 3, entries: [foreign], state: null })
  await expect.poll(opens).toBe(2)
})

test('what is fed before the answer comes is not lost', async () => {
  const { entries } = main.state(id)
  const opening = rooms.open(id)
  rooms.fed({
    id,
    from: entries,
    entries: [{ ...main.journal.get(id)!.entries[9]!, hash: 'e'.repeat(64) }],
    state: null,
  })
  await opening
  expect(room().state?.entries).toBe(entries + 1)
})

const shown = () => shownPages(room().timeline)
const textAt = (position: number) => entryAt(shown(), position)?.body
const notes = { groups: ['notes'], starred: false, person: null } as const
const byNotes = { ...notes, groups: [...notes.groups] }

async function openLong(): Promise<number> {
  for (let note = 0; note < 5000; note++) main.log(id, 'noted', { text: `note ${note}` })
  await rooms.open(id)
  return main.state(id).entries
}

const pagesAsked = () => main.asked.filter(({ name }) => name === 'incidents.page').length

test('pages come as somebody looks at them, once each, and there are never more than a few', async () => {
  const total = await openLong()
  expect([shown().total, shown().pages.size]).toEqual([total, 2])
  for (let from = 0; from < total; from += 50) {
    rooms.need(id, from, from + 50)
    rooms.need(id, from, from + 50)
    await expect.poll(() => textAt(from)).toBeDefined()
  }
  expect(shown().pages.size).toBe(PAGES_KEPT)
  // The newest page stays; the one before it had to go, and came again.
  expect(pagesAsked()).toBe(Math.ceil(total / PAGE_SIZE) - 1)
  rooms.need(id, 0, 1)
  await expect.poll(() => textAt(0)).toMatchObject({ title: 'Checkout errors after deploy' })
  expect(entryAt(shown(), total - 1)?.body).toEqual({ text: 'note 4999' })
})

test('what somebody only scrolls past is not fetched', async () => {
  const total = await openLong()
  for (let from = 0; from < total - 300; from += 100) rooms.need(id, from, from + 100)
  await expect.poll(() => textAt(total - 301)).toBeDefined()
  expect(pagesAsked()).toBeLessThanOrEqual(5)
})

test('new entries are at the end wherever a person reads', async () => {
  const total = await openLong()
  rooms.need(id, 0, 100)
  await expect.poll(() => textAt(99)).toBeDefined()
  main.log(id, 'noted', { text: 'new' })
  expect([shown().total, textAt(total)]).toEqual([total + 1, { text: 'new' }])
})

test('a page that could not be read says so, and can be asked for again', async () => {
  await openLong()
  const refusal = { code: 'damaged', tried: 'Read', happened: 'Broken.', next: 'Verify.' } as const
  main.refusals.set('incidents.page', refusal)
  rooms.need(id, 0, 100)
  await expect.poll(() => room().timeline.paging).toEqual({ state: 'failed', refusal })
  rooms.needAgain(id)
  await expect.poll(() => textAt(5)).toBeDefined()
  expect(room().timeline.paging).toEqual({ state: 'idle' })
})

test('a filter shows what passes, goes on with what arrives, and is lifted', async () => {
  const total = await openLong()
  rooms.filter(id, { ...byNotes, person: 'Ana Ruiz' })
  await expect.poll(() => shown().total).toBeGreaterThan(4_999)
  const passed = shown().total
  main.log(id, 'responded', {})
  main.log(id, 'noted', { text: 'new' }, { by: 'Ana Ruiz' })
  expect(shown().total).toBe(passed + 1)
  rooms.need(id, passed, passed + 1)
  await expect.poll(() => textAt(passed)).toEqual({ text: 'new' })
  rooms.filter(id, { groups: [], starred: false, person: null })
  expect([room().timeline.filter, shown().total]).toEqual([null, total + 2])
})

test('a star that is set changes what passes a filter by stars', async () => {
  await openLong()
  rooms.filter(id, { groups: [], starred: true, person: null })
  await expect.poll(() => room().timeline.filtered?.total).toBe(0)
  await rooms.change('star', { id, entry: main.journal.get(id)!.entries[7]!.hash, on: true })
  rooms.need(id, 0, 1)
  await expect.poll(() => shown().total).toBe(1)
  expect(entryAt(shown(), 0)?.hash).toBe(main.journal.get(id)!.entries[7]!.hash)
})

test('an entry is revealed by its hash, by a time, or as the newest; what is hidden by a filter is shown', async () => {
  const total = await openLong()
  const { hash, at } = main.journal.get(id)!.entries[7]!
  rooms.filter(id, byNotes)
  expect(await rooms.reveal(id, { hash })).toEqual({ ok: true, value: 7 })
  expect([room().timeline.filter, room().timeline.wish?.position]).toEqual([null, 7])
  expect(await rooms.reveal(id, { time: at })).toMatchObject({ ok: true, value: expect.any(Number) })
  expect(await rooms.reveal(id, { time: '2027-01-01T00:00:00.000Z' })).toEqual({ ok: true, value: null })
  expect(await rooms.reveal(id, 'newest')).toEqual({ ok: true, value: total - 1 })
})

test('whoever reveals an entry of a room that is not open opens it first', async () => {
  const { hash } = main.journal.get(id)!.entries[3]!
  expect(await rooms.reveal(id, { hash })).toEqual({ ok: true, value: 3 })
  expect([opens(), room().timeline.wish?.position]).toEqual([1, 3])
})

test('of two entries asked for the last one is shown, whichever answer comes later', async () => {
  await rooms.open(id)
  const { entries } = main.journal.get(id)!
  const release = main.hold('incidents.locate')
  const slow = rooms.reveal(id, { hash: entries[3]!.hash })
  expect(await rooms.reveal(id, { hash: entries[7]!.hash })).toEqual({ ok: true, value: 7 })
  release()
  expect(await slow).toEqual({ ok: true, value: 3 })
  expect(room().timeline.wish?.position).toBe(7)
})

test('an entry is looked for again where the list became another meanwhile', async () => {
  await rooms.open(id)
  const note = main.log(id, 'noted', { text: 'the one that is meant' })
  const release = main.hold('incidents.locate')
  const revealed = rooms.reveal(id, { hash: note.hash })
  await expect.poll(() => main.asked.at(-1)?.name).toBe('incidents.locate')
  rooms.filter(id, byNotes)
  await expect.poll(() => shown().total).toBeGreaterThan(0)
  release()
  expect(await revealed).toEqual({ ok: true, value: shown().total - 1 })
  expect(entryAt(shown(), room().timeline.wish?.position ?? -1)?.hash).toBe(note.hash)
})

test('a wish that was carried out is known as such, and the next one is another', async () => {
  await rooms.open(id)
  await rooms.reveal(id, 'newest')
  const first = room().timeline.wish!
  rooms.revealed(id, first.serial)
  expect(room().timeline.wish).toEqual({ ...first, isDone: true })
  await rooms.reveal(id, 'newest')
  rooms.revealed(id, first.serial)
  expect(room().timeline.wish?.isDone).toBe(false)
})

test('lines that were sent are remembered, each once', () => {
  for (const line of ['a', 'b', 'a']) rooms.typed(id, line)
  expect(room().timeline.typed).toEqual(['b', 'a'])
  // Whether it was then masked, kept or cancelled: the arrow up does not bring a secret back.
  rooms.typed(id, `took ghp_${'x1'.repeat(18)} out`)
  expect(room().timeline.typed.at(-1)).toBe('took [masked: github token] out')
})

test('a state that was folded anew replaces the room, and entries go on from it', async () => {
  await rooms.open(id)
  const before = main.state(id)
  const { entries } = main.journal.get(id)!
  entries.splice(5, 0, { ...entries[5]!, kind: 'noted', body: { text: 'from another desk' }, hash: 'd'.repeat(64) })
  const state = main.state(id)
  rooms.fed({ id, from: 2, entries: entries.slice(2), state })
  expect(room().state).toEqual(state)
  expect(room().timeline.all.total).toBe(entries.length)
  rooms.fed({ id, from: 0, entries: [], state: before })
  expect(room().state).toEqual(state)
  main.log(id, 'noted', { text: 'after the merge' })
  expect(room().state).toEqual(main.state(id))
  expect(opens()).toBe(1)
})
