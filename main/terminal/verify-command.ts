import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { Verification, Verifying } from '../../shared/ledger/verification.ts'
import { readAnchors } from '../../shared/anchors/read-anchors.ts'
import { messageOf } from '../../shared/message-of.ts'
import { refuse } from '../../shared/refusal.ts'
import { forgetSnapshot } from '../journal/fold-cache.ts'
import { runVerification } from '../journal/run-verification.ts'
import type { Speaker } from './face.ts'
import { counted, plain } from './text.ts'

export interface VerifyCommandOptions {
  /** A file with anchors from outside; `-` is standard input. */
  readonly anchor?: string
  readonly rebuild?: boolean
}

const MOST_BYTES = 64 * 1_048_576

/** `muster verify`: answers false where something is not as it was written. Writes nothing into the folder but for `--rebuild`. */
export async function verifyCommand(
  { say, remark }: Speaker,
  dataFolder: string,
  options: VerifyCommandOptions,
): Promise<boolean> {
  const anchors = options.anchor === undefined ? null : await anchorsOf(options.anchor)
  if (options.rebuild === true) {
    forgetSnapshot(dataFolder)
    remark('The kept states were thrown away. The next start makes them anew from the entries.')
  }
  const cancel = new AbortController()
  const onInterrupt = () => cancel.abort()
  process.once('SIGINT', onInterrupt)
  try {
    const result = await runVerification(dataFolder, {
      anchors,
      signal: cancel.signal,
      onProgress: verifyingTeller(remark),
    })
    say(result, verificationLines(result))
    return result.ok
  } finally {
    process.off('SIGINT', onInterrupt)
  }
}

/** The text of the anchors, once it is known that they can be read: with their name in the refusal. */
async function anchorsOf(file: string): Promise<string> {
  const name = file === '-' ? 'standard input' : file
  const tried = `Read the anchor in ${name}`
  const text = await textOf(file, tried)
  readAnchors(text, tried)
  return text
}

async function textOf(file: string, tried: string): Promise<string> {
  try {
    const bytes = file === '-' ? await buffer(process.stdin) : readFileSync(file)
    return bytes.subarray(0, MOST_BYTES).toString('utf8')
  } catch (error) {
    throw refuse('not-found', {
      tried,
      happened: messageOf(error),
      next: 'Name a file that you may read, or - for standard input.',
      cause: error,
    })
  }
}

function verificationLines(result: Verification): string[] {
  const { entries, chains, bundles, erased } = result
  const what = `${counted(entries, 'entry', 'entries')} in ${counted(chains, 'chain')}, ${counted(bundles, 'bundle')} of evidence`
  const gone = erased === 0 ? '' : `, ${erased} erased by an entry that says so`
  return [
    result.ok
      ? `Verified: ${what}${gone}.`
      : `NOT VERIFIED: ${counted(result.problems.length, 'problem')} in ${what}${gone}.`,
    ...result.problems.map((problem) => `- ${plain(problem)}`),
    ...result.erasures.map((erasure) => `Erased: ${plain(erasure)}`),
    ...result.anchors.map((anchor) => `Anchored: ${plain(anchor)}`),
    ...result.heads.map(({ number, seq, hash }) => `Head of ${plain(number)}: #${seq} ${hash}`),
    ...result.limits.map((limit) => `Not seen by this check: ${limit}`),
  ]
}

const stepWords = { entries: 'entries', states: 'entries folded anew', evidence: 'bytes of evidence' } as const

/** A line at each tenth: what a person at a terminal wants to know meanwhile. */
function verifyingTeller(remark: (line: string) => void): (progress: Verifying) => void {
  let told = ''
  return ({ step, done, of }) => {
    const tenth = Math.floor((done * 10) / Math.max(1, of))
    const now = `${step} ${tenth}`
    if (tenth === 0 || now === told) return
    told = now
    remark(`Checked ${done} of ${of} ${stepWords[step]}.`)
  }
}
