import type { Corrections } from './entries.ts'

type Correction = Corrections[string][number]

/**
 * What an entry should have said: its newest correction, in the words of that one's own newest correction where it was
 * corrected in turn. Null for an entry that stands as it was written.
 */
export function correctionOf(corrections: Corrections, entry: string): Correction | null {
  let found = corrections[entry]?.at(-1) ?? null
  // An entry names only entries that were there before it, so no chain of corrections ends where it began.
  for (let next = found; next !== null; next = corrections[next.entry]?.at(-1) ?? null) found = next
  return found
}

/** Every correction of an entry, and of those in turn: what may repeat its words. In the order of the journal. */
export function correctionsUnder(corrections: Corrections, entry: string): Correction[] {
  const under = (hash: string): Correction[] =>
    (corrections[hash] ?? []).flatMap((correction) => [correction, ...under(correction.entry)])
  return under(entry).toSorted((a, b) => (a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1))
}
