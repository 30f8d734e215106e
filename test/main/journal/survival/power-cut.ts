import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chanceInt } from '../../../../shared/exercises/chance.ts'
import { lookAfter } from './aftermath.ts'
import type { Act } from './job.ts'
import { record } from './recording.ts'
import { type Luck, Replay } from './replay.ts'

export interface PowerCutReport {
  readonly calls: number
  readonly syncs: number
  readonly cuts: number
  /** How many acknowledgements stood before the cuts, in all. */
  readonly acknowledged: number
  /** Each with the act, the seed and the call after which the power went. */
  readonly problems: readonly string[]
  readonly cutsThatLost: number
}

const lucks: readonly Luck[] = ['none', 'some', 'some', 'all']

/** Records one run of an act, and looks at the files as they could be after the power was cut at `cuts` random places. */
export async function powerCuts(asked: {
  act: Act
  count: number
  cuts: number
  seed: number
  syncs?: boolean
}): Promise<PowerCutReport> {
  const { act, count, cuts, seed } = asked
  const root = mkdtempSync(join(tmpdir(), `muster-power-${act}-`))
  const written = join(root, 'written')
  mkdirSync(written)
  try {
    const job = { act, folder: join(written, 'data'), seed, count, syncs: asked.syncs ?? true }
    const recording = await record(job, written)
    const replay = new Replay(recording)
    assertComplete(replay, written, join(root, 'complete'), seed)
    const problems: string[] = []
    let acknowledged = 0
    let cutsThatLost = 0
    for (let number = 0; number < cuts; number += 1) {
      const cut = {
        after: chanceInt([0, replay.length], seed, number, 'cut'),
        luck: lucks[number % 4] ?? 'none',
        seed: seed + number,
      }
      const rebuilt = join(root, 'rebuilt')
      mkdirSync(rebuilt)
      replay.rebuild(cut, rebuilt)
      const said = replay.said(cut)
      acknowledged += said.filter((line) => /^(noted|kept|exported) /.test(line)).length
      const wrong = await lookAfter({ ...job, folder: join(rebuilt, 'data') }, said)
      if (wrong.some((problem) => /lost|No entry/.test(problem))) cutsThatLost += 1
      const place = `${act}, seed ${seed}, cut ${number} after call ${cut.after} of ${replay.length}, unsynced: ${cut.luck}`
      problems.push(...wrong.map((problem) => `${place}: ${problem}`))
      rmSync(rebuilt, { recursive: true })
    }
    const done = recording.calls.filter(({ call }) => call === 'sync' || call === 'sync-folder').length
    return { calls: replay.length, syncs: done, cuts, acknowledged, problems, cutsThatLost }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** A recording that has missed something proves nothing: replayed to its end it must give the very files of the run. */
function assertComplete(replay: Replay, written: string, complete: string, seed: number): void {
  mkdirSync(complete)
  replay.rebuild({ after: replay.length, luck: 'all', seed }, complete)
  const list = (folder: string): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => !name.endsWith('-shm'))
          .toSorted()
      : []
  if (list(written).join() !== list(complete).join()) {
    throw new Error(`The recording has missed files: ${list(written).join()} became ${list(complete).join()}`)
  }
  for (const name of list(written)) {
    const file = join(written, name)
    if (statSync(file).isFile() && !readFileSync(file).equals(readFileSync(join(complete, name)))) {
      throw new Error(`The recording has missed a write to ${name}`)
    }
  }
  rmSync(complete, { recursive: true })
}
