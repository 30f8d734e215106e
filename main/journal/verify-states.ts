import { isDeepStrictEqual } from 'node:util'
import { erasedKind } from '../../shared/erasure/entries.ts'
import type { Entry } from '../../shared/journal/header.ts'
import type { Verification } from '../../shared/ledger/verification.ts'
import { snapshotOf } from './fold-cache.ts'
import { ledgerOf } from './heads.ts'
import { foldRows } from './projections.ts'
import { EntryReader } from './rows.ts'
import type { Connection } from './sqlite.ts'

/** Whether the kept states are what the entries give, and the incidents of which they are not. */
export interface ComparedStates {
  readonly states: Verification['states']
  readonly wrong: readonly string[]
}

/** Told how many more entries were folded; throws to stop. */
type Folding = (entries: number) => void

const TELL_EVERY = 500

/**
 * Compares the snapshot of states that is kept beside the journal with what folding every entry anew gives, incident by
 * incident. A snapshot from before something was erased is no longer used by anybody, and is not looked at.
 */
export async function compareStates(folder: string, db: Connection, onFolded: Folding): Promise<ComparedStates> {
  const kept = snapshotOf(folder, db)
  if (kept === null || hasErasedAfter(db, kept.arrival)) return { states: 'not-kept', wrong: [] }
  const reader = new EntryReader(db)
  const ledger = ledgerOf(db)
  const incidents = db
    .prepare<[number], string>('SELECT DISTINCT incident FROM entry WHERE id <= ?')
    .pluck()
    .all(kept.arrival)
  const all = new Set([...incidents.filter((incident) => incident !== ledger), ...kept.folded.keys()])
  const wrong: string[] = []
  for (const incident of all) {
    const folded = foldRows(counted(reader.each(incident, kept.arrival), onFolded), incident)
    const state: unknown = folded === null ? undefined : JSON.parse(JSON.stringify(folded.state))
    if (!isDeepStrictEqual(kept.folded.get(incident)?.state, state)) wrong.push(incident)
    // Whoever wants to stop this must get a word in.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { states: wrong.length === 0 ? 'equal' : 'different', wrong }
}

function hasErasedAfter(db: Connection, arrival: number): boolean {
  return db.prepare(`SELECT 1 FROM entry WHERE id > ? AND kind = '${erasedKind.kind}'`).get(arrival) !== undefined
}

function* counted(entries: Iterable<Entry>, onFolded: Folding): Generator<Entry> {
  let since = 0
  for (const entry of entries) {
    yield entry
    since += 1
    if (since < TELL_EVERY) continue
    onFolded(since)
    since = 0
  }
  onFolded(since)
}
