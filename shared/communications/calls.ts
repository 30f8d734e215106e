import { z } from 'zod'
import { ulidSchema } from '../journal/header.ts'
import { packIdSchema } from '../packs/text.ts'

const value = z.string().max(20_000)

const templateLineSchema = z.strictObject({
  id: packIdSchema,
  title: z.string(),
  moment: z.enum(['initial', 'update', 'escalation', 'resolution', 'record']),
  audience: z.enum(['internal', 'management', 'external', 'record']),
  /** Codes of the severities that it was written for, where the incident's is none of them. */
  writtenFor: z.array(z.string()),
})

/** The window's calls about messages. Nothing is sent by them. */
export const communicationsCalls = {
  /** What the runbook of an incident offers to be sent, the fitting ones first; none where it cannot be read. */
  templates: {
    argument: z.strictObject({ incident: ulidSchema }),
    result: z.strictObject({ templates: z.array(templateLineSchema) }),
  },
  /**
   * A message filled from the record and what a person says of its fields. What is missing stands in the text as
   * `‹Title: missing›`, and in `missing`. Refused (`not-found`) where there is no such template.
   */
  draft: {
    argument: z.strictObject({
      incident: ulidSchema,
      template: packIdSchema,
      values: z.record(z.string().max(64), z.union([value, z.array(value).max(200)])),
    }),
    result: z.strictObject({
      subject: z.string().nullable(),
      text: z.string(),
      missing: z.array(
        z.strictObject({ id: z.string(), title: z.string(), choices: z.array(z.string()), why: z.string() }),
      ),
    }),
  },
} as const

export type TemplateLine = z.infer<typeof templateLineSchema>
