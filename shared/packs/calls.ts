import { z } from 'zod'
import { sha256Schema } from '../journal/header.ts'
import { readinessSchema } from './readiness.ts'

/** The largest file of a pack, in bytes. */
export const packBytesCap = 1_048_576

/** One thing wrong in a pack's file, and what to do about it. Lines and columns count from 1. */
export const packProblemSchema = z.strictObject({
  line: z.int().min(1),
  column: z.int().min(1),
  /** 'triage.questions[2].yes', empty for the file as a whole. */
  path: z.string(),
  /** What is wrong, as a clause: "the key 'titel' is unknown". */
  happened: z.string(),
  /** What was expected, and the nearest value that would do, as sentences. */
  next: z.string(),
  /** The nearest value that would do ("did you mean"); null where none is near. */
  meant: z.string().nullable(),
})
export type PackProblem = z.infer<typeof packProblemSchema>

/** One item of a pack by the ids that lead to it: 'scenarios/slow-api/steps/health'. */
const diffItemSchema = z.strictObject({ path: z.string(), title: z.string() })

/** What differs between two versions of a pack. Items are found again by their ids, so a moved item is no change. */
export const packDiffSchema = z.strictObject({
  before: z.strictObject({ version: z.string(), hash: sha256Schema }),
  after: z.strictObject({ version: z.string(), hash: sha256Schema }),
  added: z.array(diffItemSchema),
  removed: z.array(diffItemSchema),
  /** `fields`: the names of what changed in the item itself; items inside it are told for themselves. */
  changed: z.array(diffItemSchema.extend({ fields: z.array(z.string()) })),
})
export type PackDiff = z.infer<typeof packDiffSchema>

/** Where a pack comes from: with Muster, or imported by the people at this desk. */
export const packOriginSchema = z.enum(['shipped', 'imported'])
export type PackOrigin = z.infer<typeof packOriginSchema>

/** A pack in a line. `hash` is the sha256 of its file. */
export const packSummarySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  hash: sha256Schema,
  origin: packOriginSchema,
})
export type PackSummary = z.infer<typeof packSummarySchema>

/** A file that a person gave: its name for messages, and its bytes as base64. */
const fileSchema = z.strictObject({
  file: z.string().trim().min(1).max(1_000),
  base64: z.string().max(Math.ceil(packBytesCap / 3) * 4),
})

export const packLintedSchema = z.strictObject({
  /** The file, if it may be imported as it stands; null where there is a problem. */
  pack: z.strictObject({ id: z.string(), title: z.string(), version: z.string(), hash: sha256Schema }).nullable(),
  /** In the order of the file; the first hundred. Empty where there is none. */
  problems: z.array(packProblemSchema),
  /** What an import would change in the imported pack of that id; null where there is none, or a problem. */
  diff: packDiffSchema.nullable(),
})
export type PackLinted = z.infer<typeof packLintedSchema>

/** The window's calls about packs, beside `packs.read`. */
export const packCalls = {
  /** Reads a file as an import would, and keeps nothing. Refused only what is no file to be read (over 1 MiB, too slow). */
  lint: { argument: fileSchema, result: packLintedSchema },
  /** Takes it among the packs of this desk. Refused with a problem in it, and with the id of a shipped pack. */
  import: {
    argument: fileSchema,
    result: z.strictObject({ pack: packSummarySchema, diff: packDiffSchema.nullable() }),
  },
  /** Takes an imported pack away. Incidents keep the one that they were declared with. */
  remove: { argument: z.strictObject({ id: z.string().max(100) }), result: z.null() },
  /** What the last import of this pack changed; null where no version before it is kept. */
  diff: { argument: z.strictObject({ id: z.string().max(100) }), result: packDiffSchema.nullable() },
  /** What would be missing on the day, what is due, and which values are the organisation's. */
  readiness: { argument: z.strictObject({ id: z.string().max(100) }), result: readinessSchema },
} as const
