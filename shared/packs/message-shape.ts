import { z } from 'zod'
import { coversSchema, lineSchema, packIdSchema } from './text.ts'

/** Where a field's value comes from by itself; a field without one is asked for. */
export const fieldSourceSchema = z.enum([
  'number',
  'title',
  'severity',
  /** 1 to 4, for papers that ask for a number. */
  'severity-rank',
  'status',
  'impact',
  'started-at',
  'detected-at',
  'resolved-at',
  'duration',
  'commander',
  'commander-contact',
  'reporter',
  'affected',
  'type',
  'actions-taken',
  'next-update',
  'root-cause',
  'fix',
  'now',
])

/** A message or paper with fields. `${name}` in a line stands for a field below. */
export const templateSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  moment: z.enum(['initial', 'update', 'escalation', 'resolution', 'record']),
  audience: z.enum(['internal', 'management', 'external', 'record']).default('internal'),
  /** None: for all. */
  severities: z.array(packIdSchema).max(4).default([]),
  subject: lineSchema.optional(),
  /** Line by line. A line with `each` stands once for every value of that field. */
  lines: z
    .array(
      z.strictObject({
        id: packIdSchema,
        text: z.union([lineSchema, z.literal('')]),
        each: packIdSchema.optional(),
        covers: coversSchema,
      }),
    )
    .min(1)
    .max(80),
  fields: z
    .array(
      z.strictObject({
        id: packIdSchema,
        title: lineSchema,
        from: fieldSourceSchema.optional(),
        list: z.boolean().default(false),
        optional: z.boolean().default(false),
        choices: z.array(lineSchema).max(20).default([]),
        covers: coversSchema,
      }),
    )
    .max(80)
    .default([]),
  covers: coversSchema,
})

export type Template = z.infer<typeof templateSchema>
export type FieldSource = z.infer<typeof fieldSourceSchema>
