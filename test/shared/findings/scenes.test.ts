import { expect, test } from 'vitest'
import { allScenes, judge } from '../../scenes/judge.ts'

const scenes = allScenes()

test('there are a hundred scenes, seventy of them from a real engine, and each has a name of its own', () => {
  expect(scenes.length).toBeGreaterThanOrEqual(100)
  expect(scenes.filter(({ origin }) => origin.startsWith('dockerd ')).length).toBeGreaterThanOrEqual(70)
  expect(new Set(scenes.map(({ name }) => name)).size).toBe(scenes.length)
})

test.each(scenes.map((scene) => [scene.name, scene] as const))('%s', (_name, scene) => {
  const { invented, missed } = judge(scene)
  expect({ invented, missed }).toEqual({ invented: [], missed: [] })
})
