import { z } from 'zod'
import { sha256Schema, ulidSchema } from './header.ts'

/** One incident, written as a file that another desk can import. */
export const exportedFileSchema = z.strictObject({
  path: z.string(),
  sha256: sha256Schema,
  number: z.string(),
  entries: z.int(),
  chains: z.int(),
  bundles: z.int(),
  /** Evidence that is not in the store, or not what it was, and so is not in the file. */
  leftOut: z.array(z.strictObject({ bundle: sha256Schema, why: z.enum(['missing', 'mismatch']) })),
})

/** What the import of such a file brought. */
export const importedFileSchema = z.strictObject({
  incident: ulidSchema,
  number: z.string(),
  entries: z.int(),
  known: z.int(),
  chains: z.int(),
  newChains: z.int(),
  /** The file held more of this desk's own chain than the journal: the desk goes on under a new chain. */
  wasBehind: z.boolean(),
  /** How many texts were here and went, as another desk had erased them. */
  erasedTexts: z.int(),
  /** Conflicts that stand since then, a sentence each. */
  conflicts: z.array(z.string()),
  evidence: z.strictObject({ taken: z.int(), known: z.int(), erased: z.int(), missing: z.int() }),
})

export type ExportedFile = z.infer<typeof exportedFileSchema>
export type ImportedFile = z.infer<typeof importedFileSchema>
