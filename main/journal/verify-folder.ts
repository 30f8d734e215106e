import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAnchors } from '../../shared/anchors/read-anchors.ts'
import type { Verification, Verifying } from '../../shared/ledger/verification.ts'
import { RefusalError, refuse } from '../../shared/refusal.ts'
import { type CheckedAnchors, checkAnchors } from '../anchors/check-anchors.ts'
import { readOwnAnchors } from '../anchors/own-anchors.ts'
import { codeOf } from '../error-code.ts'
import { EvidenceStore } from '../evidence/evidence-store.ts'
import { fileProblem } from './file-check.ts'
import { anchoredJournal } from './heads.ts'
import { journalFile } from './journal-store.ts'
import { Problems } from './problems.ts'
import { type Connection, openConnection, refusingSqliteErrors } from './sqlite.ts'
import { type JournalVerification, JournalWalk } from './verify.ts'
import { bytesOf, checkEvidence } from './verify-evidence.ts'
import { type ComparedStates, compareStates } from './verify-states.ts'

export interface VerifyOptions {
  /** The text of anchors from outside, as a person gave it. */
  readonly anchors?: string | null
  /** Whether the kept states of incidents are compared too: that folds every entry anew. Default: yes. */
  readonly states?: boolean
  readonly onProgress?: (progress: Verifying) => void
  readonly signal?: AbortSignal
}

/** What was found in the journal's file. */
interface ReadJournal {
  readonly walked: JournalVerification
  readonly anchors: CheckedAnchors
  readonly states: ComparedStates
}

/**
 * Verifies the journal and the evidence of a data folder, and changes nothing in it. Damage of any kind is a problem of
 * the answer; refused is a folder that holds no journal (`not-found`), an anchor that cannot be read (`bad-input`), and the
 * whole where `signal` aborts it (`cancelled`).
 */
export async function verifyFolder(folder: string, options: VerifyOptions = {}): Promise<Verification> {
  const startedAt = performance.now()
  const file = journalFile(folder)
  if (!existsSync(file)) throw noJournal(folder)
  const { anchors: text = null, signal = new AbortController().signal, onProgress = () => undefined } = options
  const given = text === null ? [] : readAnchors(text, 'Read the anchor')
  const own = readOwnAnchors(folder)
  try {
    const { walked, anchors, states } = await readJournal(file, async (db) => {
      const walked = withFile(await walk(db, { signal, onProgress }), fileProblem(db))
      const anchors = checkAnchors(anchoredJournal(db), { given, own })
      const states = await statesOf(folder, db, walked, { ...options, signal, onProgress })
      return { walked, anchors, states }
    })
    const store = new EvidenceStore(folder)
    const of = bytesOf(walked.bundles)
    let done = 0
    const evidence = await checkEvidence(store, walked.bundles, {
      signal,
      onBytes(bytes) {
        done += bytes
        onProgress({ step: 'evidence', done: Math.min(done, of), of })
      },
    })
    const problems = new Problems()
    for (const problem of [...anchors.problems, ...statesProblems(states, walked), ...evidence.problems]) {
      problems.add(problem)
    }
    if (walked.entries === 0 && walked.problems.length === 0 && !store.isEmpty()) {
      problems.add(
        'There is evidence in this folder, and the journal is empty: it is not the journal of this evidence.',
      )
    }
    const told = [...walked.problems, ...problems.told()]
    return {
      ok: told.length === 0,
      chains: walked.chains,
      entries: walked.entries,
      bundles: evidence.bundles,
      erased: walked.erasures.length + evidence.erasures.length,
      erasures: [...walked.erasures, ...evidence.erasures].slice(0, 200),
      problems: told,
      states: states.states,
      anchors: [...anchors.stand],
      limits: [...anchors.limits],
      heads: walked.heads.map(({ incident, number, chain, seq, hash }) => ({ incident, number, chain, seq, hash })),
      tookMs: Math.round(performance.now() - startedAt),
    }
  } catch (error) {
    if (signal.aborted) throw cancelled(folder)
    throw error
  }
}

interface Watching {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Verifying) => void
}

