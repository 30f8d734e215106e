import { failingDisk } from '../main/journal/survival/failing-disk.ts'

/** 1,000 runs on a disk whose calls fail for a while with EIO or ENOSPC. */
const firstSeed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
console.log(`seed ${firstSeed} (SOAK_SEED=${firstSeed} tries the same again)`)
for (let done = 0; done < 1000; done += 100) {
  const { trials, acknowledged, refused, acknowledgedAfter, problems } = await failingDisk(100, firstSeed + done)
  console.log(
    `${trials} runs: ${acknowledged} acknowledged (${acknowledgedAfter} after a refusal), ${refused} refused, ${problems.length} problems`,
  )
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`)
  if (problems.length > 0) process.exitCode = 1
}
