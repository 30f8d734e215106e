import { tamper } from '../main/journal/survival/tampering.ts'

/** 10,000 random changes of bytes and entries: verification must find each. */
const firstSeed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000)
console.log(`seed ${firstSeed} (SOAK_SEED=${firstSeed} tries the same again)`)
const { changes, unseen } = tamper(10_000, firstSeed)
console.log(`${changes} changes, ${unseen.length} not found`)
for (const one of unseen.slice(0, 20)) console.log(`  ${one}`)
if (unseen.length > 0) process.exitCode = 1
