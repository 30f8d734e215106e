import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timeAtEach } from '../../../shared/metrics/time-at.ts'

const startMs = Date.parse('2026-11-21T03:00:00.000Z')
const at = (minutes: number) => new Date(startMs + minutes * 60_000).toISOString()

test('each value has the time that it held, all its spells together', () => {
  const changes = [
    { at: at(0), value: 'p2' },
    { at: at(10), value: 'p1' },
    { at: at(25), value: 'p2' },
  ]
  expect(timeAtEach(changes, startMs + 30 * 60_000)).toEqual([
    { value: 'p2', ms: 15 * 60_000, isStill: true },
    { value: 'p1', ms: 15 * 60_000, isStill: false },
  ])
})

test('no time counts twice and none is lost, in whatever order the changes are dated', () => {
  const change = fc.record({ at: fc.nat(600).map(at), value: fc.constantFrom('a', 'b', 'c') })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1 }), fc.nat(600), (changes, minutes) => {
      const untilMs = startMs + minutes * 60_000
      const sum = timeAtEach(changes, untilMs).reduce((all, { ms }) => all + ms, 0)
      expect(sum).toBe(untilMs - Math.min(untilMs, Date.parse(changes[0]?.at ?? '')))
      expect(timeAtEach(changes, untilMs).every(({ ms }) => ms >= 0)).toBe(true)
    }),
  )
  expect(timeAtEach([], startMs)).toEqual([])
})
