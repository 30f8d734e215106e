import { z } from 'zod'
import { chainIdSchema, sha256Schema } from '../journal/header.ts'

/** How far a verification has come. `done` of `of`: entries, entries again (folded), bytes of evidence. */
export const verifyingSchema = z.strictObject({
  step: z.enum(['entries', 'states', 'evidence']),
  done: z.number(),
  of: z.number(),
})

/** What a check of a whole data folder found. */
export const verificationSchema = z.strictObject({
  ok: z.boolean(),
  chains: z.int(),
  entries: z.int(),
  /** Bundles of evidence that were hashed again. */
  bundles: z.int(),
  /** How many bodies and bundles are gone by an entry that says so. */
  erased: z.int(),
  /** Which, as sentences; the first 200. */
  erasures: z.array(z.string()),
  /** Each says which chain and entry, and what is wrong with it. */
  problems: z.array(z.string()),
  /** Whether the kept states of incidents are what their entries give; they can be thrown away and made anew. */
  states: z.enum(['equal', 'different', 'not-kept', 'not-looked-at']),
  /** Each anchor that was compared and of which every head still stands, as sentences. */
  anchors: z.array(z.string()),
  /** What this check cannot see, in plain words. */
  limits: z.array(z.string()),
  heads: z.array(
    z.strictObject({
      incident: z.string(),
      number: z.string(),
      chain: chainIdSchema,
      seq: z.int(),
      hash: sha256Schema,
    }),
  ),
  tookMs: z.number(),
})

export type Verifying = z.infer<typeof verifyingSchema>
export type Verification = z.infer<typeof verificationSchema>
