import { type KnownEntry, readEntry } from '../incident/kinds.ts'
import type { Entry } from '../journal/header.ts'

/** An entry with its place in the order of the fold (from 1) and, where Muster can read it, its typed form. */
export interface Told {
  readonly no: number
  readonly entry: Entry
  readonly known: KnownEntry | null
}

export function tellAll(entries: readonly Entry[]): Told[] {
  return entries.map((entry, index) => ({ no: index + 1, entry, known: readEntry(entry) }))
}
