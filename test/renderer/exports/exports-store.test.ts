import { expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createExportsStore } from '../../../renderer/exports/exports-store.ts'
import { CHECKOUT, checkoutStory } from '../story.ts'

const OTHER = '01KBZ0000000000000000000B2'

function opened() {
  const main = checkoutStory()
  main.begin(OTHER)
  return { main, exports: createExportsStore(createClient(main.bridge())) }
}

test('a file that is written late is of the incident that it was asked for, and waits there', async () => {
  const { main, exports } = opened()
  const release = main.hold('exports.write')
  await exports.preview(CHECKOUT)
  const writing = exports.write(CHECKOUT, 'md')
  exports.forget(CHECKOUT)
  await exports.preview(OTHER)
  release()
  await writing
  exports.forget(OTHER)
  expect(exports.store.getState()).toMatchObject({ fileOf: CHECKOUT, writing: false, previewOf: null })
  expect(exports.store.getState().written).not.toBeNull()
  exports.forget(CHECKOUT)
  expect(exports.store.getState()).toMatchObject({ fileOf: null, written: null })
})

test('another preview takes away no word of a file that was written', async () => {
  const { exports } = opened()
  await exports.preview(CHECKOUT)
  await exports.write(CHECKOUT, 'md')
  await exports.preview(CHECKOUT)
  expect(exports.store.getState()).toMatchObject({ fileOf: CHECKOUT, written: { path: expect.any(String) } })
})

test('a preview that comes when nobody looks any longer, or at another, is shown nowhere', async () => {
  const { main, exports } = opened()
  const release = main.hold('exports.preview')
  const late = exports.preview(CHECKOUT)
  exports.forget(CHECKOUT)
  release()
  await late
  expect(exports.store.getState()).toMatchObject({ previewOf: null, html: null })
  const releaseNext = main.hold('exports.preview')
  const older = exports.preview(CHECKOUT)
  await exports.preview(OTHER)
  const { html } = exports.store.getState()
  releaseNext()
  await older
  expect(exports.store.getState()).toMatchObject({ previewOf: OTHER, html })
})
