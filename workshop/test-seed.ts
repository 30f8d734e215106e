import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/*
 * Which examples the property tests try. In continuous integration (`CI`) always the same, so that a change is judged by
 * itself: red there means this change, and the run before it says the same again. Everywhere else, and in
 * `npm run soak -- properties`, others each time: that is where new faults are looked for. A failure prints its seed;
 * `MUSTER_SEED=… npx vitest run FILE` tries it again.
 */
const inIntegration = 20_261_121

const { testPath = '' } = expect.getState()
const asked = process.env['MUSTER_SEED'] ?? (process.env['CI'] === undefined ? undefined : String(inIntegration))
// Loading it takes longer than most files' tests.
if (asked !== undefined && readFileSync(testPath, 'utf8').includes("from 'fast-check'")) {
  const { default: fc } = await import('fast-check')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) })
}
