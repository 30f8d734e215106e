import { expect, test } from 'vitest'
import { keepAlert } from '../../../renderer/declare/keep-alert.ts'
import { createStores } from '../../../renderer/stores.ts'
import { readAlert } from '../../../shared/incident/alert.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'

test('the note of an alert that is refused stands before a line begun since', async () => {
  const main = checkoutStory()
  const stores = createStores({ bridge: main.bridge(), now: () => main.nowMs, keep: null })
  const read = readAlert('checkout is slow', main.nowMs)
  if (!read.ok) throw new Error(read.refusal.happened)
  main.refusals.set('incidents.note', { code: 'storage', tried: 'Log', happened: 'Full.', next: 'Make room.' })
  const release = main.hold('incidents.note')
  const kept = keepAlert(stores, CHECKOUT, read.alert)
  stores.drafts.set(`note ${CHECKOUT}`, 'begun since')
  release()
  await kept
  expect(stores.drafts.store.getState()[`note ${CHECKOUT}`]).toBe(`${read.alert.note}\nbegun since`)
})
