import fc from 'fast-check'
import { acts, play, type Tally } from '../main/merge/many-desks.ts'

/** Random stories of five desks that exchange one incident; `RUNS=2000 node test/soak/merge.soak.ts` for another number. */
const runs = Number(process.env.RUNS ?? 500)
const sum = { entries: 0, erased: 0, imports: 0, conflicts: 0 }
let done = 0

function count({ entries, erased, imports, conflicts }: Tally): void {
  done += 1
  sum.entries += entries
  sum.erased += erased
  sum.imports += imports
  sum.conflicts += conflicts
  if (done % 50 === 0) console.log(`${done} of ${runs} stories`)
}

const startedAt = performance.now()
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
await fc.assert(
  fc.asyncProperty(acts, async (list) => count(await play(list))),
  { numRuns: runs, seed, endOnFailure: true },
)
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
console.log(
  `${done} stories of five desks (seed ${seed}, ${seconds} s): ${sum.entries} entries, ${sum.erased} erased, ${sum.imports} imports, ${sum.conflicts} conflicts told; nothing lost, doubled or reordered, every journal verified.`,
)
