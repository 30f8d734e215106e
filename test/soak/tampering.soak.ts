import { forge, tamper } from '../main/journal/survival/tampering.ts'

/**
 * 10,000 random changes of bytes and entries: verification must find each. 10,000 forgeries that leave a journal which
 * verifies: verification must find none of them, and an anchor each.
 */
const firstSeed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
console.log(`seed ${firstSeed} (SOAK_SEED=${firstSeed} tries the same again)`)
const { changes, unseen } = tamper(10_000, firstSeed)
console.log(`${changes} changes, ${unseen.length} not found`)
for (const one of unseen.slice(0, 20)) console.log(`  ${one}`)
if (unseen.length > 0) process.exitCode = 1

const forged = forge(10_000, firstSeed)
console.log(
  `${forged.changes} forgeries, ${forged.unseen.length} not found with an anchor, ${forged.seenWithout.length} found without`,
)
for (const one of [...forged.unseen, ...forged.seenWithout].slice(0, 20)) console.log(`  ${one}`)
if (forged.unseen.length + forged.seenWithout.length > 0) process.exitCode = 1
