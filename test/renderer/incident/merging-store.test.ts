import { expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createMergingStore } from '../../../renderer/incident/merging-store.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'

const OTHER = '01KBZ0000000000000000000B2'

function opened() {
  const main = checkoutStory()
  return { main, merging: createMergingStore(createClient(main.bridge())) }
}

test('a file that is written late is of its incident, and waits there through the dialogs of others', async () => {
  const { main, merging } = opened()
  const release = main.hold('merging.export')
  const exporting = merging.export(CHECKOUT, false)
  merging.forget(CHECKOUT)
  release()
  await exporting
  merging.forget(OTHER)
  merging.forget(null)
  expect(merging.store.getState()).toMatchObject({ incident: CHECKOUT, running: null, exported: { bundles: 0 } })
  merging.forget(CHECKOUT)
  expect(merging.store.getState()).toMatchObject({ incident: null, exported: null })
})

test('what an import was refused for is of no incident', async () => {
  const { main, merging } = opened()
  await merging.export(CHECKOUT, false)
  main.refusals.set('merging.import', { code: 'damaged', tried: 'a', happened: 'b', next: 'c' })
  await merging.import('/media/ana/stick/incident.tar')
  expect(merging.store.getState()).toMatchObject({ incident: null, exported: null, refusal: { code: 'damaged' } })
})
