import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HeapWatch } from '../../../main/probes/heap-watch.ts'

const MiB = 1_048_576
let used = 0
let collected = 0
const heap = {
  used: () => used,
  collect: () => {
    collected += 1
    used = 30 * MiB
  },
}

beforeEach(() => {
  vi.useFakeTimers()
  used = 30 * MiB
  collected = 0
})
afterEach(() => void vi.useRealTimers())

test('what piles up while sweeps run is taken out, and what does not is let be', () => {
  const watch = new HeapWatch(heap)
  watch.start()
  used = 40 * MiB
  vi.advanceTimersByTime(1_000)
  expect(collected).toBe(0)
  used = 47 * MiB
  vi.advanceTimersByTime(1_000)
  expect([collected, used]).toEqual([1, 30 * MiB])
})

test('a heap that stays large is not looked through again and again', () => {
  const watch = new HeapWatch({ used: () => used, collect: () => void (collected += 1) })
  watch.start()
  used = 200 * MiB
  vi.advanceTimersByTime(10_000)
  expect(collected).toBe(1)
})

test('at the end of the sweeps it looks once more, and then no longer', () => {
  const watch = new HeapWatch(heap)
  watch.start()
  used = 50 * MiB
  watch.stop()
  vi.runAllTicks()
  vi.advanceTimersByTime(0)
  expect(collected).toBe(1)
  used = 90 * MiB
  vi.advanceTimersByTime(10_000)
  expect(collected).toBe(1)
})

test('the thread’s own heap can be asked and collected', () => {
  vi.useRealTimers()
  expect(() => new HeapWatch().stop()).not.toThrow()
})
