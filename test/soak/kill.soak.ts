import type { Act } from '../main/journal/survival/job.ts'
import { killTrials } from '../main/journal/survival/kill.ts'

/** kill -9 at 5,000 random points of writing: nothing acknowledged may be lost, and nothing half there. */
const trials: readonly [Act, number][] = [
  ['append', 1200],
  ['checkpoint', 1200],
  ['start', 500],
  ['migrate', 500],
  ['erase', 600],
  ['evidence', 500],
  ['export', 500],
]

const firstSeed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
console.log(`seed ${firstSeed} (SOAK_SEED=${firstSeed} tries the same again)`)
for (const [act, count] of trials) {
  for (let done = 0; done < count; done += 100) {
    const { acknowledged, endedBefore, problems } = await killTrials(act, 100, firstSeed + done)
    console.log(`${act}: 100 kills, ${acknowledged} acknowledged, ${endedBefore} too late, ${problems.length} problems`)
    for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`)
    if (problems.length > 0) process.exitCode = 1
  }
}
