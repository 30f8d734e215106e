import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../../../main/journal/clock.ts'
import { JournalStore, journalFile } from '../../../../main/journal/journal-store.ts'
import { openConnection } from '../../../../main/journal/sqlite.ts'
import { verifyJournal } from '../../../../main/journal/verify.ts'
import { finish } from '../../../../main/setup/program.js'
import { draftOf } from '../../../../shared/journal/kind.ts'
import { notedKind } from '../../../../shared/notes/entries.ts'
import type { Asked, Measured } from './desk-process.ts'
import { ana, incidents } from './job.ts'

const program = fileURLToPath(new URL('desk-process.ts', import.meta.url))

export interface TwoWritersReport {
  /** What is wrong with the journal afterwards: empty where both wrote one unbroken chain and nothing is missing. */
  readonly problems: readonly string[]
  readonly window: Measured
  readonly terminal: Measured
  readonly tookMs: number
}

/** A window and a terminal write `count` notes each into one folder at once. */
export async function twoWriters(asked: Pick<Asked, 'count' | 'pauseMs' | 'idleMs'>): Promise<TwoWritersReport> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-two-writers-'))
  try {
    const journal = new JournalStore(folder, systemClock)
    journal.append(incidents[0], 'live', ana, () => [draftOf(notedKind, { text: 'begun' })])
    journal.close()
    const from = performance.now()
    const [window, terminal] = await Promise.all([
      start({ ...asked, folder, name: 'window', rings: true }),
      start({ ...asked, folder, name: 'terminal', rings: false }),
    ])
    return { problems: wrongIn(folder, asked.count), window, terminal, tookMs: performance.now() - from }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function start(asked: Asked): Promise<Measured> {
  const { code, output } = await finish(process.execPath, [program, JSON.stringify(asked)], {
    limitMs: 1_800_000,
    env: { PATH: process.env['PATH'], TMPDIR: tmpdir() },
  })
  if (code !== 0) throw new Error(`The ${asked.name} ended with ${code}: ${output.slice(-2000)}`)
  return JSON.parse(output) as Measured
}

function wrongIn(folder: string, count: number): string[] {
  const journal = new JournalStore(folder, systemClock)
  const texts = journal.allEntries(incidents[0]).map(({ body }) => (body as { text: string }).text.split(' '))
  journal.close()
  const db = openConnection(journalFile(folder), 'read')
  const { problems, chains } = verifyJournal(db)
  db.close()
  const wrong = [...problems]
  if (chains !== 2) wrong.push(`There are ${chains} chains: one of the incident and the ledger were expected.`)
  for (const name of ['window', 'terminal']) {
    const numbers = texts.filter(([from]) => from === name).map(([, number]) => Number(number))
    if (numbers.join() !== Array.from({ length: count }, (_, number) => number).join()) {
      wrong.push(`The notes of the ${name} are not 0 to ${count - 1} in order.`)
    }
  }
  return wrong
}

/** The value below which a part of the values lie: 0.5 is the median. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
