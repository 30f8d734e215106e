import { beforeEach, expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createRoomsStore, roomOf, type RoomsStore } from '../../../renderer/incident/rooms-store.ts'
import { endOf, WINDOW_CAP } from '../../../renderer/timeline/entry-window.ts'
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
  expect(endOf(room().window)).toBe(room().state?.entries)
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
  expect(room().window.entries.at(-1)?.kind).toBe('role-taken')
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

test('the window of entries never grows over its cap, and pages both ways', async () => {
  for (let note = 0; note < 1000; note++) main.log(id, 'noted', { text: `note ${note}` })
  await rooms.open(id)
  const total = main.state(id).entries
  expect(room().window.from).toBe(total - 200)
  for (let page = 0; page < 20; page++) await rooms.loadOlder(id)
  expect(room().window.from).toBe(0)
  expect(room().window.entries).toHaveLength(WINDOW_CAP)
  await rooms.loadNewer(id)
  expect(endOf(room().window)).toBe(WINDOW_CAP + 150)
  await rooms.loadNewest(id)
  expect(endOf(room().window)).toBe(total)
})

test('while a person reads far above, new entries change the state and leave the page', async () => {
  for (let note = 0; note < 1000; note++) main.log(id, 'noted', { text: `note ${note}` })
  await rooms.open(id)
  for (let page = 0; page < 20; page++) await rooms.loadOlder(id)
  const before = room().window
  main.log(id, 'noted', { text: 'new' })
  expect(room().window).toBe(before)
  expect(room().state?.entries).toBe(main.state(id).entries)
})

test('a state that was folded anew replaces the room, and entries go on from it', async () => {
  await rooms.open(id)
  const before = main.state(id)
  const { entries } = main.journal.get(id)!
  entries.splice(5, 0, { ...entries[5]!, kind: 'noted', body: { text: 'from another desk' }, hash: 'd'.repeat(64) })
  const state = main.state(id)
  rooms.fed({ id, from: 2, entries: entries.slice(2), state })
  expect(room().state).toEqual(state)
  expect(room().window).toEqual({ from: 2, entries: entries.slice(2) })
  rooms.fed({ id, from: 0, entries: [], state: before })
  expect(room().state).toEqual(state)
  main.log(id, 'noted', { text: 'after the merge' })
  expect(room().state).toEqual(main.state(id))
  expect(opens()).toBe(1)
})
