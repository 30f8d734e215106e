import { expect, test } from 'vitest'
import { fullStamp, humanDuration, stamp } from '../../../shared/exercises/docker-words.ts'

test.each([
  [0, 'Less than a second'],
  [1_000, '1 second'],
  [59_000, '59 seconds'],
  [60_000, 'About a minute'],
  [412_000, '6 minutes'],
  [3_600_000, 'About an hour'],
  [97_200_000, '27 hours'],
  [3 * 86_400_000, '3 days'],
  [15 * 86_400_000, '2 weeks'],
  [400 * 86_400_000, '13 months'],
  [800 * 86_400_000, '2 years'],
])('%i ms are %j', (ms, words) => {
  expect(humanDuration(ms)).toBe(words)
})

test('stamps drop trailing noughts where Go does, and keep them before log lines', () => {
  const at = Date.parse('2026-11-21T09:00:00.120Z')
  expect([stamp(at), stamp(at - 120), stamp(at, 42)]).toEqual([
    '2026-11-21T09:00:00.12Z',
    '2026-11-21T09:00:00Z',
    '2026-11-21T09:00:00.120000042Z',
  ])
  expect(fullStamp(at, 42)).toBe('2026-11-21T09:00:00.120000042Z')
})
