import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import { type EntryOf, kindOf } from '../journal/kind.ts'

const text = z.string().min(1).max(1_048_576)

/** Something a person saw, did or heard. */
export const notedKind = kindOf('noted', z.strictObject({ text }))

/** What an earlier entry (named by its hash) should have said. Both stay on record. */
export const correctedKind = kindOf('corrected', z.strictObject({ entry: sha256Schema, text }))

/** An entry (named by its hash) is pinned for the report, or no longer. */
export const starredKind = kindOf('starred', z.strictObject({ entry: sha256Schema, on: z.boolean() }))

export const noteKinds = [notedKind, correctedKind, starredKind] as const

export type NoteEntry = EntryOf<(typeof noteKinds)[number]>

/** Corrections by the hash of the entry that they correct, oldest first. */
export type Corrections = Readonly<
  Record<
    string,
    readonly {
      /** The correction's own entry. */
      readonly entry: string
      readonly seq: number
      readonly text: string
      readonly at: string
      readonly by: string
    }[]
  >
>

export const emptyCorrections: Corrections = {}

/** Hashes of the entries that are starred, in the order in which they were. */
export type Stars = readonly string[]

export const emptyStars: Stars = []

export function stepStars(stars: Stars, { body: { entry, on } }: EntryOf<typeof starredKind>): Stars {
  const others = stars.filter((starred) => starred !== entry)
  return on ? [...others, entry] : others
}

export function stepNotes(corrections: Corrections, entry: Exclude<NoteEntry, { kind: 'starred' }>): Corrections {
  if (entry.kind === 'noted') return corrections
  const { entry: corrected, text: said } = entry.body
  return {
    ...corrections,
    [corrected]: [
      ...(corrections[corrected] ?? []),
      { entry: entry.hash, seq: entry.seq, text: said, at: entry.at, by: entry.actor.name },
    ],
  }
}
