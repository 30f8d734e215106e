import { statSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Of no file of tests is it known how long it takes in a clean clone: those with real parts weigh more than any other. */
const realPart = 2 ** 30

/** The longest first: one that begins last would be waited for with the other cores idle. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const weightOf = ({ moduleId }: TestSpecification): number =>
      statSync(moduleId).size + (moduleId.includes('.integration.test.') ? realPart : 0)
    return Promise.resolve(files.toSorted((one, other) => weightOf(other) - weightOf(one)))
  }
}
