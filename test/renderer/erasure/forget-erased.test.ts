import { expect, test, vi } from 'vitest'
import { createStores, openDesk, startStores } from '../../../renderer/stores.ts'
import type { FakeMain } from '../fake-main.ts'
import { checkoutStory, CHECKOUT } from '../story.ts'

const secret = 'the admin password is hunter2'

async function opened(main: FakeMain) {
  const bridge = main.bridge()
  const stores = createStores({ bridge, now: () => main.nowMs, keep: null })
  const stop = startStores(stores, bridge)
  await openDesk(stores)
  await stores.rooms.open(CHECKOUT)
  return { stores, stop }
}

test('an erased text is nowhere in the memory of the window', async () => {
  const main = checkoutStory()
  const { stores, stop } = await opened(main)
  const note = main.log(CHECKOUT, 'noted', { text: secret })
  stores.rooms.typed(CHECKOUT, secret)
  stores.drafts.set(`correct ${note.hash}`, `${secret}!`)
  stores.view.open({ name: 'correct', id: CHECKOUT, entry: note.hash, text: secret })
  stores.quoted.want(CHECKOUT, note.hash)
  await vi.waitFor(() => expect(stores.quoted.store.getState()).toHaveProperty(note.hash), 30_000)
  const memory = () =>
    JSON.stringify([
      Object.entries(stores.rooms.store.getState()).map(([id, { state, timeline }]) => [
        id,
        state,
        Array.from(timeline.all.pages),
        timeline.typed,
      ]),
      stores.drafts.store.getState(),
      stores.view.store.getState(),
      stores.quoted.store.getState(),
      stores.evidence.store.getState(),
      stores.exports.store.getState(),
      stores.search.store.getState().found,
    ])
  stores.search.type('admin')
  await vi.waitFor(() => expect(JSON.stringify(stores.search.store.getState().found)).toContain('hunter2'), 30_000)
  expect(memory()).toContain(secret)
  const outcome = await stores.erasing.entry({
    id: CHECKOUT,
    entry: note.hash,
    reason: 'A password.',
    approver: 'Mara',
  })
  expect(outcome.ok).toBe(true)
  expect(memory()).not.toContain('hunter2')
  expect(memory()).toContain('Mara')
  stop()
})

test('evidence that was being read is put away when it is erased, other evidence is not', async () => {
  const main = checkoutStory()
  const { stores, stop } = await opened(main)
  const [first, second] = main.state(CHECKOUT).evidence
  const item = first?.items[0]?.name ?? ''
  await stores.evidence.read(CHECKOUT, first?.bundle ?? '', item)
  const erase = (bundle = '') => stores.erasing.evidence({ id: CHECKOUT, bundle, reason: 'A dump.', approver: 'Mara' })
  await erase(second?.bundle)
  expect(stores.evidence.store.getState().reading).not.toBeNull()
  await erase(first?.bundle)
  expect(stores.evidence.store.getState().reading).toBeNull()
  stop()
})

test('an erasure writes the preview of its own incident anew, also one still asked for, and that of no other', async () => {
  const main = checkoutStory()
  const { stores, stop } = await opened(main)
  const other = '01KBZ0000000000000000000B2'
  main.begin(other)
  const erase = (text: string) => {
    const { hash } = main.log(CHECKOUT, 'noted', { text })
    return stores.erasing.entry({ id: CHECKOUT, entry: hash, reason: 'A password.', approver: 'Mara' })
  }
  const previews = () =>
    main.asked.filter(({ name }) => name === 'exports.preview').map(({ argument }) => JSON.stringify(argument))
  await stores.exports.preview(other)
  await erase(secret)
  expect(previews()).toEqual([JSON.stringify({ incident: other })])
  expect(stores.exports.store.getState().previewOf).toBe(other)
  const release = main.hold('exports.preview')
  const asked = stores.exports.preview(CHECKOUT)
  await erase(secret)
  release()
  await asked
  expect(previews().slice(1)).toEqual([JSON.stringify({ incident: CHECKOUT }), JSON.stringify({ incident: CHECKOUT })])
  stop()
})
