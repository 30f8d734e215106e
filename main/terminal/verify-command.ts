import { runVerification } from '../journal/run-verification.ts'
import type { Speaker } from './face.ts'
import { counted, plain } from './text.ts'

/** `muster verify`: answers false where something is not as it was written. Writes nothing into the folder. */
export async function verifyCommand({ say }: Speaker, dataFolder: string): Promise<boolean> {
  const result = await runVerification(dataFolder)
  const what = `${counted(result.entries, 'entry', 'entries')} in ${counted(result.chains, 'chain')}, ${counted(result.bundles, 'bundle')} of evidence`
  say(result, [
    result.ok ? `Verified: ${what}.` : `NOT VERIFIED: ${counted(result.problems.length, 'problem')} in ${what}.`,
    ...result.problems.map((problem) => `- ${plain(problem)}`),
    ...result.heads.map(({ number, seq, hash }) => `Head of ${number}: #${seq} ${hash}`),
    ...result.limits.map((limit) => `Not seen by this check: ${limit}`),
  ])
  return result.ok
}
