import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { systemClock } from '../../main/journal/clock.ts'
import { JournalStore } from '../../main/journal/journal-store.ts'
import { migrate } from '../../main/journal/migrate.ts'
import { sha256 } from '../../main/journal/sha256.ts'
import { openConnection } from '../../main/journal/sqlite.ts'
import { draftOf } from '../../shared/journal/kind.ts'
import { notedKind } from '../../shared/notes/entries.ts'
import { ana, incidents } from '../main/journal/survival/job.ts'
import { record } from '../main/journal/survival/recording.ts'
import { quantile, twoWriters } from '../main/journal/survival/two-writers.ts'

/**
 * The journal against bare better-sqlite3 (write-ahead log, synchronous=FULL), in one process and one run:
 *
 * - durable append with validation, canonical form, hash and fold, row by row in turn with a bare insert of the same bytes
 *   into one table, and with bare inserts into the journal's own tables; once on the disk, once in memory (where the disk
 *   hides nothing)
 * - syncs for each append, counted with strace
 * - what a journal costs that nobody uses
 *
 * Prints medians and ratios (bare / journal: 1.00 is as fast); asserts nothing.
 */
const [incident] = incidents
const text = 'x'.repeat(300)
const root = mkdtempSync(join(tmpdir(), 'muster-bench-'))

try {
  compareAppends('on the disk', root, 4000)
  const memory = mkdtempSync('/dev/shm/muster-bench-')
  try {
    compareAppends('in memory', memory, 10_000)
  } finally {
    rmSync(memory, { recursive: true })
  }
  await countSyncs()
  const { window, terminal } = await twoWriters({ count: 20, pauseMs: 10, idleMs: 10_000 })
  const percent = (core: number): string => `${(core * 100).toFixed(2)} %`
  console.log(
    `idle: ${percent(window.idleCore)} of a core with clocks that ring, ${percent(terminal.idleCore)} without`,
  )
} finally {
  rmSync(root, { recursive: true, force: true })
}

function compareAppends(where: string, folder: string, rows: number): void {
  const journal = new JournalStore(join(folder, 'journal'), systemClock)
  const bare = bareTable(join(folder, 'bare.db'))
  const alsoBare = bareTable(join(folder, 'also-bare.db'))
  const sameTables = bareJournal(join(folder, 'same-tables.db'))
  const took = { journal: [] as number[], bare: [] as number[], alsoBare: [] as number[], sameTables: [] as number[] }
  const time = (name: keyof typeof took, work: () => void): void => {
    const from = performance.now()
    work()
    took[name].push((performance.now() - from) * 1000)
  }
  for (let row = 0; row < rows; row += 1) {
    time('bare', () => bare.insert(row))
    time('journal', () => {
      journal.append(incident, 'live', ana, () => [draftOf(notedKind, { text })])
      journal.catchUp()
    })
    time('alsoBare', () => alsoBare.insert(row))
    time('sameTables', () => sameTables.insert(row))
  }
  for (const open of [journal, bare, alsoBare, sameTables]) open.close()
  const settled = (name: keyof typeof took): number[] => took[name].slice(rows / 10)
  const at = (name: keyof typeof took, part: number): number => quantile(settled(name), part)
  const line = (name: keyof typeof took): string =>
    `${name} ${[0.1, 0.5, 0.95].map((part) => at(name, part).toFixed(0)).join(' / ')} µs`
  console.log(`append ${where}, ${rows} rows in turn: p10 / p50 / p95`)
  for (const name of ['journal', 'bare', 'alsoBare', 'sameTables'] as const) console.log(`  ${line(name)}`)
  const ratio = (name: keyof typeof took, part: number): string => (at(name, part) / at('journal', part)).toFixed(2)
  console.log(
    `  ratio ${ratio('bare', 0.5)} at the median, ${ratio('bare', 0.1)} at p10; against bare inserts into the same tables and indexes ${ratio('sameTables', 0.5)} and ${ratio('sameTables', 0.1)}; bare against bare ${(at('bare', 0.5) / at('alsoBare', 0.5)).toFixed(2)}`,
  )
}

/** One table, one insert: the same bytes as an entry has in all its columns together. */
function bareTable(file: string): { insert(row: number): void; close(): void } {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(
    'CREATE TABLE payload (id INTEGER PRIMARY KEY, row INTEGER NOT NULL, header TEXT NOT NULL, body BLOB NOT NULL) STRICT',
  )
  const insert = db.prepare('INSERT INTO payload (row, header, body) VALUES (?, ?, ?)')
  const header = 'h'.repeat(620)
  const body = Buffer.from(JSON.stringify({ text }))
  return { insert: (row) => void insert.run(row, header, body), close: () => db.close() }
}

/** The journal's own tables, indexes and triggers, and nothing but two inserts in a transaction. */
function bareJournal(file: string): { insert(row: number): void; close(): void } {
  const db = openConnection(file, 'write')
  migrate(db, file)
  const entry = db.prepare(
    `INSERT INTO entry (incident, chain, seq, lamport, at, happened_at, clock, mode, actor, recorded_by, kind, version,
      body_hash, "after", prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const body = db.prepare('INSERT INTO body (entry, salt, bytes) VALUES (?, ?, ?)')
  const at = '2026-11-21T03:00:00.000Z'
  const [chain, person, salt] = ['c'.repeat(32), JSON.stringify(ana), Buffer.alloc(16)]
  const bytes = Buffer.from(JSON.stringify({ text }))
  const clock = '{"by_ms":null,"mark":"steady","skew_ms":null}'
  // Hashes are spread as real ones are, and cost nothing here.
  const hashes = Array.from({ length: 20_000 }, (_, row) => sha256(String(row)))
  const insert = db.transaction((row: number) => {
    const [prev = '', hash = ''] = [hashes[row], hashes[row + 1]]
    const seq = row + 1
    const { lastInsertRowid } = entry.run(
      ...[incident, chain, seq, seq, at, at, clock, 'live', person, person, 'noted', 1, hash, '[]', prev, hash],
    )
    body.run(lastInsertRowid, salt, bytes)
  })
  return { insert: (row) => insert.immediate(row), close: () => db.close() }
}

async function countSyncs(): Promise<void> {
  const folder = join(root, 'traced')
  mkdirSync(folder)
  const count = 200
  const { calls } = await record({ act: 'append', folder: join(folder, 'data'), seed: 1, count, syncs: true }, folder)
  const begun = calls.findIndex((call) => call.call === 'say' && call.line === 'noted 0')
  const ended = calls.findLastIndex((call) => call.call === 'say' && call.line.startsWith('noted'))
  const during = calls.slice(begun, ended)
  // The write-ahead log is the file most written to.
  const writes = during.flatMap((call) => (call.call === 'write' ? [call.file] : []))
  const log = writes.toSorted(
    (a, b) => writes.filter((file) => file === b).length - writes.filter((file) => file === a).length,
  )[0]
  const syncs = during.filter((call) => call.call === 'sync' && call.file === log).length
  const others = during.filter((call) => call.call === 'sync' && call.file !== log).length
  const pages = during.filter((call) => call.call === 'write' && call.bytes.length >= 4096).length
  console.log(
    `syncs: ${(syncs / (count - 1)).toFixed(3)} of the write-ahead log for each append, ${others} of checkpoints; ${(pages / (count - 1)).toFixed(1)} pages written for each`,
  )
}
