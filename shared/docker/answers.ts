import { z } from 'zod'
import { containerUsageSchema, type ContainerUsage } from '../findings/sweep.ts'
import type { EngineEvent } from './snapshot.ts'

/**
 * The engine's answers as its interface promises them (Docker Engine API 1.24 to 1.51, https://docs.docker.com/reference/api/engine/;
 * Podman's compatible one), read leniently: fields that no rule reads are let be, Go's null lists and maps are empty
 * ones. What a rule cannot do without is asked for, so that an answer of another shape is an error of the schema.
 */

export const text = z
  .string()
  .nullish()
  .transform((given) => given ?? '')
export const flag = z
  .boolean()
  .nullish()
  .transform((given) => given ?? false)
export const count = z
  .number()
  .nullish()
  .transform((given) => given ?? 0)
export const whole = z
  .int()
  .nullish()
  .transform((given) => given ?? 0)
/** An id goes into the path of the next call: nothing in it may mean something there. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/)

/** To the millisecond. Go writes its zero time as year 1. */
function moment(given: string | null | undefined): string | null {
  if (given === null || given === undefined || given.startsWith('0001-')) return null
  const at = new Date(given)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}
export const time = z.string().nullish().transform(moment)

export const versionAnswerSchema = z.looseObject({ Version: z.string(), ApiVersion: z.string() })

export const infoAnswerSchema = z.looseObject({
  ServerVersion: z.string(),
  OperatingSystem: z.string().nullish(),
  MemTotal: z.number().nullish(),
  NCPU: z.number().nullish(),
  Architecture: z.string().nullish(),
  Driver: z.string().nullish(),
  DockerRootDir: z.string().nullish(),
  Name: z.string().nullish(),
  KernelVersion: z.string().nullish(),
  SystemTime: time,
  Warnings: z.array(z.string()).nullish(),
})

export const listAnswerSchema = z.array(z.unknown())

export const listedContainerSchema = z.looseObject({
  Id: idSchema,
  Names: z
    .array(z.string())
    .nullish()
    .transform((given) => given ?? []),
  Image: text,
  Created: z.number().nullish(),
  State: z.string(),
  Status: text,
  Labels: z
    .record(z.string(), z.string())
    .nullish()
    .transform((given) => given ?? {}),
})

const cpuSchema = z.looseObject({
  cpu_usage: z.looseObject({ total_usage: z.number(), percpu_usage: z.array(z.number()).nullish() }),
  system_cpu_usage: z.number().nullish(),
  online_cpus: z.number().nullish(),
  throttling_data: z.looseObject({ periods: z.number().nullish(), throttled_periods: z.number().nullish() }).nullish(),
})

export const statsAnswerSchema = z.looseObject({
  read: time,
  cpu_stats: cpuSchema,
  precpu_stats: cpuSchema.nullish(),
  pids_stats: z.looseObject({ current: z.number().nullish(), limit: z.number().nullish() }).nullish(),
  memory_stats: z.looseObject({
    usage: z.number().nullish(),
    limit: z.number().nullish(),
    privateworkingset: z.number().nullish(),
    stats: z.record(z.string(), z.unknown()).nullish(),
  }),
})

export const eventAnswerSchema = z.looseObject({
  Type: text,
  Action: z.string(),
  Actor: z.looseObject({
    ID: z.string(),
    Attributes: z
      .record(z.string(), z.string())
      .nullish()
      .transform((given) => given ?? {}),
  }),
  time: z.number(),
  /** Beyond what a number holds exactly: good to the microsecond. */
  timeNano: z.number().nullish(),
})

export type ListedContainer = z.infer<typeof listedContainerSchema>

/** CPU and memory as `docker stats` computes them (docker/cli, cli/command/container/stats_helpers.go, 20.10 to 28). */
export function usageOf(id: string, answer: z.infer<typeof statsAnswerSchema>): ContainerUsage {
  const { memory_stats: memory } = answer
  const usage = memory.usage ?? memory.privateworkingset ?? 0
  const inactive = inactiveFile(memory.stats ?? {})
  return containerUsageSchema.parse({
    id,
    cpuPercent: cpuPercent(answer),
    memoryBytes: inactive < usage ? usage - inactive : usage,
    memoryLimitBytes: (memory.limit ?? 0) > 0 ? memory.limit : null,
    throttledPart: throttledPart(answer),
    processes: wholeFrom(answer.pids_stats?.current),
    processLimit: wholeFrom(answer.pids_stats?.limit),
  })
}

/** Of the scheduler's periods between the two samples, the part in which it was held back; null without any. */
function throttledPart({ cpu_stats: now, precpu_stats: before }: z.infer<typeof statsAnswerSchema>): number | null {
  const periods = (now.throttling_data?.periods ?? 0) - (before?.throttling_data?.periods ?? 0)
  const held = (now.throttling_data?.throttled_periods ?? 0) - (before?.throttling_data?.throttled_periods ?? 0)
  return periods <= 0 || held < 0 ? null : Math.min(1, held / periods)
}

/** The kernel writes 'no limit' as a number beyond what one holds exactly. */
function wholeFrom(given: number | null | undefined): number | null {
  return given !== null && given !== undefined && Number.isSafeInteger(given) && given > 0 ? given : null
}

/** cgroup v1 names it total_inactive_file, v2 inactive_file. */
function inactiveFile(stats: Record<string, unknown>): number {
  const given = stats['total_inactive_file'] ?? stats['inactive_file']
  return typeof given === 'number' ? given : 0
}

function cpuPercent({ cpu_stats: now, precpu_stats: before }: z.infer<typeof statsAnswerSchema>): number | null {
  if (before === null || before === undefined) return null
  // The first sample of all has no one before it: the engine sends zeros.
  if ((before.system_cpu_usage ?? 0) === 0) return null
  const used = now.cpu_usage.total_usage - before.cpu_usage.total_usage
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0)
  const cores = now.online_cpus ?? now.cpu_usage.percpu_usage?.length ?? 1
  if (passed <= 0 || used < 0) return null
  return (used / passed) * cores * 100
}

/** One event, or null for one that is not about a container. */
export function eventOf(answer: z.infer<typeof eventAnswerSchema>): EngineEvent | null {
  const { Type, Action, Actor, time: seconds, timeNano } = answer
  if (Type !== '' && Type !== 'container') return null
  const at = new Date(timeNano === null || timeNano === undefined ? seconds * 1000 : timeNano / 1_000_000)
  if (Number.isNaN(at.getTime())) return null
  return {
    at: at.toISOString(),
    action: podmanActions[Action] ?? Action,
    container: Actor.ID,
    name: Actor.Attributes['name'] ?? null,
    exitCode: wholeOrNull(Actor.Attributes['exitCode']),
    signal: wholeOrNull(Actor.Attributes['signal']),
  }
}

/** Podman's words for Docker's, where it does not say Docker's (4.3). */
const podmanActions: Readonly<Record<string, string>> = { died: 'die', remove: 'destroy' }

function wholeOrNull(given: string | undefined): number | null {
  return given !== undefined && /^\d{1,9}$/.test(given) ? Number(given) : null
}
