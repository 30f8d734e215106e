import { expect, test } from 'vitest'
import { forwardClock } from '../../../main/exercises/forward-clock.ts'

test('the world goes forward with the wall clock, and goes on where that is set back', () => {
  const wall = [1_000, 1_000, 1_500, 900, 1_000, 9_000]
  const clock = forwardClock(() => wall.shift() ?? 0)
  expect([clock(), clock(), clock(), clock(), clock()]).toEqual([1_000, 1_500, 1_500, 1_600, 9_600])
})
