import { expect, test } from 'vitest'
import { standingOf, standingsSchema } from '../../../shared/targets/standing.ts'

test('an engine that nobody has spoken of is open, and only read', () => {
  const usual = { protection: 'open', changes: 'read-only' }
  expect(standingOf({}, { host: 'unix:///a.sock' })).toEqual(usual)
  expect(standingOf({}, { host: 'constructor' })).toEqual(usual)
})

test('one engine is treated as one, whatever it is called', () => {
  const standings = standingsSchema.parse({ 'ssh://prod': { protection: 'protected', changes: 'allowed' } })
  expect(standingOf(standings, { host: 'ssh://prod' })).toEqual({ protection: 'protected', changes: 'allowed' })
})
