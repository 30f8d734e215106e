import { z } from 'zod'
import { stepSchema } from './step.ts'
import { coversSchema, lineSchema, packIdSchema, parameterIdSchema } from './text.ts'

/** One level of severity. `rank` 1 is the worst; ranks make packs comparable, `code` and `name` are what people say. */
const packSeveritySchema = z.strictObject({
  id: packIdSchema,
  code: lineSchema,
  name: lineSchema,
  rank: z.int().min(1).max(4),
  summary: lineSchema,
  examples: z.array(lineSchema).max(20),
  /** Minutes from detection to the first response; null where the runbook states none. */
  respondWithinMinutes: z.number().positive().nullable(),
  /** Signs of a finding that suggest this level; each inner list must be there as a whole. */
  suggestedBy: z.array(z.array(packIdSchema).min(1).max(10)).max(50),
  covers: coversSchema,
})

/** A question of the triage. 'Yes' makes it at least that severity, or lowers what the others made it. */
const questionSchema = z.strictObject({
  id: packIdSchema,
  text: lineSchema,
  yes: z.union([z.strictObject({ severity: packIdSchema }), z.strictObject({ lowerBy: z.int().min(1).max(3) })]),
  covers: coversSchema,
})

/** Minutes after detection or after resolution; `toMinutes` null where the runbook leaves the end open. */
const windowSchema = z
  .strictObject({
    after: z.enum(['detection', 'resolution']),
    fromMinutes: z.number().min(0),
    toMinutes: z.number().positive().nullable(),
  })
  .refine((window) => window.toMinutes === null || window.toMinutes > window.fromMinutes, 'ends before it begins')

const checklistItemSchema = z.strictObject({
  id: packIdSchema,
  text: lineSchema,
  /** How, in a few words. */
  detail: lineSchema.optional(),
  covers: coversSchema,
})

const phaseSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  summary: lineSchema,
  window: windowSchema,
  checklist: z.array(checklistItemSchema).max(50),
  steps: z.array(stepSchema).max(50),
  covers: coversSchema,
})

const scenarioSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  summary: lineSchema,
  /** Words that findings carry when this scenario fits; see `signs` of shared/findings/finding.ts. */
  signs: z.array(packIdSchema).max(50),
  /** What people notice, as the runbook states it; empty where it states nothing. */
  symptoms: z.array(lineSchema).max(20),
  steps: z.array(stepSchema).min(1).max(50),
  /** How to see that it helped. */
  verify: z.array(stepSchema).max(20),
  covers: coversSchema,
})

const escalationSchema = z.strictObject({
  id: packIdSchema,
  /** Who passes it on; null: whoever has it. `severities`: the levels that this rung stands for. */
  from: z.strictObject({ role: packIdSchema, severities: z.array(packIdSchema) }).nullable(),
  to: z.strictObject({ roles: z.array(packIdSchema).min(1), severities: z.array(packIdSchema) }),
  /** All that is given must hold. */
  when: z
    .strictObject({
      unresolvedMinutes: z.number().positive().optional(),
      severities: z.array(packIdSchema).min(1).optional(),
      condition: lineSchema.optional(),
    })
    .refine((when) => Object.keys(when).length > 0, 'says nothing about when'),
  covers: coversSchema,
})

const templateSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  moment: z.enum(['initial', 'update', 'resolution']),
  severities: z.array(packIdSchema).min(1),
  /** The message, line by line; `${name}` stands for a field below. */
  lines: z
    .array(z.strictObject({ id: packIdSchema, text: lineSchema, covers: coversSchema }))
    .min(1)
    .max(50),
  fields: z
    .array(z.strictObject({ id: packIdSchema, title: lineSchema, choices: z.array(lineSchema).max(20) }))
    .max(50),
  covers: coversSchema,
})

const postMortemFieldSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  form: z.enum(['text', 'list', 'date', 'time', 'duration', 'number', 'severity', 'person', 'action-items']),
  hint: lineSchema.optional(),
  covers: coversSchema,
})

const postMortemSchema = z.strictObject({
  title: lineSchema,
  /** Hours after resolution; null where the runbook sets no deadline. */
  dueWithinHours: z.number().positive().nullable(),
  sections: z
    .array(
      z.strictObject({ id: packIdSchema, title: lineSchema, fields: z.array(postMortemFieldSchema).min(1).max(50) }),
    )
    .max(50),
  covers: coversSchema,
})

const roleSchema = z.strictObject({ id: packIdSchema, title: lineSchema })

/** The form of a pack, before its items are checked against each other (pack.ts does both). */
export const packShapeSchema = z.strictObject({
  apiVersion: z.literal('muster.dev/v1'),
  id: packIdSchema,
  title: lineSchema,
  version: z
    .string()
    .max(32)
    .regex(/^\d+\.\d+\.\d+$/, 'is not a version such as 1.0.0'),
  /** Which system or organisation it is for. */
  scope: lineSchema,
  source: z.strictObject({
    document: lineSchema,
    category: lineSchema.nullable(),
    /** The control of a standard that it answers. */
    control: lineSchema.nullable(),
    updated: z.iso.date().nullable(),
    covers: coversSchema,
  }),
  /** Worst first. */
  severities: z.array(packSeveritySchema).min(1).max(4),
  triage: z.strictObject({
    questions: z.array(questionSchema).max(50),
    /** Between two levels the higher one holds, and is marked as assumed. */
    whenUnsure: z.literal('higher'),
  }),
  thresholds: z
    .array(
      z.strictObject({
        id: packIdSchema,
        title: lineSchema,
        above: z.number(),
        unit: z.enum(['seconds', 'percent', 'minutes']),
        severity: packIdSchema.nullable(),
        covers: coversSchema,
      }),
    )
    .max(100),
  roles: z.array(roleSchema).max(100),
  commander: z
    .array(
      z.strictObject({
        severities: z.array(packIdSchema).min(1),
        /** Any of them may command. */
        roles: z.array(packIdSchema).min(1),
        covers: coversSchema,
      }),
    )
    .max(10),
  contacts: z
    .array(
      z.strictObject({
        role: packIdSchema,
        responsibility: lineSchema.nullable(),
        trigger: lineSchema,
        covers: coversSchema,
      }),
    )
    .max(100),
  escalation: z.array(escalationSchema).max(200),
  detection: z
    .array(
      z.strictObject({
        id: packIdSchema,
        title: lineSchema,
        automated: z.boolean(),
        /** How the news arrives; null where the runbook does not say. */
        arrivesBy: lineSchema.nullable(),
        covers: coversSchema,
      }),
    )
    .max(50),
  /** In their order. */
  phases: z.array(phaseSchema).max(20),
  places: z.array(z.strictObject({ id: packIdSchema, title: lineSchema, hint: lineSchema })).max(50),
  parameters: z
    .array(
      z.strictObject({
        id: parameterIdSchema,
        title: lineSchema,
        type: z.enum(['text', 'domain', 'url', 'address']),
        secret: z.boolean(),
        covers: coversSchema,
      }),
    )
    .max(100),
  scenarios: z.array(scenarioSchema).max(100),
  templates: z.array(templateSchema).max(100),
  cadence: z
    .array(
      z.strictObject({
        id: packIdSchema,
        severities: z.array(packIdSchema).min(1),
        after: z.enum(['initial', 'update']),
        /** Minutes to the next update; null where each update states the time of the next itself. */
        updateWithinMinutes: z.number().positive().nullable(),
        rule: lineSchema,
        covers: coversSchema,
      }),
    )
    .max(50),
  postMortem: postMortemSchema,
})

export type PackShape = z.infer<typeof packShapeSchema>
