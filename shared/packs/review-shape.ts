import { z } from 'zod'
import { coversSchema, lineSchema, minutesSchema, packIdSchema, placePathSchema } from './text.ts'

const fieldSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  form: z.enum([
    'text',
    'list',
    'date',
    'time',
    'duration',
    'number',
    'severity',
    'person',
    'action-items',
    'timeline',
    'number-of-incident',
  ]),
  hint: lineSchema.optional(),
  covers: coversSchema,
})

export const postMortemSchema = z.strictObject({
  title: lineSchema,
  /** Hours after resolution; null where the runbook sets no deadline. */
  dueWithinHours: z.number().positive().nullable().default(null),
  /** What is due then. */
  due: z.enum(['written', 'scheduled']).default('written'),
  /** The deadline holds for these; none: for all. */
  dueSeverities: z.array(packIdSchema).max(4).default([]),
  sections: z
    .array(
      z.strictObject({
        id: packIdSchema,
        title: lineSchema,
        fields: z.array(fieldSchema).min(1).max(50),
        covers: coversSchema,
      }),
    )
    .max(50)
    .default([]),
  covers: coversSchema,
})

/** The review meeting. */
export const reviewSchema = z.strictObject({
  title: lineSchema,
  agenda: z
    .array(
      z.strictObject({
        id: packIdSchema,
        title: lineSchema,
        minutes: minutesSchema.nullable().default(null),
        points: z
          .array(z.strictObject({ id: packIdSchema, text: lineSchema, covers: coversSchema }))
          .max(20)
          .default([]),
        covers: coversSchema,
      }),
    )
    .max(30),
  covers: coversSchema,
})

/** Something to do once it is over; the window counts from resolution. */
export const postIncidentSchema = z.strictObject({
  id: packIdSchema,
  text: lineSchema,
  group: lineSchema.optional(),
  fromHours: z.number().min(0).nullable().default(null),
  withinHours: z.number().positive().nullable().default(null),
  severities: z.array(packIdSchema).max(4).default([]),
  condition: lineSchema.optional(),
  /** Who is told or asked. */
  audience: lineSchema.optional(),
  covers: coversSchema,
})

/** What evidence there must be, and where the runbook wants it. */
export const evidenceRuleSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  rule: z.enum(['before-change', 'in-pack', 'file', 'keep']),
  text: lineSchema.optional(),
  /** Where the runbook wants the file; Muster's evidence pack is laid out so. */
  path: placePathSchema.optional(),
  /** For how long it is kept at least. */
  keepDays: z.number().positive().optional(),
  /** Only once the review has been. */
  afterReview: z.boolean().default(false),
  /** Scenarios that it holds for; none: all. */
  scenarios: z.array(packIdSchema).max(50).default([]),
  covers: coversSchema,
})

/** A report that the runbook's script prints: its heading, its parts, its messages. */
export const reportSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  lines: z.array(lineSchema).max(30).default([]),
  sections: z.array(lineSchema).max(30).default([]),
  covers: coversSchema,
})
