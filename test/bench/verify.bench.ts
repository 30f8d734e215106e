import { hash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { verifyJournal } from '../../main/journal/verify.ts'
import { fillJournal } from './long-journal.ts'
import { quantile } from '../main/journal/survival/two-writers.ts'

/**
 * Verification of 1,000,000 entries against reading the same columns with bare better-sqlite3 (raw rows, by arrival) and
 * hashing the same bytes, and nothing else; in turn, in one process. Prints medians and their ratio, by the clock and of the
 * processor's time; asserts nothing.
 */
const ENTRIES = 1_000_000
const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), 'muster-bench-verify-'))
try {
  const file = join(folder, 'journal.db')
  const header = fillJournal(file, ENTRIES)
  const db = new Database(file, { readonly: true })
  const took = { verify: [] as Took[], bare: [] as Took[] }
  // The first of each warms the file and the compiler.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bare = timed(() => readAndHash(db, header))
    const verify = timed(() => {
      const { problems, entries } = verifyJournal(db)
      if (problems.length > 0 || entries < ENTRIES) throw new Error(problems[0] ?? `only ${entries} entries`)
    })
    if (round > 0) {
      took.bare.push(bare)
      took.verify.push(verify)
    }
  }
  db.close()
  for (const by of ['wallMs', 'processorMs'] as const) {
    const [verify, bare] = [took.verify, took.bare].map((all) =>
      quantile(
        all.map((one) => one[by]),
        0.5,
      ),
    ) as [number, number]
    const ratios = took.verify.map((one, round) => (one[by] / (took.bare[round]?.[by] ?? 1)).toFixed(2))
    console.log(
      `verify ${ENTRIES} entries, ${by === 'wallMs' ? 'by the clock' : "of the processor's time"}: ${verify.toFixed(0)} ms; bare read and hash: ${bare.toFixed(0)} ms; ${(verify / bare).toFixed(2)} times as long (round by round ${ratios.join(' ')})`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The processor's time is what a machine that others use too leaves comparable. */
interface Took {
  readonly wallMs: number
  readonly processorMs: number
}

function timed(work: () => void): Took {
  const [from, before] = [performance.now(), process.cpuUsage()]
  work()
  const { user, system } = process.cpuUsage(before)
  return { wallMs: performance.now() - from, processorMs: (user + system) / 1_000 }
}

/** What no verification can do without. */
function readAndHash(db: Database.Database, header: string): void {
  const rows = db
    .prepare<[], unknown[]>('SELECT e.*, b.salt, b.bytes FROM entry e LEFT JOIN body b ON b.entry = e.id ORDER BY e.id')
    .raw()
  const at = rows.columns().map(({ name }) => name)
  const [prev, salt, bytes] = ['prev', 'salt', 'bytes'].map((name) => at.indexOf(name)) as [number, number, number]
  for (const row of rows.iterate()) {
    hash('sha256', `${String(row[prev])}${header}`, 'hex')
    hash('sha256', Buffer.concat([row[salt] as Buffer, row[bytes] as Buffer]), 'hex')
  }
}
