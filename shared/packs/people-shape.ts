import { z } from 'zod'
import { coversSchema, lineSchema, minutesSchema, packIdSchema } from './text.ts'

const severities = z.array(packIdSchema).max(4).default([])
const incidentTypes = z.array(packIdSchema).max(100).default([])

export const meansSchema = z.enum(['phone', 'sms', 'email', 'chat', 'pager', 'page', 'in-person'])

/** A post in the team, with what it owes. Packs hold posts; the people behind them are the user's own. */
export const roleSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  team: z.enum(['core', 'extended']).optional(),
  summary: lineSchema.optional(),
  /** Needed only then. */
  when: lineSchema.optional(),
  duties: z
    .array(z.strictObject({ id: packIdSchema, text: lineSchema, covers: coversSchema }))
    .max(30)
    .default([]),
  /** When it can be called; no severities: at any. */
  onCall: z
    .array(
      z.strictObject({
        severities,
        hours: z.enum(['always', 'business', 'as-needed']),
        condition: lineSchema.optional(),
        covers: coversSchema,
      }),
    )
    .max(10)
    .default([]),
  covers: coversSchema,
})

/** Who may command at which severities: any of the roles. */
export const commanderSchema = z.strictObject({
  severities: z.array(packIdSchema).min(1),
  roles: z.array(packIdSchema).min(1),
  covers: coversSchema,
})

/** A role that is called, and how. No address where the runbook leaves it open: the overlay fills it. */
export const contactSchema = z.strictObject({
  role: packIdSchema,
  responsibility: lineSchema.nullable().default(null),
  trigger: lineSchema.nullable().default(null),
  addresses: z
    .array(z.strictObject({ means: meansSchema, value: lineSchema }))
    .max(10)
    .default([]),
  covers: coversSchema,
})

/** A way to reach people; the lower `order`, the earlier it is tried. */
export const contactMethodSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  means: meansSchema,
  order: z.int().min(1).max(20).nullable().default(null),
  address: lineSchema.optional(),
  when: lineSchema.optional(),
  covers: coversSchema,
})

/** An edge of the escalation: from whoever has it to the next. All roles of `to` are called at the same time. */
export const escalationSchema = z.strictObject({
  id: packIdSchema,
  /** Null: whoever has it. `severities`: the levels that this rung stands for. */
  from: z.strictObject({ role: packIdSchema, severities }).nullable().default(null),
  to: z.strictObject({ roles: z.array(packIdSchema).min(1), severities }),
  level: z.enum(['primary', 'secondary', 'executive']).optional(),
  /** All that is given must hold. */
  when: z
    .strictObject({
      unresolvedMinutes: minutesSchema.optional(),
      severities: z.array(packIdSchema).min(1).optional(),
      incidentTypes: z.array(packIdSchema).min(1).optional(),
      /** What of the systems is affected, as people call them; any of these. */
      systems: z.array(lineSchema).min(1).max(50).optional(),
      condition: lineSchema.optional(),
      /** The one before was called and did not answer, or could not solve it. */
      unanswered: z.literal(true).optional(),
    })
    .refine((when) => Object.keys(when).length > 0, 'says nothing about when'),
  /** Nobody comes after these. */
  last: z.boolean().default(false),
  covers: coversSchema,
})

/** How calls are waited for; null where the runbook states nothing: the overlay fills it. */
export const calloutsSchema = z.strictObject({
  answerWithinMinutes: minutesSchema.nullable().default(null),
  /** How often the same person is called before the next. */
  tries: z.int().min(1).max(20).nullable().default(null),
  /** Called again if it was taken up but is not solved by then. */
  againAfterMinutes: minutesSchema.nullable().default(null),
})

/** Somebody is told, once, within a time from declaration; 0 is at once. */
export const notificationSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  severities,
  incidentTypes,
  roles: z.array(packIdSchema).max(20).default([]),
  /** Who else, in words. */
  audience: lineSchema.optional(),
  withinMinutes: z.number().min(0).max(5_256_000).nullable().default(null),
  condition: lineSchema.optional(),
  methods: z.array(packIdSchema).max(10).default([]),
  /** A channel by its name, where one is made or used. */
  channel: lineSchema.optional(),
  template: packIdSchema.optional(),
  covers: coversSchema,
})

/** What must be said yes to, by whom. `roles`: each inner list gives one yes; empty where the runbook names nobody. */
export const approvalSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  roles: z.array(z.array(packIdSchema).min(1)).max(5).default([]),
  severities,
  lastResort: z.boolean().default(false),
  /** Taken back after this long. */
  timeBoxMinutes: minutesSchema.nullable().default(null),
  /** An edge of the escalation that is called as soon as it is asked for. */
  escalation: packIdSchema.optional(),
  rules: z
    .array(z.strictObject({ id: packIdSchema, text: lineSchema, covers: coversSchema }))
    .max(20)
    .default([]),
  covers: coversSchema,
})
