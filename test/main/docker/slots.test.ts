import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { Slots } from '../../../main/docker/slots.ts'

test('so many run at once, and the rest take their turn in order', async () => {
  const slots = new Slots(2)
  const log: string[] = []
  let atOnce = 0
  const work = (name: string) => async () => {
    atOnce += 1
    log.push(`${name} ${atOnce}`)
    await sleep(5)
    atOnce -= 1
  }
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => slots.run(work(name))))
  expect(log).toEqual(['a 1', 'b 2', 'c 2', 'd 2'])
})

test('work that fails gives its slot back', async () => {
  const slots = new Slots(1)
  await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(slots.run(() => Promise.resolve('next'))).resolves.toBe('next')
})

test('what may wait waits until nothing else does', async () => {
  const slots = new Slots(1)
  const log: string[] = []
  const work = (name: string) => async () => void log.push(name)
  const held = slots.run(() => sleep(5))
  await Promise.all([slots.run(work('slow'), 'last'), slots.run(work('a')), slots.run(work('b')), held])
  expect(log).toEqual(['a', 'b', 'slow'])
})

test('slots that widen let in all where none is given back, and few where they are', async () => {
  const widening = { by: 10, everyMs: 1, most: 45 }
  const held = Promise.withResolvers<void>()
  const stuck = new Slots(5, widening)
  let begun = 0
  const all = Array.from({ length: 50 }, () =>
    stuck.run(() => {
      begun += 1
      return held.promise
    }),
  )
  await vi.waitFor(() => expect(begun).toBe(45), 30_000)
  await sleep(20)
  expect(begun).toBe(45)
  held.resolve()
  await Promise.all(all)
  expect(begun).toBe(50)

  const quick = new Slots(5, { ...widening, everyMs: 60_000 })
  let [atOnce, most] = [0, 0]
  const work = async () => {
    most = Math.max(most, (atOnce += 1))
    await sleep(1)
    atOnce -= 1
  }
  await Promise.all(Array.from({ length: 50 }, () => quick.run(work)))
  expect(most).toBe(5)
})
