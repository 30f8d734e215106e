import { expect, test } from 'vitest'
import type { PracticeSystem } from '../../../main/exercises/practice-world.ts'
import { Practice } from '../../../main/practice/practice.ts'

/** Systems whose end the test brings about. */
function practiceOf() {
  const started: { die: () => void; stops: number }[] = []
  const practice = new Practice(
    'folder',
    'scenario',
    () => undefined,
    async () => {
      const { promise: ended, resolve: die } = Promise.withResolvers<void>()
      const one = { die, stops: 0 }
      started.push(one)
      const system: PracticeSystem = {
        endpoint: { host: `unix:///${started.length}` },
        services: ['redis'],
        restart: async () => undefined,
        ended,
        async stop() {
          one.stops += 1
          die()
        },
      }
      return system
    },
  )
  const ends: string[] = []
  practice.onEnded(() => ends.push(practice.endpoint === null ? 'gone' : 'still there'))
  return { practice, started, ends, settled: () => new Promise((resolve) => setImmediate(resolve)) }
}

test('a practice that ended by itself is told, leaves nothing, and can be started again', async () => {
  const { practice, started, ends, settled } = practiceOf()
  await practice.start()
  started[0]?.die()
  await settled()
  expect([ends, practice.endpoint, practice.services, started[0]?.stops]).toEqual([['gone'], null, [], 1])
  await practice.start()
  expect(practice.endpoint?.host).toBe('unix:///2')
})

test('a practice that was stopped is not told as ended by itself', async () => {
  const { practice, ends, settled } = practiceOf()
  await practice.start()
  await practice.start()
  await practice.stop()
  await settled()
  expect(ends).toEqual([])
})
