import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acts, play } from './many-desks.ts'

test('whatever five desks write, erase, export and import in any order: nothing is lost, doubled or reordered', async () => {
  let conflicts = 0
  let erased = 0
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const tally = await play(list)
      conflicts += tally.conflicts
      erased += tally.erased
    }),
    { numRuns: 8, seed: 20_261_121, endOnFailure: true },
  )
  // The runs would prove little if nothing of the sort had come up.
  expect(Math.min(conflicts, erased)).toBeGreaterThan(0)
})
