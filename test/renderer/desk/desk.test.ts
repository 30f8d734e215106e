import { expect, test } from 'vitest'
import { createPreferences } from '../../../renderer/desk/preferences.ts'
import { createViewStore } from '../../../renderer/desk/view-store.ts'
import { createStores, openDesk, startStores } from '../../../renderer/stores.ts'
import { matches } from '../../../renderer/palette/match.ts'
import { layOut } from '../../../renderer/evidence/lay-out.ts'
import { withNonce } from '../../../renderer/exports/preview.tsx'
import { FakeMain } from '../fake-main.ts'
import { checkoutStory, CHECKOUT } from '../story.ts'

function keepIn(kept: Record<string, string>) {
  return {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      Reflect.set(kept, key, value)
    },
  }
}

test('the look is remembered, and rubbish in the storage is not taken', () => {
  const kept = {}
  createPreferences(keepIn(kept)).set({ theme: 'light', zone: 'local' })
  expect(createPreferences(keepIn(kept)).store.getState()).toEqual({ theme: 'light', zone: 'local' })
  const rubbish = keepIn({ 'muster.preferences': '{"theme":"pink","zone":7' })
  expect(createPreferences(rubbish).store.getState()).toEqual({ theme: 'system', zone: 'utc' })
  createPreferences(keepIn(kept)).set({ theme: 'contrast' })
  expect(createPreferences(keepIn(kept)).store.getState().theme).toBe('contrast')
  expect(createPreferences(null).store.getState().theme).toBe('system')
})

test('closing takes the top layer only, and showing another view takes all', () => {
  const view = createViewStore()
  view.open({ name: 'verify' })
  view.open({ name: 'palette' })
  view.open({ name: 'palette' })
  expect(view.closeTop()).toBe(true)
  expect(view.store.getState().layers).toEqual([{ name: 'verify', serial: 1 }])
  view.show({ name: 'declare' })
  expect(view.store.getState().layers).toEqual([])
  expect(view.closeTop()).toBe(false)
})

test('the desk and the board come with the first question, the rest by feed', async () => {
  const main = checkoutStory()
  const bridge = main.bridge()
  const stores = createStores({ bridge, now: () => main.nowMs, keep: null })
  const stop = startStores(stores, bridge)
  await openDesk(stores)
  expect(stores.board.store.getState().rows?.map(({ number }) => number.slice(-4))).toEqual([
    '0412',
    '0411',
    '0409',
    '0398',
  ])
  await stores.rooms.open(CHECKOUT)
  main.log(CHECKOUT, 'resolved', { outcome: 'resolved', summary: '' })
  expect(stores.board.store.getState().rows?.[0]?.number).toContain('0411')
  main.publish('alarms.given', { id: CHECKOUT, number: 'INC-2026-1121-0412', title: 'Post-mortem', at: 'due' })
  expect(stores.alarms.store.getState().newest?.title).toBe('Post-mortem')
  stop()
})

test('who types here is known once main has confirmed it', async () => {
  const main = new FakeMain({ operator: null })
  const stores = createStores({ bridge: main.bridge(), now: () => main.nowMs, keep: null })
  await openDesk(stores)
  expect(stores.desk.store.getState().desk?.operator).toBeNull()
  await stores.desk.introduce('Ana Ruiz')
  expect(stores.desk.store.getState().desk?.operator?.name).toBe('Ana Ruiz')
})

test('the palette finds by words in any order', () => {
  expect(matches('Change the severity', 'sev ch')).toBe(true)
  expect(matches('Change the severity', 'resolve')).toBe(false)
  expect(matches('Anything', '')).toBe(true)
})

test("a previewed document's own style sheets get the nonce, its text does not", () => {
  const html = '<html><head><style>a{}</style></head><body>&lt;style> <style></body></html>'
  expect(withNonce(html, 'n1')).toBe(
    '<html><head><style nonce="n1">a{}</style></head><body>&lt;style> <style></body></html>',
  )
})

test('JSON in one line is laid out for reading, all else stays as it was kept', () => {
  const kept = '{"a":[1,{}],"b":"x,{\\"y","n":9007199254740993}'
  const laidOut = layOut('inspect.json', kept)
  expect(laidOut).toBe('{\n  "a": [\n    1,\n    {}\n  ],\n  "b": "x,{\\"y",\n  "n": 9007199254740993\n}')
  expect(layOut('inspect.json', '{"a":[1')).toBeNull()
  expect(layOut('inspect.json', '{"a":"cut')).toBeNull()
  expect(layOut('inspect.json', '{\n}')).toBeNull()
  expect(layOut('stdout.log', '{"a":1}')).toBeNull()
})
