import { z } from 'zod'
import { coversSchema, lineSchema, parameterIdSchema } from './text.ts'

/**
 * A value that the pack leaves open: `${id}` in its texts. A secret one names a credential of the vault and may stand
 * only in a header, in the key of a store that is spoken with natively, as the standard input of a program or as a
 * target's credential, never in an argument or a text. Of a secret list each value names a credential.
 */
export const parameterSchema = z.strictObject({
  id: parameterIdSchema,
  title: lineSchema,
  type: z.enum(['text', 'number', 'domain', 'url', 'address', 'path', 'choice']),
  /** Several values; a step with `forEach` runs once for each. */
  list: z.boolean().default(false),
  secret: z.boolean().default(false),
  /** May stay empty; the steps that need it are then left out. */
  optional: z.boolean().default(false),
  default: lineSchema.optional(),
  /** For `choice`. */
  choices: z.array(lineSchema).max(50).default([]),
  hint: lineSchema.optional(),
  covers: coversSchema,
})

/** Values that every text of a pack may name beside its parameters, and what stands for them. */
export const builtInValues: Readonly<Record<string, string>> = {
  incidentNumber: 'number of the incident, as INC-2026-0131-0001',
  incidentTitle: 'title of the incident',
  severity: 'code of the severity in force',
  commander: 'name of the commander',
  startedAt: 'when it was detected',
  now: 'the time of the step, as 2026-01-31 14:05 UTC',
  today: 'the day of the step, as 20260131',
  stamp: 'day and time of the step, as 20260131-140502',
  value: 'the value of this run, in a step that runs for each of a list',
}
