import { expect, test } from 'vitest'
import { assertRoom, judgeStorage, reserveOf } from '../../../shared/evidence/storage.ts'

const MiB = 1_048_576
const GiB = 1_024 * MiB
const roomy = { usedBytes: GiB, quotaBytes: 10 * GiB, freeBytes: 90 * GiB, diskBytes: 200 * GiB }

test.each([
  ['fine', roomy],
  ['low', { ...roomy, usedBytes: 8 * GiB }],
  ['full', { ...roomy, usedBytes: 10 * GiB }],
  ['low', { ...roomy, freeBytes: 1.9 * GiB }],
  ['full', { ...roomy, freeBytes: 200 * MiB }],
  ['fine', { ...roomy, freeBytes: 2 * MiB, diskBytes: 6 * MiB }],
])('judges %s', (level, figures) => {
  expect(judgeStorage(figures).level).toBe(level)
})

test('says why in figures', () => {
  expect(judgeStorage({ ...roomy, usedBytes: 8.5 * GiB, freeBytes: 1.5 * GiB }).says).toEqual([
    'Evidence takes 8.5 GiB of the 10.0 GiB that it may.',
    "The disk has 1.5 GiB left; the last 256 MiB are the journal's.",
  ])
})

test('leaves the journal its room, and a small disk a part of itself', () => {
  expect([reserveOf(200 * GiB), reserveOf(6 * MiB)]).toEqual([256 * MiB, Math.floor((6 * MiB) / 20)])
  expect(() => assertRoom({ ...roomy, freeBytes: GiB }, 700 * MiB, 'Keep it')).not.toThrow()
  expect(() => assertRoom({ ...roomy, freeBytes: GiB }, 800 * MiB, 'Keep it')).toThrow(/800 MiB.*256 MiB/)
  expect(() => assertRoom(roomy, 9.5 * GiB, 'Keep it')).toThrow(/10\.0 GiB that it may/)
})
