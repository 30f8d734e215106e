import { expect, test } from 'vitest'
import { lookFirst } from '../../../renderer/board/look-first.ts'
import { createStores, startStores, type Stores } from '../../../renderer/stores.ts'
import { FakeMain, localEngine } from '../fake-main.ts'

async function opened(main: FakeMain): Promise<Stores> {
  const bridge = main.bridge()
  const stores = createStores({ bridge, now: () => main.nowMs, keep: null })
  startStores(stores, bridge)
  await stores.desk.open()
  return stores
}

const asked = (main: FakeMain, name: string) => main.asked.filter((one) => one.name === name)

test('looking opens an unconfirmed incident under the name of the engine, shows it, and sweeps', async () => {
  const main = new FakeMain()
  const stores = await opened(main)
  await Promise.all([lookFirst(stores), lookFirst(stores)])
  expect(asked(main, 'incidents.declare')).toMatchObject([
    {
      argument: {
        title: `Looking into ${localEngine.name}, 14:07 UTC`,
        unconfirmed: true,
        mode: 'live',
        severity: null,
      },
    },
  ])
  const { view } = stores.view.store.getState()
  expect(view).toMatchObject({ name: 'incident' })
  expect(asked(main, 'sweeps.start')).toMatchObject([{ argument: { endpoint: localEngine.id } }])
})

test('without an engine it says only that somebody looks, and sweeps nothing', async () => {
  const main = new FakeMain()
  main.endpoints = []
  await lookFirst(await opened(main))
  expect(asked(main, 'incidents.declare')).toMatchObject([{ argument: { title: 'Looking, 14:07 UTC' } }])
  expect(asked(main, 'sweeps.start')).toEqual([])
})

test('an address alone is called as people call it', async () => {
  const main = new FakeMain()
  main.endpoints = [{ ...localEngine, name: 'tcp://10.0.0.5:2376' }]
  await lookFirst(await opened(main))
  expect(asked(main, 'incidents.declare')).toMatchObject([
    { argument: { title: 'Looking into 10.0.0.5:2376, 14:07 UTC' } },
  ])
})

test('where it is refused the form stands there filled in', async () => {
  const main = new FakeMain()
  const stores = await opened(main)
  const refusal = { code: 'storage', tried: 'Declare', happened: 'The disk is full.', next: 'Make room.' } as const
  main.refusals.set('incidents.declare', refusal)
  await lookFirst(stores)
  expect(stores.view.store.getState().view).toEqual({ name: 'declare' })
  expect(stores.declaration.store.getState()).toMatchObject({ unconfirmed: true, stage: 'what' })
})
