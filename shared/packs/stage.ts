import { z } from 'zod'
import { stepSchema } from './step.ts'
import { coversSchema, lineSchema, packIdSchema, parameterIdSchema } from './text.ts'

/** One of several ways; one is chosen. `lastResort` ones stand apart and say so. */
const optionSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  when: lineSchema.optional(),
  lastResort: z.boolean().default(false),
  /** One of the pack's approvals, for all of its steps. */
  approval: packIdSchema.optional(),
  steps: z.array(stepSchema).min(1).max(50),
  covers: coversSchema,
})

/** A group of steps with one purpose, in their order: first its `steps`, then one of its `options`. */
export const stageSchema = z.strictObject({
  id: packIdSchema,
  title: lineSchema,
  purpose: z.enum([
    'assess',
    'communicate',
    'diagnose',
    'evidence',
    'contain',
    'mitigate',
    'recover',
    'verify',
    'follow-up',
    'routine',
  ]),
  summary: lineSchema.optional(),
  steps: z.array(stepSchema).max(100).default([]),
  options: z.array(optionSchema).max(20).default([]),
  /** A parameter whose choices are the ids of the options; its default is the way that is offered first. */
  chosenBy: parameterIdSchema.optional(),
  covers: coversSchema,
})

export const stagesSchema = z.array(stageSchema).max(30).default([])

export type Stage = z.infer<typeof stageSchema>
export type StageOption = z.infer<typeof optionSchema>
