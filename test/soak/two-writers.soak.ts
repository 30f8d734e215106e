import { quantile, twoWriters } from '../main/journal/survival/two-writers.ts'

/** A window and a terminal write 20,000 entries at once, then both do nothing for 20 s. */
const { problems, window, terminal, tookMs } = await twoWriters({ count: 10_000, pauseMs: 0, idleMs: 20_000 })
console.log(`20,000 entries in ${((tookMs - 20_000) / 1000).toFixed(1)} s, ${problems.length} problems`)
for (const problem of problems) console.log(`  ${problem}`)
for (const [name, { seenAfter, acknowledgedAfter, idleCore }] of Object.entries({ window, terminal })) {
  const spread = (values: readonly number[]): string =>
    [0.5, 0.99, 0.999, 1].map((part) => quantile(values, part).toFixed(1)).join(' / ')
  console.log(`${name}: acknowledged after ${spread(acknowledgedAfter)} ms (p50 / p99 / p99.9 / max)`)
  console.log(
    `${name}: saw ${seenAfter.length} of the other after ${spread(seenAfter)} ms; idle ${(idleCore * 100).toFixed(2)} % of a core`,
  )
  if (seenAfter.length !== 10_000) process.exitCode = 1
}
if (problems.length > 0) process.exitCode = 1
