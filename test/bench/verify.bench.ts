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
 * hashing the same bytes, and nothing else; in turn, in one process. Prints medians and their ratio; asserts nothing.
 */
const ENTRIES = 1_000_000
const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), 'muster-bench-verify-'))
try {
  const file = join(folder, 'journal.db')
  const header = fillJournal(file, ENTRIES)
  const db = new Database(file, { readonly: true })
  const took = { verify: [] as number[], bare: [] as number[] }
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
  const [verify, bare] = [quantile(took.verify, 0.5), quantile(took.bare, 0.5)]
  const ratios = took.verify.map((ms, round) => ms / (took.bare[round] ?? ms))
  console.log(
    `verify ${ENTRIES} entries: ${verify.toFixed(0)} ms; bare read and hash: ${bare.toFixed(0)} ms; ${(verify / bare).toFixed(2)} times as long (round by round ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function timed(work: () => void): number {
  const from = performance.now()
  work()
  return performance.now() - from
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
