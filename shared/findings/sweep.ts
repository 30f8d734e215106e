import { z } from 'zod'
import { dockerEndpointSchema } from '../docker/endpoint.ts'
import { findingSchema } from './finding.ts'

/** One container as a list shows it. */
export const containerRowSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  /** The engine's own word: running, exited, restarting, created, paused, dead, removing. */
  state: z.string(),
  /** The engine's own sentence: 'Up 3 hours (healthy)'. */
  status: z.string(),
  /** healthy, unhealthy or starting; null without a health check */
  health: z.string().nullable(),
  project: z.string().nullable(),
  service: z.string().nullable(),
  /** null until the container itself was read: the list does not tell */
  restarts: z.int().nullable(),
  exitCode: z.int().nullable(),
})

export const containerUsageSchema = z.strictObject({
  id: z.string(),
  /** Of one core: 200 is two cores in full use. Null where the engine gave no second sample. */
  cpuPercent: z.number().nullable(),
  /** Without the page cache that can be given back, as `docker stats` shows it. */
  memoryBytes: z.number(),
  memoryLimitBytes: z.number().nullable(),
  /** The part of its time in which its limit of processor time held it back, 0 to 1; null without such a limit. */
  throttledPart: z.number().nullable().default(null),
  processes: z.int().nullable().default(null),
  /** Null is without a limit. */
  processLimit: z.int().nullable().default(null),
})

export const sweepProgressSchema = z.discriminatedUnion('step', [
  /** All rows so far. Comes twice: from the list, and again when each container was read. */
  z.strictObject({ step: z.literal('rows'), rows: z.array(containerRowSchema) }),
  /** So many calls have ended, of so many. */
  z.strictObject({ step: z.literal('read'), done: z.int(), of: z.int() }),
  /** What has come in since the last of these. */
  z.strictObject({ step: z.literal('usage'), usage: z.array(containerUsageSchema) }),
  /** Ranked. `final` is false while something is still being read: a later one replaces this. */
  z.strictObject({ step: z.literal('findings'), findings: z.array(findingSchema), final: z.boolean() }),
])

/** A blind spot: what could not be looked at, and why. */
export const couldNotReadSchema = z.strictObject({ what: z.string(), why: z.string() })

export const sweepSummarySchema = z.strictObject({
  endpoint: dockerEndpointSchema,
  /** ISO UTC */
  startedAt: z.string(),
  endedAt: z.string(),
  tookMs: z.number(),
  engine: z.strictObject({ version: z.string(), apiVersion: z.string() }).nullable(),
  containers: z.int(),
  calls: z.strictObject({ asked: z.int(), answered: z.int(), failed: z.int() }),
  couldNotRead: z.array(couldNotReadSchema),
})

export type ContainerRow = z.infer<typeof containerRowSchema>
export type ContainerUsage = z.infer<typeof containerUsageSchema>
export type SweepProgress = z.infer<typeof sweepProgressSchema>
export type CouldNotRead = z.infer<typeof couldNotReadSchema>
export type SweepSummary = z.infer<typeof sweepSummarySchema>
