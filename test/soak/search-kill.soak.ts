import { killIndexers } from '../main/search/kill-indexers.ts'

const trials = Number(process.env['SOAK_TRIALS'] ?? 500)
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
const from = performance.now()
const secrets = await killIndexers(trials, seed)
console.log(
  `${trials} kills of a process that indexes (seed ${seed}): each index finds what reading everything finds; ${secrets} erased texts stand in no file; ${((performance.now() - from) / 1000).toFixed(0)} s`,
)
