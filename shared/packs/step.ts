import { z } from 'zod'
import { coversSchema, lineSchema, packIdSchema, parameterIdSchema, proseSchema } from './text.ts'

/*
 * What a step does is typed: there is no shell string anywhere. Texts may hold `${NAME}` for a parameter of the pack.
 * `place` names a machine that the user binds; a step without one reaches its target over the network from the desk.
 */

const compose = { file: lineSchema, service: lineSchema }

/** What only looks: the code of these kinds cannot change its target. */
export const probeCallSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http-get'), url: lineSchema }),
  z.strictObject({ kind: z.literal('github-runs'), repository: lineSchema, limit: z.int().min(1).max(100) }),
  z.strictObject({
    kind: z.literal('compose-logs'),
    /** Null: the compose project's own default file. */
    file: lineSchema.nullable(),
    service: lineSchema,
    /** Newest lines to read; null: all, up to the caps of the probe. */
    tail: z.int().min(1).max(100_000).nullable(),
    /** Keep only lines that hold one of these words, upper and lower case alike; empty: every line. */
    words: z.array(lineSchema).max(20),
  }),
  z.strictObject({ kind: z.literal('docker-stats') }),
  z.strictObject({ kind: z.literal('postgres-connections'), url: parameterIdSchema }),
  z.strictObject({ kind: z.literal('vault-audit-devices') }),
  z.strictObject({
    kind: z.literal('generate-secret'),
    bytes: z.int().min(16).max(1024),
    encoding: z.enum(['base64', 'hex']),
    /** What a later step of the same scenario calls it. */
    output: packIdSchema,
  }),
])

/** What changes something. */
export const actionCallSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('compose-restart'), ...compose }),
  z.strictObject({ kind: z.literal('compose-scale'), ...compose, replicas: z.int().min(0).max(1_000) }),
  /** Starts the service again from an earlier image; which one is chosen on the day, from those seen before. */
  z.strictObject({ kind: z.literal('compose-roll-back'), ...compose }),
  z.strictObject({
    kind: z.literal('postgres-end-queries'),
    url: parameterIdSchema,
    activeLongerThanMinutes: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal('vault-revoke-own-token') }),
  z.strictObject({ kind: z.literal('vault-write'), path: lineSchema, field: lineSchema, valueFrom: packIdSchema }),
  z.strictObject({
    kind: z.literal('cloudflare-block-address'),
    zone: parameterIdSchema,
    token: parameterIdSchema,
    address: parameterIdSchema,
  }),
  /** A program at a place, started with exactly these arguments. */
  z.strictObject({ kind: z.literal('local-command'), argv: z.array(lineSchema).min(1).max(100), folder: lineSchema }),
])

const common = {
  id: packIdSchema,
  title: lineSchema,
  /** The machine it runs at, one of the pack's places. */
  place: packIdSchema.optional(),
  /** Do it only then: 'the service is overloaded'. */
  when: lineSchema.optional(),
  /** How the runbook was read, where its command does not work as written. */
  note: proseSchema.optional(),
  /** What can go wrong that the runbook does not say. */
  warning: proseSchema.optional(),
  covers: coversSchema,
}

/** The command that a person would type for the step, for reading and copying; Muster never runs this text. */
const command = proseSchema

export const stepSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('probe'), ...common, call: probeCallSchema, command }),
  z.strictObject({ type: z.literal('action'), ...common, call: actionCallSchema, command }),
  /** A page to open in the browser. */
  z.strictObject({ type: z.literal('link'), ...common, url: lineSchema, command }),
  /** Something that a person does and reports back. */
  z.strictObject({ type: z.literal('manual'), ...common, text: proseSchema, command: command.optional() }),
])

export type Step = z.infer<typeof stepSchema>
