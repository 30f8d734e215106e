import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

const text = z.string().min(1).max(1_048_576)

/** Something a person saw, did or heard. */
export const notedKind = kindOf('noted', z.strictObject({ text }))

/** What an earlier entry (named by its hash) should have said. Both stay on record. */
export const correctedKind = kindOf('corrected', z.strictObject({ entry: sha256Schema, text }))

export const noteKinds = [notedKind, correctedKind] as const

export type NoteEntry = EntryOf<(typeof noteKinds)[number]>

/** Corrections by the hash of the entry that they correct, oldest first. */
export type Corrections = Readonly<
  Record<string, readonly { readonly text: string; readonly at: string; readonly by: string }[]>
>

export const emptyCorrections: Corrections = {}

export function stepNotes(corrections: Corrections, entry: NoteEntry): Corrections {
  if (entry.kind === 'noted') return corrections
  const { entry: corrected, text: said } = entry.body
  return {
    ...corrections,
    [corrected]: [...(corrections[corrected] ?? []), { text: said, at: entry.at, by: entry.actor.name }],
  }
}
