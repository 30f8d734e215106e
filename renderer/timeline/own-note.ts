import { readEntry } from '../../shared/incident/kinds.ts'
import type { Entry } from '../../shared/journal/header.ts'

/** The words of a note or a correction; null for every other entry. */
export function readWords(entry: Entry): string | null {
  if (entry.kind !== 'noted' && entry.kind !== 'corrected') return null
  const read = readEntry(entry)
  return read?.kind === 'noted' || read?.kind === 'corrected' ? read.body.text : null
}

/** The text of a note that this person recorded; null for every other entry. */
export function readOwnNote(entry: Entry, name: string): string | null {
  if (entry.kind !== 'noted' || entry.recorded_by.name !== name) return null
  const note = readEntry(entry)
  return note?.kind === 'noted' ? note.body.text : null
}
