import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers, gaps, overlap, type Span, within } from '../../../shared/exercises/spans.ts'

/** Sorted spans that do not touch. */
const spans: fc.Arbitrary<Span[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 12 })
  .map((cuts) => cuts.toSorted((a, b) => a - b))
  .map((cuts) =>
    Array.from({ length: Math.floor(cuts.length / 2) }, (_, nth) => ({
      from: cuts[2 * nth] ?? 0,
      to: cuts[2 * nth + 1] ?? 0,
    })),
  )
const moments = Array.from({ length: 64 }, (_, moment) => moment - 2)

test('overlap holds the moments that both hold', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const both = overlap(a, b)
      expect(moments.map((at) => covers(both, at))).toEqual(moments.map((at) => covers(a, at) && covers(b, at)))
    }),
  )
})

test('gaps and within part a stretch between them', () => {
  fc.assert(
    fc.property(spans, fc.integer({ min: -2, max: 61 }), fc.integer({ min: -2, max: 61 }), (some, from, to) => {
      const inside = moments.map((at) => at >= from && at < to)
      expect(moments.map((at) => covers(within(some, from, to), at))).toEqual(
        moments.map((at, nth) => inside[nth] === true && covers(some, at)),
      )
      expect(moments.map((at) => covers(gaps(some, from, to), at))).toEqual(
        moments.map((at, nth) => inside[nth] === true && !covers(some, at)),
      )
    }),
  )
})

test('an open end has a gap only before it', () => {
  expect(gaps([{ from: 5, to: Infinity }], 0, Infinity)).toEqual([{ from: 0, to: 5 }])
  expect(gaps([{ from: 0, to: 5 }], 2, Infinity)).toEqual([{ from: 5, to: Infinity }])
})
