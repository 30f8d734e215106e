import type { Refusal } from '../../shared/refusal.ts'
import type { Imported } from './import-incident.ts'
import type { MergedEntries } from './merge-entries.ts'
import type { IncidentFileWanted, WrittenIncidentFile } from './write-incident-file.ts'

/** What the merge thread is started with. */
export type MergeJob =
  | { readonly kind: 'export'; readonly wanted: IncidentFileWanted }
  | { readonly kind: 'import'; readonly dataFolder: string; readonly file: string }

/** A refusal to pass on, or a bug with its stack for the log. */
export type MergeFailure = { readonly refusal: Refusal } | { readonly bug: string }

/** What the merge thread says: it asks once for the entries to be merged (an import), and ends with what it did. */
export type MergeSaid =
  | { readonly kind: 'merge'; readonly sha256: string }
  | { readonly kind: 'exported'; readonly written: WrittenIncidentFile }
  | { readonly kind: 'imported'; readonly imported: Imported }
  | { readonly kind: 'failed'; readonly failure: MergeFailure }

/** The answer to 'merge'. */
export type MergeAnswer = { readonly merged: MergedEntries } | { readonly failure: MergeFailure }
