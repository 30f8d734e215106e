import { expect, test } from 'vitest'
import { createViewStore } from '../../../renderer/desk/view-store.ts'

const settings = { name: 'settings' } as const

test('a layer closes itself and no other, wherever it lies', () => {
  const view = createViewStore()
  view.open(settings)
  view.open({ name: 'vault' })
  const [under] = view.store.getState().layers
  view.closeOnly(under?.serial ?? -1)
  expect(view.store.getState().layers.map(({ name }) => name)).toEqual(['vault'])
  view.closeTop()
  view.open(settings)
  view.closeOnly(under?.serial ?? -1)
  expect(view.store.getState().layers.map(({ name }) => name)).toEqual(['settings'])
})

test('a person is where they were under the same layers, whatever was opened and closed over them meanwhile', () => {
  const view = createViewStore()
  view.open(settings)
  const isStill = view.mark()
  view.open({ name: 'secrets' })
  expect(isStill()).toBe(false)
  view.close('secrets')
  view.closeOnly(-1)
  expect(isStill()).toBe(true)
  view.closeTop()
  expect(isStill()).toBe(false)
  view.open(settings)
  expect(isStill()).toBe(false)
})

test('going elsewhere and coming back is not to have stayed', () => {
  const view = createViewStore()
  const isStill = view.mark()
  view.show({ name: 'declare' })
  view.show({ name: 'board' })
  expect(isStill()).toBe(false)
})
