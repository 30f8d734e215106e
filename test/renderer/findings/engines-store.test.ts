import { expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { createEnginesStore } from '../../../renderer/findings/engines-store.ts'
import type { FakeMain } from '../fake-main.ts'
import { checkoutStory } from '../story.ts'

function opened(main: FakeMain) {
  const engines = createEnginesStore(createClient(main.bridge()))
  const heard: string[] = []
  engines.store.subscribe(({ live }) => heard.push(live.asked.state))
  return { engines, heard }
}

test('engines are looked for aloud the first time, and without a word where nothing is new', async () => {
  const main = checkoutStory()
  const { engines, heard } = opened(main)
  await engines.refresh('live')
  expect(heard).toEqual(['asked', 'confirmed'])
  await engines.refresh('live')
  expect(main.asked.filter(({ name }) => name === 'docker.endpoints')).toHaveLength(2)
  expect(heard).toEqual(['asked', 'confirmed'])
})

test('what is new is heard of, a refusal too, and what was known stays', async () => {
  const main = checkoutStory()
  const { engines, heard } = opened(main)
  await engines.refresh('live')
  const known = engines.store.getState().live.endpoints
  main.refusals.set('docker.endpoints', { code: 'storage', tried: 'a', happened: 'b', next: 'c' })
  await engines.refresh('live')
  expect(heard).toEqual(['asked', 'confirmed', 'failed'])
  expect(engines.store.getState().live.endpoints).toBe(known)
})

test('who presses the verb sees that it is looked for, and two at once are one question', async () => {
  const main = checkoutStory()
  const { engines, heard } = opened(main)
  await engines.refresh('live')
  await Promise.all([engines.look('live'), engines.refresh('live')])
  expect(heard).toEqual(['asked', 'confirmed', 'asked', 'confirmed'])
  expect(main.asked.filter(({ name }) => name === 'docker.endpoints')).toHaveLength(2)
})
