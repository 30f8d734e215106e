import { z } from 'zod'
import { id, line, nothing, text } from '../call-fields.ts'
import { sha256Schema } from '../journal/header.ts'
import { evidenceItemSchema } from './entries.ts'
import { storageSchema } from './storage.ts'

const evidenceCheckedSchema = z.strictObject({
  checks: z.array(z.strictObject({ bundle: sha256Schema, result: z.enum(['match', 'mismatch', 'missing']) })),
  /** What could not be read at all, in words. */
  problems: z.array(z.string()),
})

/** The window's calls about evidence that was kept. */
export const evidenceCalls = {
  /**
   * One item after its bundle was hashed again, which is an entry: as text (1 MiB at most), as a picture (a data URL; 4 MiB
   * at most), or as neither where it is other bytes.
   */
  read: {
    argument: z.strictObject({ incident: id, bundle: sha256Schema, item: z.string().max(200) }),
    result: z.strictObject({
      item: evidenceItemSchema,
      text: z.string().nullable(),
      picture: z.string().nullable(),
      cut: z.boolean(),
      check: z.enum(['match', 'mismatch']),
    }),
  },
  /** Hashes all evidence of an incident again. How it came out are entries; `evidence.progress` tells how far it is. */
  check: { argument: z.strictObject({ incident: id }), result: evidenceCheckedSchema },
  /** Writes an item where the person chooses, and enters to whom it went and why. */
  save: {
    argument: z.strictObject({
      incident: id,
      bundle: sha256Schema,
      item: z.string().max(200),
      to: line,
      because: text,
    }),
    result: z.strictObject({
      path: z.string(),
      sha256: sha256Schema,
      result: z.enum(['match', 'mismatch', 'missing']),
    }),
  },
  /** What the store of evidence holds, what the disk has left, and what is to be said of it. */
  storage: { argument: z.strictObject({}), result: storageSchema },
} as const

/** The window's calls about files that people give. */
export const attachmentCalls = {
  /** Begins to attach a file that a person gave (256 MiB at most); its bytes follow in parts. */
  begin: {
    argument: z.strictObject({
      incident: id,
      name: z.string().max(1_000),
      size: z.int().min(0),
      given: z.enum(['dropped', 'pasted', 'chosen']),
      note: text.nullable(),
    }),
    result: z.strictObject({ upload: z.string() }),
  },
  /** The next bytes as base64, 2 MiB at most; answered when they were taken, with where the next ones begin. */
  part: {
    argument: z.strictObject({ upload: z.string().max(100), at: z.int().min(0), base64: z.string().max(2_900_000) }),
    result: z.strictObject({ next: z.int() }),
  },
  /** Keeps what came, and enters it. */
  end: {
    argument: z.strictObject({ upload: z.string().max(100) }),
    result: z.strictObject({ bundle: sha256Schema, item: evidenceItemSchema }),
  },
  /** Nothing of it is kept. */
  cancel: { argument: z.strictObject({ upload: z.string().max(100) }), result: nothing },
} as const
