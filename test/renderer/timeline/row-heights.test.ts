import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowHeights } from '../../../renderer/timeline/row-heights.ts'

test('before anything is measured every row is as high as estimated', () => {
  const heights = new RowHeights(100_000, 27)
  expect([heights.total, heights.offsetOf(10), heights.rowAt(270), heights.rowAt(269.9)]).toEqual([
    2_700_000, 270, 10, 9,
  ])
})

test('an empty list has no height, and its first row is none', () => {
  const heights = new RowHeights(0, 27)
  expect([heights.total, heights.rowAt(0), heights.rowAt(1e9)]).toEqual([0, 0, 0])
})

test('beyond the ends stand the first and the last row', () => {
  const heights = new RowHeights(3, 10)
  expect([heights.rowAt(-50), heights.rowAt(29), heights.rowAt(1e9)]).toEqual([0, 2, 2])
})

test('a height that is known already is no news', () => {
  const heights = new RowHeights(3, 10)
  expect([heights.set(1, 40), heights.set(1, 40), heights.set(0, 10), heights.set(3, 50)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('it agrees with a plain list of heights, however rows are measured and added', () => {
  const measure = fc.record({ row: fc.nat(1_400), height: fc.integer({ min: 1, max: 400 }) })
  fc.assert(
    fc.property(fc.nat(600), fc.array(measure), fc.nat(800), fc.array(measure), (count, before, more, after) => {
      const heights = new RowHeights(count, 27)
      const plain = Array.from({ length: count }, () => 27)
      const take = ({ row, height }: { row: number; height: number }) => {
        heights.set(row, height)
        if (row < plain.length) plain[row] = height
      }
      before.forEach(take)
      heights.resize(count + more)
      plain.push(...Array.from({ length: more }, () => 27))
      after.forEach(take)
      let offset = 0
      plain.forEach((height, row) => {
        expect(heights.offsetOf(row)).toBe(offset)
        expect(heights.rowAt(offset)).toBe(row)
        expect(heights.rowAt(offset + height - 0.5)).toBe(row)
        offset += height
      })
      expect(heights.total).toBe(offset)
    }),
    { numRuns: 60 },
  )
})

test('a shorter list is a guess again', () => {
  const heights = new RowHeights(10, 10)
  heights.set(2, 50)
  heights.resize(5)
  expect(heights.total).toBe(50)
})
