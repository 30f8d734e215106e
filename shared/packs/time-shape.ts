import { z } from 'zod'
import { stagesSchema } from './stage.ts'
import { coversSchema, lineSchema, minutesSchema, packIdSchema } from './text.ts'

/** Minutes after detection or after resolution; `toMinutes` null where the runbook leaves the end open. */
const windowSchema = z
  .strictObject({
    after: z.enum(['detection', 'resolution']),
    fromMinutes: z.number().min(0),
    toMinutes: minutesSchema.nullable(),
  })
  .refine((window) => window.toMinutes === null || window.toMinutes > window.fromMinutes, 'ends before it begins')

/** A part of the response, in its window. */
export const phaseSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  summary: lineSchema,
  window: windowSchema.nullable().default(null),
  stages: stagesSchema,
  covers: coversSchema,
})

export const cadenceSchema = z.strictObject({
  id: packIdSchema,
  severities: z.array(packIdSchema).max(4).default([]),
  /** One of the pack's templates, where it is about that message. */
  template: packIdSchema.optional(),
  after: z.enum(['initial', 'update']),
  /** Minutes to the next update; null where each update states the time of the next itself. */
  updateWithinMinutes: minutesSchema.nullable(),
  rule: lineSchema,
  covers: coversSchema,
})

/** A duty towards an authority. It runs only once a person says that it holds. */
export const regulatorySchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  authority: lineSchema,
  after: z.enum(['detection', 'declaration', 'awareness']),
  withinMinutes: minutesSchema,
  /** Minutes count in business hours only. */
  businessHours: z.boolean().default(false),
  holdsWhen: lineSchema,
  covers: coversSchema,
})

/** When people work; clocks that follow it stand still outside. Days: 1 is Monday. */
export const businessHoursSchema = z.strictObject({
  timeZone: lineSchema,
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 09:00'),
  to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 17:00'),
})

export const everySchema = z.strictObject({
  count: z.int().min(1).max(1_000),
  unit: z.enum(['minute', 'hour', 'day', 'week', 'month', 'year']),
})

/** A rehearsal that is due again and again. */
export const drillSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  severities: z.array(packIdSchema).max(4).default([]),
  form: z.enum(['fire-drill', 'tabletop', 'review', 'record']),
  /** Null for what is only written down: when it was last, when it is due. */
  every: everySchema.nullable(),
  covers: coversSchema,
})

/** Work outside of incidents; `every` null: when somebody asks for it. */
export const routineSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  summary: lineSchema.optional(),
  /** Heads several routines. */
  group: lineSchema.optional(),
  every: everySchema.nullable(),
  stages: stagesSchema,
  covers: coversSchema,
})

export type Every = z.infer<typeof everySchema>
export type BusinessHours = z.infer<typeof businessHoursSchema>
