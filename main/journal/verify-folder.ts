import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verification } from '../../shared/contract.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { journalFile } from './journal-store.ts'
import { type Connection, openConnection, refusingSqliteErrors } from './sqlite.ts'
import { type JournalVerification, verifyJournal } from './verify.ts'

const nothingRead = { chains: 0, entries: 0, heads: [], bundles: [] } as const

/**
 * Verifies the journal and the evidence of a data folder, and changes nothing in it. Damage of any kind is a problem of
 * the answer; refused is only a folder that holds no journal (`not-found`).
 */
export async function verifyFolder(folder: string): Promise<Verification> {
  const startedAt = performance.now()
  const file = journalFile(folder)
  if (!existsSync(file)) {
    throw refuse('not-found', {
      tried: `Verify the journal of ${folder}`,
      happened: 'There is no journal.db in this folder.',
      next: 'Name the folder that holds it: --data FOLDER.',
    })
  }
  const journal = readJournal(file)
  const store = new EvidenceStore(folder)
  const problems = [...journal.problems, ...(await checkBundles(store, journal.bundles))]
  if (journal.entries === 0 && journal.problems.length === 0 && !store.isEmpty()) {
    problems.push('There is evidence in this folder, and the journal is empty: it is not the journal of this evidence.')
  }
  return {
    ok: problems.length === 0,
    chains: journal.chains,
    entries: journal.entries,
    bundles: journal.bundles.length,
    problems,
    limits: [
      'Whoever can write this folder can rebuild all of it from the beginning, or cut off the newest entries of an incident since the ledger last remembered its head (every 20 entries, at its end, at each export). Compare the heads with a copy outside (an export, a printed page, a message) to see that.',
    ],
    heads: journal.heads.map(({ incident, number, seq, hash }) => ({ incident, number, seq, hash })),
    tookMs: Math.round(performance.now() - startedAt),
  }
}

function readJournal(file: string): JournalVerification {
  try {
    return withReadable(file, (db) => refusingSqliteErrors(file, () => verifyJournal(db)))
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
    return { ...nothingRead, problems: [`The journal cannot be read: ${error.refusal.happened}`] }
  }
}

/**
 * Reads the journal where it lies; where the folder may not be written, a copy of it: SQLite needs to write beside a
 * database in write-ahead mode even to read it (https://sqlite.org/wal.html#readonly).
 */
function withReadable<T>(file: string, work: (db: Connection) => T): T {
  try {
    return using(openConnection(file, 'read'), work)
  } catch (error) {
    if (!isUnwritable(error)) throw error
  }
  const folder = mkdtempSync(join(tmpdir(), 'muster-verify-'))
  try {
    const copy = join(folder, 'journal.db')
    copyFileSync(file, copy)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    return using(openConnection(copy, 'write'), work)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function using<T>(db: Connection, work: (db: Connection) => T): T {
  try {
    return work(db)
  } finally {
    db.close()
  }
}

function isUnwritable(error: unknown): boolean {
  if (!(error instanceof RefusalError)) return false
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')
}

async function checkBundles(store: EvidenceStore, bundles: JournalVerification['bundles']): Promise<string[]> {
  const problems: string[] = []
  for (const { bundle, number } of bundles) {
    const result = await store
      .check(bundle)
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
    if (result !== 'match')
      problems.push(
        `${number}: the evidence ${bundle.slice(0, 12)}… is ${wordsOf[result] ?? `not readable: ${result}`}.`,
      )
  }
  return problems
}

const wordsOf: Readonly<Record<string, string>> = { missing: 'missing', mismatch: 'not what was kept (MISMATCH)' }
