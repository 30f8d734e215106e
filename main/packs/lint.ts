import { Worker } from 'node:worker_threads'
import { packBytesCap } from '../../shared/packs/calls.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import { codeOf } from '../error-code.ts'
import { type lintPack, tooLarge } from './pack-file.ts'

export type Linted = ReturnType<typeof lintPack>

export interface PackFile {
  readonly bytes: Uint8Array
  /** Its name, for messages. */
  readonly file: string
}

/** What the thread says of each file, in their order. */
export type LintNews =
  | { readonly kind: 'linted'; readonly linted: Linted }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** What a pack may cost, whoever made it: a shipped one takes a hundredth of it. */
const limits = { withinMs: 20_000, heapMiB: 512 }

/**
 * Reads a pack as `lintPack` does, on a thread of its own with an end and a limit to its memory, so that nobody waits
 * for a file that somebody sent. Refuses `too-large` (over the cap, or in memory) and `timed-out`.
 */
export async function lintApart(bytes: Uint8Array, file: string, withinMs = limits.withinMs): Promise<Linted> {
  const [news] = await lintAllApart([{ bytes, file }], withinMs)
  if (news === undefined) throw new Error(`the lint of ${file} gave no answer`)
  if (news.kind === 'refused') throw new RefusalError(news.refusal)
  return news.linted
}

/**
 * As `lintApart`, of several files on one thread, a refusal for each that is refused. One that takes too long, or too
 * much memory, ends the thread: those after it are read on another.
 */
export async function lintAllApart(files: readonly PackFile[], withinMs = limits.withinMs): Promise<LintNews[]> {
  const answers: LintNews[] = []
  while (answers.length < files.length) {
    const left = files.slice(answers.length)
    answers.push(...(await lintUntilEnd(left, withinMs)))
  }
  return answers
}

/** The answers up to and with the first file that ended the thread. */
function lintUntilEnd(files: readonly PackFile[], withinMs: number): Promise<LintNews[]> {
  const large = files.findIndex(({ bytes }) => bytes.byteLength > packBytesCap)
  if (large === 0) return Promise.resolve([{ kind: 'refused', refusal: tooLarge(files[0]?.file ?? '').refusal }])
  const batch = large < 0 ? files : files.slice(0, large)
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './lint-thread.ts' : './lint-thread.js', own), {
    workerData: { files: batch },
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB },
  })
  const answers: LintNews[] = []
  const { promise, resolve, reject } = Promise.withResolvers<LintNews[]>()
  const giveUp = (code: 'timed-out' | 'too-large') => {
    const { refusal } = tooMuch(code, batch[answers.length]?.file ?? '')
    void worker.terminate()
    resolve([...answers, { kind: 'refused', refusal }])
  }
  const late = setTimeout(() => giveUp('timed-out'), withinMs)
  worker.on('message', (news: LintNews) => {
    answers.push(news)
    late.refresh()
    if (answers.length === batch.length) resolve(answers)
  })
  worker.once('error', (error: unknown) => {
    const isFull = codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY'
    if (isFull) giveUp('too-large')
    else reject(error instanceof Error ? error : new Error(String(error)))
  })
  worker.once('exit', (code) => reject(new Error(`The lint of packs ended with ${code} and no answer`)))
  // Once it has said all, the thread ends by itself.
  return promise.finally(() => clearTimeout(late))
}

function tooMuch(code: 'timed-out' | 'too-large', file: string): RefusalError {
  return refuse(code, {
    tried: `Read the pack ${file}`,
    happened: code === 'timed-out' ? 'Reading it takes too long.' : 'Reading it takes too much memory.',
    next: 'Make it smaller.',
  })
}
