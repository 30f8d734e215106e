import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SkewEstimate } from '../../../shared/clocks/skew.ts'

const noon = Date.parse('2026-11-21T12:00:00.000Z')
const dateOf = (ms: number) => new Date(ms).toUTCString()

test('many answers tell a clock that is off to within half a second, whatever the network takes', () => {
  const answer = fc.record({ afterMs: fc.nat(60_000), out: fc.nat(300), back: fc.nat(300) })
  fc.assert(
    fc.property(
      fc.integer({ min: -86_400_000, max: 86_400_000 }),
      fc.array(answer, { minLength: 1, maxLength: 40 }),
      (offMs, answers) => {
        const estimate = new SkewEstimate()
        for (const { afterMs, out, back } of answers) {
          const truly = noon + afterMs
          estimate.add(truly + offMs, truly + out + back + offMs, dateOf(truly + out))
        }
        expect(Math.abs((estimate.skewMs ?? Number.NaN) - offMs)).toBeLessThanOrEqual(801)
      },
    ),
  )
})

test('a clock that is set meanwhile counts as it stands at the end', () => {
  const estimate = new SkewEstimate()
  estimate.add(noon, noon + 10, dateOf(noon))
  estimate.add(noon + 1_200_000, noon + 1_200_010, dateOf(noon))
  expect(Math.abs((estimate.skewMs ?? 0) - 1_200_000)).toBeLessThan(1_000)
})

test('headers that are no dates say nothing', () => {
  const estimate = new SkewEstimate()
  for (const date of [undefined, '', 'soon']) estimate.add(noon, noon + 10, date)
  expect(estimate.skewMs).toBeNull()
})
