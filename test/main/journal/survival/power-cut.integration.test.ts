import { expect, test } from 'vitest'
import type { Act } from './job.ts'
import { powerCuts } from './power-cut.ts'

/** 300 cuts in all; `npm run soak -- power-cut` does 5,000. */
const runs: readonly [Act, { count: number; cuts: number }][] = [
  ['append', { count: 60, cuts: 60 }],
  ['checkpoint', { count: 40, cuts: 60 }],
  ['start', { count: 6, cuts: 40 }],
  ['migrate', { count: 40, cuts: 40 }],
  ['erase', { count: 30, cuts: 30 }],
  ['evidence', { count: 8, cuts: 30 }],
  ['export', { count: 8, cuts: 40 }],
  ['backup', { count: 5, cuts: 30 }],
]

test.each(runs)('a power cut at any place of %s loses nothing that was acknowledged', async (act, asked) => {
  const report = await powerCuts({ act, ...asked, seed: 20_261_121 })
  expect(report.problems).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(asked.cuts)
})

test.each([
  ['append', 60],
  ['checkpoint', 40],
  ['migrate', 40],
] as const)('the same cuts of %s find the loss of a journal that acknowledges before it syncs', async (act, count) => {
  const report = await powerCuts({ act, count, cuts: 40, seed: 20_261_121, syncs: false })
  expect(report.cutsThatLost).toBeGreaterThan(5)
})
