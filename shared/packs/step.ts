import { z } from 'zod'
import { actionCallSchema } from './action-call.ts'
import { probeCallSchema } from './probe-call.ts'
import {
  coversSchema,
  fileNameSchema,
  lineSchema,
  minutesSchema,
  packIdSchema,
  parameterIdSchema,
  placePathSchema,
  proseSchema,
} from './text.ts'

/*
 * What a step does is typed: there is no shell string anywhere. Texts may hold `${NAME}` for a parameter of the pack,
 * a built-in value, or the output of an earlier step of the same list. `place` names a machine, container or pod that
 * the user binds; a step without one reaches its target over the network from the desk.
 */

const common = {
  id: packIdSchema,
  title: lineSchema,
  /** Where it runs, one of the pack's places. */
  place: packIdSchema.optional(),
  /** Do it only then: 'the service is overloaded'. A person judges. */
  when: lineSchema.optional(),
  /** Do it only when an earlier step of the same list came out so; Muster judges. */
  onlyIf: z.strictObject({ step: packIdSchema, came: z.enum(['good', 'bad']) }).optional(),
  /** Do it only where this parameter has one of these values; Muster judges. */
  onlyWith: z.strictObject({ parameter: parameterIdSchema, values: z.array(lineSchema).min(1).max(20) }).optional(),
  /** Do it only at these severities. */
  severities: z.array(packIdSchema).max(4).default([]),
  /** One run, journalled for itself, per value of this list parameter; `${value}` stands for it. */
  forEach: parameterIdSchema.optional(),
  /** What later steps of the same list call what came out: a pid, a file's name, a previous image. */
  output: packIdSchema.optional(),
  /** The answer before masking is kept too, sealed in the vault's key. */
  keepRaw: z.literal('sealed').optional(),
  /** How the runbook was read, where its command does not work as written. */
  note: proseSchema.optional(),
  /** What can go wrong that the runbook does not say. */
  warning: proseSchema.optional(),
  covers: coversSchema,
}

/** The command that a person would type for the step, for reading and copying; Muster never runs this text. */
const command = proseSchema

/** What a good answer looks like; all that is given must hold. */
const expectSchema = z.strictObject({
  status: z.array(z.int().min(100).max(599)).max(20).optional(),
  contains: lineSchema.optional(),
  below: z.number().optional(),
  above: z.number().optional(),
  /** What to say when it is good and when it is not. */
  good: lineSchema.optional(),
  bad: lineSchema.optional(),
})

/** How a change is held. `evidenceFirst` and `revertedBy` name steps of the same stage or option. */
const guarded = {
  /** What it may cost: `low` is undone by itself, `high` interrupts users, `destroys` loses data for good. */
  risk: z.enum(['low', 'medium', 'high', 'destroys']),
  /** One of the pack's approvals. */
  approval: packIdSchema.optional(),
  /** Taken back after this long. */
  timeBoxMinutes: minutesSchema.optional(),
  evidenceFirst: z.array(packIdSchema).max(20).default([]),
  revertedBy: packIdSchema.optional(),
}

/** What a program gets on its standard input. */
const stdinSchema = z.union([
  z.strictObject({ text: proseSchema }),
  z.strictObject({ output: packIdSchema }),
  z.strictObject({ secret: parameterIdSchema }),
  z.strictObject({ file: placePathSchema }),
])

/**
 * A program at a place, started with exactly these arguments. A fixed `script` is allowed inside a container or pod
 * only; values reach it as positional parameters ($1, $2, …), never inside its text.
 */
const programSchema = z.union([
  z.strictObject({ argv: z.array(lineSchema).min(1).max(100) }),
  z.strictObject({ script: proseSchema, parameters: z.array(lineSchema).max(20).default([]) }),
])

const program = {
  run: programSchema,
  folder: lineSchema.optional(),
  stdin: stdinSchema.optional(),
  /** Exit statuses that are good. */
  expectExit: z.array(z.int().min(0).max(255)).min(1).max(20).default([0]),
  /** A file at the place that its output is written to. */
  into: placePathSchema.optional(),
}

/** What an evidence step takes. */
const takeSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('probe'), call: probeCallSchema }),
  z.strictObject({ from: z.literal('program'), ...program }),
  z.strictObject({ from: z.literal('files'), files: placePathSchema }),
  z.strictObject({ from: z.literal('text'), text: proseSchema, file: placePathSchema.optional() }),
  z.strictObject({ from: z.literal('database'), target: packIdSchema, database: lineSchema }),
  /** The incident's own record: `pack` the evidence pack, `hashes` the list of hashes, `place` where it is kept. */
  z.strictObject({ from: z.literal('incident'), part: z.enum(['pack', 'hashes', 'place']) }),
])

export const stepSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('probe'),
    ...common,
    call: probeCallSchema,
    expect: expectSchema.optional(),
    command,
  }),
  z.strictObject({ type: z.literal('action'), ...common, call: actionCallSchema, ...guarded, command }),
  /** A program that only Muster's user knows: a make target, a script. It runs after consent to its exact arguments. */
  z.strictObject({
    type: z.literal('local-command'),
    ...common,
    ...program,
    effect: z.discriminatedUnion('does', [
      z.strictObject({ does: z.literal('reads') }),
      z.strictObject({ does: z.literal('changes'), ...guarded }),
    ]),
    expect: expectSchema.optional(),
    command,
  }),
  /** The pack's own statement for a database; `values` are bound ($1, $2, …), never written into it. */
  z.strictObject({
    type: z.literal('statement'),
    ...common,
    target: packIdSchema,
    statement: proseSchema,
    values: z.array(lineSchema).max(20).default([]),
    /** Its rows are kept as evidence under this name. */
    saveAs: fileNameSchema.optional(),
    effect: z.discriminatedUnion('does', [
      z.strictObject({ does: z.literal('reads') }),
      z.strictObject({ does: z.literal('changes'), ...guarded }),
    ]),
    command,
  }),
  z.strictObject({
    type: z.literal('evidence'),
    ...common,
    take: takeSchema,
    saveAs: fileNameSchema,
    /** Takes longer than a minute or more than 100 MB. */
    slow: z.boolean().default(false),
    command: command.optional(),
  }),
  /** `seconds` null: until a person says so. */
  z.strictObject({
    type: z.literal('wait'),
    ...common,
    seconds: z.number().positive().max(86_400).nullable(),
    until: lineSchema.optional(),
    command: command.optional(),
  }),
  /** Something to tick. */
  z.strictObject({ type: z.literal('check'), ...common, text: lineSchema, detail: lineSchema.optional() }),
  /** A page to open in the browser. */
  z.strictObject({ type: z.literal('link'), ...common, url: lineSchema, command: command.optional() }),
  /** Something that a person does and reports back. */
  z.strictObject({
    type: z.literal('manual'),
    ...common,
    text: proseSchema,
    /** What the person reports is kept as evidence under this name. */
    saveAs: fileNameSchema.optional(),
    effect: z.enum(['reads', 'changes']).default('reads'),
    approval: packIdSchema.optional(),
    command: command.optional(),
  }),
])

export type Step = z.infer<typeof stepSchema>
export type StepType = Step['type']
