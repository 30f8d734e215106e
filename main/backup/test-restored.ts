import { refuse } from '../../shared/refusal.ts'
import { systemClock } from '../journal/clock.ts'
import { headsOf } from '../journal/heads.ts'
import { JournalStore, journalFile } from '../journal/journal-store.ts'
import { runVerification } from '../journal/run-verification.ts'
import { openConnection } from '../journal/sqlite.ts'
import { StoredRows } from '../journal/stored-rows.ts'
import type { Manifest } from './manifest.ts'

export interface Tested {
  readonly incidents: number
  readonly heads: readonly { readonly number: string; readonly seq: number; readonly hash: string }[]
}

/**
 * Tries a restored folder: every chain, body and piece of evidence, each head that the backup names, and that it opens
 * and folds. Rejects with a refusal (`damaged`) at the first thing that is not as it was.
 */
export async function testRestored(
  folder: string,
  { manifest, anchor }: { manifest: Manifest; anchor: string },
  tried: string,
): Promise<Tested> {
  const verification = await runVerification(folder, { anchors: anchor, states: false })
  // What was missing when the backup was made is missing now: it is said, and keeps nobody from the rest.
  const known = verification.problems.filter((problem) => isKnown(problem, manifest.problems))
  const [problem] = verification.problems.filter((each) => !known.includes(each))
  if (problem !== undefined) throw notTheSame(tried, problem)
  assertHeads(folder, manifest, tried)
  const incidents = openOnce(folder)
  if (incidents !== manifest.incidents) {
    throw notTheSame(tried, `It opens with ${incidents} incidents, and ${manifest.incidents} were backed up.`)
  }
  return { incidents, heads: verification.heads.map(({ number, seq, hash }) => ({ number, seq, hash })) }
}

/** Both name the evidence by the same first digits. */
function isKnown(problem: string, known: readonly string[]): boolean {
  const [bundle] = /\b[0-9a-f]{12}…/.exec(problem) ?? []
  return bundle !== undefined && known.some((each) => each.includes(bundle))
}

function assertHeads(folder: string, { heads, entries, desk }: Manifest, tried: string): void {
  const db = openConnection(journalFile(folder), 'read')
  try {
    const rows = new StoredRows(db)
    const found = new Map(headsOf(db).map((head) => [head.chain, head]))
    for (const { chain, seq, hash } of heads) {
      const head = found.get(chain)
      if (head?.seq !== seq || head.hash !== hash)
        throw notTheSame(tried, `Chain ${chain.slice(0, 8)} does not end at its head, ${seq}.`)
    }
    if (found.size !== heads.length || rows.last() !== entries || rows.ledger() !== desk) {
      throw notTheSame(tried, 'The journal holds other entries than the backup says.')
    }
  } finally {
    db.close()
  }
}

/** How many incidents it folds to. */
function openOnce(folder: string): number {
  const journal = new JournalStore(folder, systemClock)
  try {
    return journal.states().length
  } finally {
    journal.close()
  }
}

function notTheSame(tried: string, happened: string) {
  return refuse('damaged', {
    tried,
    happened: `${happened} Nothing was restored; the backup is as it was.`,
    next: 'Take another backup or the mirror.',
  })
}
