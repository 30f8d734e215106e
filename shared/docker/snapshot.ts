import { z } from 'zod'
import { containerUsageSchema } from '../findings/sweep.ts'
import { refusalCodes } from '../refusal.ts'
import { dockerEndpointSchema } from './endpoint.ts'

/** What could not be read, as data: the refusal's code and what happened. */
export const unreadSchema = z.strictObject({ read: z.literal(false), code: z.enum(refusalCodes), why: z.string() })

/** A part of a snapshot: its value, or why it could not be read. */
function part<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion('read', [z.strictObject({ read: z.literal(true), value }), unreadSchema])
}

export const logLineSchema = z.strictObject({
  /** The engine's timestamp as it wrote it (RFC 3339, nanoseconds), null where the line carried none. */
  at: z.string().nullable(),
  /** Masked; bytes that are not UTF-8 stand as U+FFFD. */
  text: z.string(),
  /** The line was longer than what is kept of one. */
  cut: z.boolean(),
})

/** The end of one stream of a container's log, oldest line first. The whole of what was read is an evidence item. */
export const logTailSchema = z.strictObject({ lines: z.array(logLineSchema) })

export const healthCheckSchema = z.strictObject({
  endedAt: z.string().nullable(),
  exitCode: z.int(),
  output: z.string(),
})

/** What `GET /containers/{id}/json` tells that a rule reads. Times are ISO, null where the engine writes year 1. */
export const containerFactsSchema = z.strictObject({
  status: z.string(),
  running: z.boolean(),
  restarting: z.boolean(),
  oomKilled: z.boolean(),
  dead: z.boolean(),
  exitCode: z.int(),
  error: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  restarts: z.int(),
  restartPolicy: z.strictObject({ name: z.string(), maximumRetries: z.int() }),
  /** 0 is without a limit */
  memoryLimitBytes: z.number(),
  tty: z.boolean(),
  stopSignal: z.string().nullable(),
  health: z.strictObject({ status: z.string(), failingStreak: z.int(), checks: z.array(healthCheckSchema) }).nullable(),
})

export const containerSnapshotSchema = z.strictObject({
  id: z.string(),
  /** Without the leading slash of the engine. */
  name: z.string(),
  image: z.string(),
  createdAt: z.string().nullable(),
  state: z.string(),
  status: z.string(),
  project: z.string().nullable(),
  service: z.string().nullable(),
  /** docker compose's `depends_on`, from its label */
  dependsOn: z.array(z.string()),
  /** Started by `docker compose run`: a task for once, not a service. */
  oneOff: z.boolean(),
  facts: part(containerFactsSchema),
  logs: z.strictObject({ stdout: part(logTailSchema), stderr: part(logTailSchema) }).nullable(),
  /** null where none was asked for: the container does not run */
  usage: part(containerUsageSchema).nullable(),
  /** The folder of its items in the evidence bundle: 'containers/backend-1a2b3c4d5e6f'. */
  folder: z.string(),
})

/** What `GET /version` and `GET /info` tell. */
export const engineFactsSchema = z.strictObject({
  version: z.string(),
  apiVersion: z.string(),
  system: z.string().nullable(),
  memoryBytes: z.number().nullable(),
})

/** One thing that happened to a container. The engine keeps the last 256 events of all kinds, in memory alone. */
export const engineEventSchema = z.strictObject({
  at: z.string(),
  /** die, oom, kill, stop, start, restart, create, destroy, pause, unpause, update or rename */
  action: z.string(),
  container: z.string(),
  name: z.string().nullable(),
  exitCode: z.int().nullable(),
  signal: z.int().nullable(),
})

/** All that the rules read of one engine at one time. Kept as evidence, so findings can be derived from it again. */
export const engineSnapshotSchema = z.strictObject({
  format: z.literal('engine-snapshot-1'),
  endpoint: dockerEndpointSchema,
  /** ISO UTC */
  takenAt: z.string(),
  engine: part(engineFactsSchema),
  /** Members of the list that could not be read stand in `strays`. */
  containers: part(z.array(containerSnapshotSchema)),
  strays: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  events: part(z.array(engineEventSchema)),
})

export type Unread = z.infer<typeof unreadSchema>
export type Part<Value> = { readonly read: true; readonly value: Value } | Unread
export type LogLine = z.infer<typeof logLineSchema>
export type LogTail = z.infer<typeof logTailSchema>
export type ContainerFacts = z.infer<typeof containerFactsSchema>
export type ContainerSnapshot = z.infer<typeof containerSnapshotSchema>
export type EngineFacts = z.infer<typeof engineFactsSchema>
export type EngineEvent = z.infer<typeof engineEventSchema>
export type EngineSnapshot = z.infer<typeof engineSnapshotSchema>
