import { runVerification } from '../journal/run-verification.ts'
import type { Face } from './face.ts'
import { plain } from './text.ts'

/** `muster verify`: answers false where something is not as it was written. */
export async function verifyCommand({ services, say }: Face): Promise<boolean> {
  const result = await runVerification(services.dataFolder)
  const what = `${result.entries} entries in ${result.chains} chains, ${result.bundles} bundles of evidence`
  say(result, [
    result.ok ? `Verified: ${what}.` : `NOT VERIFIED: ${result.problems.length} problems in ${what}.`,
    ...result.problems.map((problem) => `- ${plain(problem)}`),
    ...result.heads.map(({ number, seq, hash }) => `Head of ${number}: #${seq} ${hash}`),
    ...result.limits.map((limit) => `Not seen by this check: ${limit}`),
  ])
  return result.ok
}
