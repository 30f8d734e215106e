import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { formatDuration, formatLeft, spellDuration, spellLimit } from '../../../shared/clocks/duration.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

test.each([
  [0, '0:00'],
  [999, '0:00'],
  [9 * second, '0:09'],
  [4 * minute + 9 * second, '4:09'],
  [59 * minute + 59_999, '59:59'],
  [hour, '1:00:00'],
  [hour + 2 * minute + 3 * second, '1:02:03'],
  [48 * hour, '48:00:00'],
  [100 * hour - second, '99:59:59'],
  [100 * hour, '4 d 4:00:00'],
  [5 * day + 65 * second, '5 d 0:01:05'],
  [-130 * second, '2:10'],
])('%d ms ticks as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [15 * minute, '15:00 left'],
  [1, '0:01 left'],
  [1_001, '0:02 left'],
  [0, '0:00 overdue'],
  [-999, '0:00 overdue'],
  [-130 * second, '2:10 overdue'],
])('with %d ms a clock shows %s', (ms, text) => {
  expect(formatLeft(ms)).toBe(text)
})

test.each([
  [0, '0 seconds'],
  [second, '1 second'],
  [45_900, '45 seconds'],
  [minute, '1 minute'],
  [61 * second, '1 minute 1 second'],
  [2 * hour + 5 * minute + 30 * second, '2 hours 5 minutes'],
  [hour + 30 * second, '1 hour'],
  [3 * day + hour, '3 days 1 hour'],
  [-2 * minute, '2 minutes'],
])('%d ms is spelt %s', (ms, text) => {
  expect(spellDuration(ms)).toBe(text)
})

test.each([
  [1, '1 minute'],
  [15, '15 minutes'],
  [60, '1 hour'],
  [90, '90 minutes'],
  [240, '4 hours'],
  [2_880, '48 hours'],
])('a limit of %d minutes is %s', (minutes, text) => {
  expect(spellLimit(minutes)).toBe(text)
})

it('shows time left for exactly as long as there is any', () => {
  fc.assert(
    fc.property(fc.integer(), (ms) => {
      expect(formatLeft(ms).endsWith('left')).toBe(ms > 0)
    }),
  )
})
