import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chanceUnit } from '../../../../shared/exercises/chance.ts'
import { lookAfter } from './aftermath.ts'
import type { Act, Job } from './job.ts'

export const writerFile = fileURLToPath(new URL('writer.ts', import.meta.url))

export interface KillReport {
  readonly trials: number
  /** How many acknowledgements the writers gave in all, and how many of them ended before they were killed. */
  readonly acknowledged: number
  readonly endedBefore: number
  /** What was wrong, each with the act and the seed that made it. */
  readonly problems: readonly string[]
}

/** A writer lives until it has acknowledged so many, at random below it, whatever the machine's speed, and then some ms more. */
const mostAcknowledged = 4
const moreMs: Record<Act, number> = {
  append: 20,
  checkpoint: 20,
  start: 60,
  migrate: 80,
  erase: 40,
  evidence: 40,
  export: 40,
  backup: 120,
}
/** Past this a writer is killed wherever it is. */
const mostMs = 5_000
const acknowledgement = /^(noted|kept|exported) /
const count = 2000

/** Kills writers of an act at random points, `trials` of them, each in a folder of its own, and looks what is left. */
export async function killTrials(act: Act, trials: number, firstSeed: number): Promise<KillReport> {
  const root = mkdtempSync(join(tmpdir(), `muster-kill-${act}-`))
  const problems: string[] = []
  let acknowledged = 0
  let endedBefore = 0
  const waiting = new Map<number, Writer>()
  const warm = (seed: number): Writer => {
    const writer = new Writer({ act, folder: join(root, String(seed)), seed, count, syncs: true }, join(root, 'cache'))
    waiting.set(seed, writer)
    return writer
  }
  try {
    for (let trial = 0; trial < trials; trial += 1) {
      const seed = firstSeed + trial
      const writer = waiting.get(seed) ?? warm(seed)
      // The next one starts up while this one writes and is looked after.
      if (trial + 1 < trials) warm(seed + 1)
      const said = await writer.lives({
        acknowledged: Math.floor(chanceUnit(seed, 'acknowledged') * mostAcknowledged),
        thenMs: chanceUnit(seed, 'life') * moreMs[act],
      })
      waiting.delete(seed)
      acknowledged += said.filter((line) => acknowledgement.test(line)).length
      if (said.includes('end')) endedBefore += 1
      const wrong = await lookAfter(writer.job, said, true)
      problems.push(...wrong.map((problem) => `${act}, seed ${seed}: ${problem}`))
      rmSync(writer.job.folder, { recursive: true, force: true })
    }
  } finally {
    await Promise.all(Array.from(waiting.values(), (writer) => writer.kill()))
    rmSync(root, { recursive: true, force: true })
  }
  return { trials, acknowledged, endedBefore, problems }
}

/** A writing process, started up and waiting for its begin. */
class Writer {
  readonly job: Job
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  readonly #ready: Promise<void>
  #said = ''
  #complaint = ''

  constructor(job: Job, cache: string) {
    this.job = job
    this.#child = spawn(process.execPath, [writerFile, JSON.stringify(job)], {
      env: { PATH: process.env['PATH'], TMPDIR: tmpdir(), NODE_COMPILE_CACHE: cache },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#ended = new Promise((resolve) => this.#child.once('close', () => resolve()))
    this.#ready = new Promise((resolve, reject) => {
      this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text
        resolve()
      })
      this.#child.once('error', reject)
      this.#child.once('close', () => reject(new Error(`The writer ended at once: ${this.#complaint}`)))
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text))
    // A writer that is never waited for has nothing to say.
    this.#ready.catch(() => undefined)
    this.#child.stdin?.on('error', (error) => (this.#complaint += error.message))
  }

  /** Lets it begin, kills it so many ms after so many acknowledgements, and answers the whole lines that it had said. */
  async lives({ acknowledged, thenMs }: { acknowledged: number; thenMs: number }): Promise<string[]> {
    await this.#ready
    this.#child.stdin?.write('.')
    const latest = performance.now() + mostMs
    while (this.#acknowledged() < acknowledged && performance.now() < latest) await sleep(1)
    await Promise.race([sleep(thenMs), this.#ended])
    await this.kill()
    const complaint = this.#complaint === '' ? [] : [this.#complaint.trim().replaceAll('\n', ' ')]
    return [...this.#said.split('\n').slice(0, -1), ...complaint]
  }

  #acknowledged(): number {
    return this.#said.split('\n').filter((line) => acknowledgement.test(line)).length
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}
