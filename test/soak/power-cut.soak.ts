import type { Act } from '../main/journal/survival/job.ts'
import { powerCuts } from '../main/journal/survival/power-cut.ts'

/** 5,000 power cuts by replay, over fourteen recorded runs; the control at synchronous=NORMAL must lose what it acknowledged. */
const runs: readonly [Act, { count: number; cuts: number }][] = [
  ['append', { count: 120, cuts: 500 }],
  ['checkpoint', { count: 90, cuts: 500 }],
  ['start', { count: 12, cuts: 300 }],
  ['migrate', { count: 80, cuts: 400 }],
  ['erase', { count: 60, cuts: 200 }],
  ['evidence', { count: 20, cuts: 300 }],
  ['export', { count: 20, cuts: 300 }],
]

const firstSeed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
console.log(`seed ${firstSeed} (SOAK_SEED=${firstSeed} tries the same again)`)
for (const seed of [firstSeed, firstSeed + 1]) {
  for (const [act, asked] of runs) {
    const { calls, syncs, cuts, acknowledged, problems } = await powerCuts({ act, ...asked, seed })
    console.log(
      `${act}: ${cuts} cuts of ${calls} calls with ${syncs} syncs, ${acknowledged} acknowledged, ${problems.length} problems`,
    )
    for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`)
    if (problems.length > 0) process.exitCode = 1
  }
}
const control = await powerCuts({ act: 'append', count: 120, cuts: 300, seed: firstSeed, syncs: false })
console.log(`control, not synced: ${control.cutsThatLost} of ${control.cuts} cuts lost what was acknowledged`)
if (control.cutsThatLost < control.cuts / 4) process.exitCode = 1
