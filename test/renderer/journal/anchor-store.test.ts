import { expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createAnchorStore } from '../../../renderer/journal/anchor-store.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'

const OTHER = '01KBZ0000000000000000000B2'

function opened() {
  const main = checkoutStory()
  return { main, anchor: createAnchorStore(createClient(main.bridge())) }
}

test('heads that come late do not take the place of those asked for after them', async () => {
  const { main, anchor } = opened()
  const release = main.hold('journal.anchor')
  const late = anchor.make(CHECKOUT)
  anchor.forget(CHECKOUT)
  await anchor.make(OTHER)
  release()
  await late
  const { incident, asking, made } = anchor.store.getState()
  expect({ incident, asking }).toEqual({ incident: OTHER, asking: null })
  expect(made?.text).toContain(OTHER)
})

test('a file that is written late is of the incident that it was asked for, and waits there', async () => {
  const { main, anchor } = opened()
  const release = main.hold('journal.saveAnchor')
  const saving = anchor.save(CHECKOUT)
  anchor.forget(CHECKOUT)
  await anchor.save(OTHER)
  anchor.forget(OTHER)
  release()
  await saving
  expect(anchor.store.getState()).toMatchObject({ incident: CHECKOUT, asking: null, path: expect.any(String) })
  expect(main.asked.filter(({ name }) => name === 'journal.saveAnchor')).toHaveLength(1)
  anchor.forget(CHECKOUT)
  expect(anchor.store.getState().path).toBeNull()
})
