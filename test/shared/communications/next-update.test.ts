import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextUpdateNamed } from '../../../shared/communications/next-update.ts'

const given = '2026-11-21T14:05:00.000Z'

test.each([
  ['We roll back. Next update: 14:30 UTC', '2026-11-21T14:30:00.000Z'],
  ['Status: Investigating\nNext update: 2026-11-22 00:15 UTC', '2026-11-22T00:15:00.000Z'],
  ['next update at 2026-11-21T16:00:00.000Z, or earlier', '2026-11-21T16:00:00.000Z'],
  ['ETA unknown. Next update in 20 minutes.', '2026-11-21T14:25:00.000Z'],
  ['Next update within 2 h', '2026-11-21T16:05:00.000Z'],
  // A time of day that is over today is tomorrow's.
  ['The next update follows at 09:00 UTC', '2026-11-22T09:00:00.000Z'],
  ['next status update by 15.10 Z', '2026-11-21T15:10:00.000Z'],
])('%s', (text, at) => {
  expect(nextUpdateNamed(text, given)).toBe(at)
})

test.each([
  'We roll back.',
  'Next update: 14:30',
  'Next update: soon',
  'Next update: 2026-11-20 10:00 UTC',
  'Next update: 31:70 UTC',
  'The update is next to the door at 14:30 UTC',
])('names no time: %s', (text) => {
  expect(nextUpdateNamed(text, given)).toBeNull()
})

test('whatever is typed, it names a time that lies ahead, or none; and long text takes no time', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const at = nextUpdateNamed(`${before} next update ${after}`, given)
      if (at !== null) expect(at > given).toBe(true)
    }),
  )
  expect(nextUpdateNamed(`${'next '.repeat(20_000)} next update: in 5 min`, given)).toBe('2026-11-21T14:10:00.000Z')
})