async function walk(db: Connection, { signal, onProgress }: Watching): Promise<JournalVerification> {
  const walking = new JournalWalk(db)
  while (walking.step()) {
    onProgress({ step: 'entries', ...walking.progress })
    // Whoever wants to stop this must get a word in.
    await new Promise((resolve) => setImmediate(resolve))
    signal.throwIfAborted()
  }
  return walking.finish()
}

/** Rows may all be as they were written, and an index not lead to them: then a window or an export lacks them. */
function withFile(walked: JournalVerification, problem: string | null): JournalVerification {
  if (problem === null) return walked
  const told = `The journal's file is damaged: ${problem} Entries may be missing on the screen and in exports. Go on from a backup or a mirror.`
  return { ...walked, problems: [...walked.problems, told] }
}

async function statesOf(
  folder: string,
  db: Connection,
  { entries, problems }: JournalVerification,
  { states = true, signal, onProgress }: VerifyOptions & Watching,
): Promise<ComparedStates> {
  // What does not verify need not fold: its problems are named already.
  if (!states || problems.length > 0) return { states: 'not-looked-at', wrong: [] }
  let done = 0
  return compareStates(folder, db, (folded) => {
    signal.throwIfAborted()
    done += folded
    onProgress({ step: 'states', done: Math.min(done, entries), of: entries })
  })
}

function statesProblems({ wrong }: ComparedStates, { heads }: JournalVerification): string[] {
  return wrong.map((incident) => {
    const number = heads.find((head) => head.incident === incident)?.number ?? incident
    return `${number}: the kept state is not what the entries give. The entries are right; throw the kept states away: \`muster verify --rebuild\`.`
  })
}

const nothingRead: ReadJournal = {
  walked: { chains: 0, entries: 0, erased: 0, erasures: [], problems: [], heads: [], bundles: [] },
  anchors: { problems: [], stand: [], limits: [] },
  states: { states: 'not-looked-at', wrong: [] },
}

async function readJournal(file: string, work: (db: Connection) => Promise<ReadJournal>): Promise<ReadJournal> {
  try {
    return await withReadable(file, work)
  } catch (error) {
    const refusal = refusalOf(file, error)
    if (refusal === null) throw error
    const problem = `The journal cannot be read: ${refusal.refusal.happened}`
    return { ...nothingRead, walked: { ...nothingRead.walked, problems: [problem] } }
  }
}

/** What SQLite or the file system says against the work, as a refusal; null for anything else. */
function refusalOf(file: string, error: unknown): RefusalError | null {
  try {
    return refusingSqliteErrors(file, () => {
      throw error
    })
  } catch (told) {
    return told instanceof RefusalError && told.refusal.code !== 'cancelled' ? told : null
  }
}

/**
 * Reads the journal where it lies; where the folder may not be written, a copy of it: SQLite needs to write beside a
 * database in write-ahead mode even to read it (https://sqlite.org/wal.html#readonly).
 */
async function withReadable<T>(file: string, work: (db: Connection) => Promise<T>): Promise<T> {
  try {
    return await using(openConnection(file, 'read'), work)
  } catch (error) {
    if (!isUnwritable(error)) throw error
  }
  const folder = mkdtempSync(join(tmpdir(), 'muster-verify-'))
  try {
    const copy = join(folder, 'journal.db')
    copyFileSync(file, copy)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    return await using(openConnection(copy, 'write'), work)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function using<T>(db: Connection, work: (db: Connection) => Promise<T>): Promise<T> {
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

function isUnwritable(error: unknown): boolean {
  const cause = error instanceof RefusalError ? error.cause : error
  const code = codeOf(cause) ?? ''
  return code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')
}

function noJournal(folder: string) {
  return refuse('not-found', {
    tried: `Verify the journal of ${folder}`,
    happened: 'There is no journal.db in this folder.',
    next: 'Name the folder that holds it: --data FOLDER.',
  })
}

function cancelled(folder: string) {
  return refuse('cancelled', {
    tried: `Verify the journal of ${folder}`,
    happened: 'Somebody cancelled it. Nothing was changed, and nothing is known.',
    next: 'Verify again when there is time.',
  })
}
