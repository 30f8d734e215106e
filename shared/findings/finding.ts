import { z } from 'zod'

/** What a finding is about. `id` is the target's own full id; `name` is what a person would type. */
export const findingObjectSchema = z.strictObject({
  kind: z.enum(['engine', 'container']),
  name: z.string(),
  id: z.string(),
  /** docker compose project and service, where the labels name them */
  project: z.string().nullable(),
  service: z.string().nullable(),
})

/**
 * One thing that is wrong (or could not be looked at), read from a snapshot by a pure rule. The snapshot is kept
 * as evidence, so the same finding can be derived from it again.
 */
export const findingSchema = z.strictObject({
  /** Signature id of the catalogue of failure signatures, for example 'D02'. */
  code: z.string(),
  /** 1 is the most important of its sweep; dense and unique within it. */
  rank: z.int().min(1),
  /** 1 live-incident signal, 2 strong context or slow burn, 3 hygiene. */
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  object: findingObjectSchema,
  /** What is wrong, in one short sentence without a full stop: 'backend was killed for lack of memory'. */
  title: z.string(),
  /** Cause first, then what follows from it, in one or two sentences. */
  why: z.string(),
  /** The cause in a few words, or null where the snapshot does not tell it. */
  cause: z.string().nullable(),
  /** Symptoms folded under this finding: each the code and title of what would else stand alone. */
  effects: z.array(z.strictObject({ code: z.string(), object: findingObjectSchema, title: z.string() })),
  /** How sure: 'measured' read straight from the target; 'likely' joined from several readings; 'possible' a guess. */
  sure: z.enum(['measured', 'likely', 'possible']),
  /** When it began, ISO UTC, or null. */
  since: z.string().nullable(),
  /** What changed shortly before, newest first. */
  changed: z.array(z.strictObject({ at: z.string(), what: z.string() })),
  /** Words that a pack's scenarios are matched against, for example 'service-down', 'out-of-memory', 'database'. */
  signs: z.array(z.string()),
  /** The one next step, in one sentence. */
  next: z.string(),
  /** Names of the items in the sweep's evidence bundle that it was read from. */
  evidence: z.array(z.string()),
})

export type FindingObject = z.infer<typeof findingObjectSchema>
export type Finding = z.infer<typeof findingSchema>
