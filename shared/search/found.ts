import { z } from 'zod'
import { modeSchema, sha256Schema, ulidSchema } from '../journal/header.ts'

/** What a person asks search. */
export const askSchema = z.strictObject({
  /** As typed; `readQuery` says what it means. */
  text: z.string().max(2_000),
  /** Whether the last word may still go on. */
  typing: z.boolean(),
  /** The best first, instead of the newest. */
  ranked: z.boolean(),
  limit: z.int().min(1).max(500),
  /** How far the person's clock is ahead of UTC. */
  offsetMinutes: z.int().min(-1_000).max(1_000),
})

/** One entry that fits, or one item of evidence (`evidence`) by the entry that kept it. */
export const hitSchema = z.strictObject({
  incident: ulidSchema,
  number: z.string(),
  title: z.string(),
  mode: modeSchema,
  hash: sha256Schema,
  /** When it was logged, and when it happened: ISO UTC. */
  at: z.string(),
  happenedAt: z.string(),
  by: z.string(),
  kind: z.string(),
  starred: z.boolean(),
  evidence: z.strictObject({ bundle: sha256Schema, item: z.string() }).nullable(),
  /** The words around the first match on one line; `marks` says where in it words stand that were looked for. */
  excerpt: z.strictObject({
    text: z.string(),
    marks: z.array(z.tuple([z.int(), z.int()]).readonly()).readonly(),
  }),
})

/** How far the index follows the journal. */
export const indexStateSchema = z.strictObject({
  /** `building`: what has not been read yet is not found yet. */
  state: z.enum(['ready', 'building']),
  /** Arrivals that the index holds, and that the journal has. */
  done: z.int(),
  of: z.int(),
  /** Bundles of evidence that wait to be read. */
  bundles: z.int(),
})

export const foundSchema = z.strictObject({
  /** Newest first by when they arrived at this desk, or best first. */
  hits: z.array(hitSchema),
  more: z.boolean(),
  /** Where ranking took too long: only entries since then were compared. ISO UTC. */
  rankedSince: z.string().nullable(),
  /** Where nothing was found: words and filters of which any one, left out, would find something. */
  drop: z.array(z.string()),
  /** What of the question could not be read: sentences. */
  problems: z.array(z.string()),
  index: indexStateSchema,
})

export type Ask = z.infer<typeof askSchema>
export type Hit = z.infer<typeof hitSchema>
export type IndexState = z.infer<typeof indexStateSchema>
export type Found = z.infer<typeof foundSchema>
