import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finish } from '../../../../main/setup/program.js'
import { chanceInt } from '../../../../shared/exercises/chance.ts'
import { lookAfter } from './aftermath.ts'
import type { Job } from './job.ts'
import { writerFile } from './kill.ts'

/** Which call on which file of the data folder fails (any file: null), and how. */
export interface Failure {
  readonly act: Job['act']
  readonly call: 'pwrite64' | 'fsync' | 'ftruncate' | 'rename'
  readonly file: string | null
  readonly error: 'EIO' | 'ENOSPC'
}

export interface FailureReport {
  readonly trials: number
  readonly acknowledged: number
  readonly refused: number
  /** Writings acknowledged after a refusal: the writer went on. */
  readonly acknowledgedAfter: number
  readonly problems: readonly string[]
}

const failures: readonly Failure[] = [
  { act: 'append', call: 'pwrite64', file: 'journal.db-wal', error: 'EIO' },
  { act: 'append', call: 'fsync', file: 'journal.db-wal', error: 'EIO' },
  { act: 'append', call: 'pwrite64', file: 'journal.db-wal', error: 'ENOSPC' },
  { act: 'checkpoint', call: 'pwrite64', file: 'journal.db', error: 'EIO' },
  { act: 'checkpoint', call: 'fsync', file: 'journal.db', error: 'EIO' },
  { act: 'evidence', call: 'rename', file: null, error: 'EIO' },
  { act: 'evidence', call: 'fsync', file: null, error: 'EIO' },
  { act: 'export', call: 'rename', file: null, error: 'ENOSPC' },
  { act: 'start', call: 'pwrite64', file: null, error: 'EIO' },
  { act: 'start', call: 'fsync', file: null, error: 'EIO' },
]

/**
 * Runs writers on a disk that fails for a few calls and then works again (strace 6.1 gives the calls their error), and
 * looks what is left.
 */
export async function failingDisk(trials: number, firstSeed: number): Promise<FailureReport> {
  const root = mkdtempSync(join(tmpdir(), 'muster-failing-'))
  const report = { trials, acknowledged: 0, refused: 0, acknowledgedAfter: 0, problems: [] as string[] }
  try {
    // Compiled code is kept before anything fails, so that keeping it cannot be what fails.
    const idle: Job = { act: 'append', folder: join(root, 'idle'), seed: 0, count: 0, syncs: true }
    await finish(process.execPath, [writerFile, JSON.stringify(idle)], { limitMs: 60_000, env: environment(root) })
    for (let trial = 0; trial < trials; trial += 1) {
      const failure = failures[trial % failures.length]
      if (failure === undefined) throw new Error('There is no failure to try')
      const seed = firstSeed + trial
      const said = await tryOnce(failure, seed, root)
      const firstRefusal = said.findIndex((line) => line.startsWith('refused'))
      const isAcknowledged = (line: string): boolean => /^(noted|kept|exported) /.test(line)
      report.acknowledged += said.filter(isAcknowledged).length
      report.refused += said.filter((line) => line.startsWith('refused')).length
      if (firstRefusal >= 0) report.acknowledgedAfter += said.slice(firstRefusal).filter(isAcknowledged).length
      const wrong = await lookAfter(jobOf(failure, seed, root), said)
      if (!said.includes('end')) wrong.push('The writer did not go on to its end.')
      report.problems.push(...wrong.map((problem) => `${JSON.stringify(failure)}, seed ${seed}: ${problem}`))
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  return report
}

function jobOf({ act }: Failure, seed: number, root: string): Job {
  return {
    act,
    folder: join(root, String(seed)),
    seed,
    count: act === 'append' || act === 'checkpoint' ? 30 : 12,
    syncs: true,
  }
}

async function tryOnce(failure: Failure, seed: number, root: string): Promise<string[]> {
  const job = jobOf(failure, seed, root)
  const first = chanceInt(firstOf(failure), seed, 'first')
  const times = chanceInt([1, 12], seed, 'times')
  const where = failure.file === null ? [] : ['-P', join(job.folder, failure.file)]
  const inject = `inject=${failure.call}:error=${failure.error}:when=${first}..${first + times - 1}`
  const argv = [
    '-f',
    '-qq',
    '-e',
    `trace=${failure.call}`,
    '-e',
    'signal=none',
    ...where,
    '-e',
    inject,
    '-o',
    '/dev/null',
  ]
  const { output } = await finish('strace', [...argv, process.execPath, writerFile, JSON.stringify(job)], {
    limitMs: 60_000,
    env: environment(root),
  })
  return output.split('\n').filter((line) => line !== '')
}

/** Not before the writer has opened its journal, except where the beginning itself is on trial. */
function firstOf({ act, call }: Failure): readonly [number, number] {
  if (act === 'append' && call === 'pwrite64') return [60, 160]
  if (act === 'evidence' && call === 'fsync') return [24, 50]
  return [9, 30]
}

function environment(root: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], TMPDIR: tmpdir(), NODE_COMPILE_CACHE: join(root, 'cache') }
}
