import { z } from 'zod'
import { coversSchema, lineSchema, minutesSchema, packIdSchema } from './text.ts'

/** One level of severity. `rank` 1 is the worst; ranks make packs comparable, `code` and `name` are what people say. */
export const severitySchema = z.strictObject({
  id: packIdSchema,
  code: lineSchema,
  name: lineSchema,
  rank: z.int().min(1).max(4),
  summary: lineSchema,
  /** Who notices, and how. */
  impact: lineSchema.optional(),
  examples: z.array(lineSchema).max(20).default([]),
  /** Never the only sign of it. Left out: by rank. */
  colour: z.enum(['red', 'orange', 'yellow', 'blue', 'grey']).optional(),
  /** Minutes from detection until somebody says that it is theirs; null where the runbook states none. */
  acknowledgeWithinMinutes: minutesSchema.nullable().default(null),
  /** Minutes from detection to the first response; null where the runbook states none. */
  respondWithinMinutes: minutesSchema.nullable().default(null),
  /** Signs of a finding that suggest this level; each inner list must be there as a whole. */
  suggestedBy: z.array(z.array(packIdSchema).min(1).max(10)).max(50).default([]),
  covers: coversSchema,
})

/** A question of the triage. 'Yes' makes it at least that severity, or lowers what the others made it. */
const questionSchema = z.strictObject({
  id: packIdSchema,
  text: lineSchema,
  yes: z.union([z.strictObject({ severity: packIdSchema }), z.strictObject({ lowerBy: z.int().min(1).max(3) })]),
  covers: coversSchema,
})

const gridSideSchema = z
  .array(z.strictObject({ id: packIdSchema, title: lineSchema }))
  .min(1)
  .max(6)

/** Impact down, urgency across, both worst first; each cell is a severity. */
const gridSchema = z.strictObject({
  impact: gridSideSchema,
  urgency: gridSideSchema,
  cells: z.array(z.array(packIdSchema)),
  covers: coversSchema,
})

export const triageSchema = z.strictObject({
  questions: z.array(questionSchema).max(50).default([]),
  grid: gridSchema.optional(),
  /** Between two levels the higher one holds, and is marked as assumed. */
  whenUnsure: z.literal('higher'),
})

/** In what order it is worked on, where a runbook tells that apart from how bad it is. */
export const prioritySchema = z.strictObject({
  id: packIdSchema,
  code: lineSchema,
  title: lineSchema,
  covers: coversSchema,
})

/** What sort of incident it is; `group` heads several. `severities`: those that the runbook names for it. */
export const incidentTypeSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  group: lineSchema.optional(),
  severities: z.array(packIdSchema).max(4).default([]),
  covers: coversSchema,
})

/** A number that says when something is too much (`above`) or too little (`below`). */
export const thresholdSchema = z
  .strictObject({
    id: packIdSchema,
    title: lineSchema,
    above: z.number().optional(),
    below: z.number().optional(),
    unit: z.enum(['milliseconds', 'seconds', 'minutes', 'hours', 'days', 'percent', 'count']),
    severity: packIdSchema.nullable().default(null),
    note: lineSchema.optional(),
    covers: coversSchema,
  })
  .refine(({ above, below }) => above !== undefined || below !== undefined, 'has neither `above` nor `below`')
