import { Worker } from 'node:worker_threads'
import { packBytesCap } from '../../shared/packs/calls.ts'
import { type Refusal, RefusalError, refuse } from '../../shared/refusal.ts'
import { type lintPack, tooLarge } from './pack-file.ts'

export type Linted = ReturnType<typeof lintPack>
/** What the thread says, once. */
export type LintNews =
  | { readonly kind: 'linted'; readonly linted: Linted }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** What a pack may cost, whoever made it: a shipped one takes a twentieth of it. */
const limits = { withinMs: 20_000, heapMiB: 512 }

/**
 * Reads a pack as `lintPack` does, on a thread of its own with an end and a limit to its memory, so that nobody waits
 * for a file that somebody sent. Refuses `too-large` (over the cap, or in memory) and `timed-out`.
 */
export async function lintApart(bytes: Uint8Array, file: string, withinMs = limits.withinMs): Promise<Linted> {
  if (bytes.byteLength > packBytesCap) throw tooLarge(file)
  const own = import.meta.url
  const worker = new Worker(new URL(own.endsWith('.ts') ? './lint-thread.ts' : './lint-thread.js', own), {
    workerData: { bytes, file },
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Linted>()
  const late = setTimeout(() => reject(tooMuch('timed-out', file)), withinMs)
  worker.once('message', (news: LintNews) => {
    if (news.kind === 'linted') resolve(news.linted)
    else reject(new RefusalError(news.refusal))
  })
  worker.once('error', (error: unknown) => {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    reject(isFull ? tooMuch('too-large', file) : error instanceof Error ? error : new Error(String(error)))
  })
  worker.once('exit', (code) => reject(new Error(`The lint of ${file} ended with ${code} and no answer`)))
  return promise.finally(() => {
    clearTimeout(late)
    void worker.terminate()
  })
}

function tooMuch(code: 'timed-out' | 'too-large', file: string): RefusalError {
  return refuse(code, {
    tried: `Read the pack ${file}`,
    happened: code === 'timed-out' ? 'Reading it takes too long.' : 'Reading it takes too much memory.',
    next: 'Make it smaller.',
  })
}
