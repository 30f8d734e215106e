import { expect, test } from 'vitest'
import type { Act } from './job.ts'
import { killTrials } from './kill.ts'

/** 200 in all; `npm run soak -- kill` does 5,000. */
const trials: readonly [Act, number][] = [
  ['append', 50],
  ['checkpoint', 40],
  ['start', 20],
  ['migrate', 25],
  ['erase', 25],
  ['evidence', 20],
  ['export', 20],
]

test.each(trials)(
  'kill -9 during %s, %i times: nothing acknowledged is lost, nothing is half there',
  async (act, count) => {
    const report = await killTrials(act, count, 20_261_121)
    expect(report.problems).toEqual([])
    // Writers that never got to write, or were done before they were killed, would prove nothing.
    expect(report.acknowledged).toBeGreaterThan(count / 2)
    expect(report.endedBefore).toBe(0)
  },
  600_000,
)
