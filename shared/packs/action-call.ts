import { z } from 'zod'
import { lineSchema, packIdSchema, parameterIdSchema, placePathSchema } from './text.ts'

/*
 * What changes something. `target` names one of the pack's targets; compose and container kinds run at the step's
 * place. Texts may hold `${NAME}`; none is ever read by a shell.
 */

const target = packIdSchema
const compose = { file: placePathSchema.nullable().default(null), services: z.array(lineSchema).max(50).default([]) }
const one = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape })

const docker = [
  /** Without services: all of the project. */
  one('compose-restart', compose),
  one('compose-stop', compose),
  one('compose-start', { ...compose, recreate: z.boolean().default(false) }),
  one('compose-remove', compose),
  one('compose-build', compose),
  one('compose-pull', compose),
  one('compose-scale', { file: compose.file, service: lineSchema, replicas: z.int().min(0).max(1_000) }),
  /** Starts the service again from an earlier image; which one is chosen on the day, from those seen before. */
  one('compose-roll-back', { file: compose.file, service: lineSchema }),
  one('container-limit', { container: lineSchema, cpus: z.number().positive().max(1_024) }),
] as const

const kubernetes = [
  one('kube-restart', { target, workload: lineSchema }),
  one('kube-scale', { target, workload: lineSchema, replicas: z.int().min(0).max(10_000) }),
  one('kube-undo', { target, workload: lineSchema }),
  one('kube-set-env', {
    target,
    workload: lineSchema,
    set: z
      .array(z.strictObject({ name: lineSchema, value: lineSchema }))
      .max(50)
      .default([]),
    unset: z.array(lineSchema).max(50).default([]),
  }),
  one('kube-resize-claim', { target, claim: lineSchema, storage: lineSchema }),
] as const

const databases = [
  one('postgres-end-connections', {
    target,
    state: z.enum(['active', 'idle']),
    longerThanMinutes: z.number().positive(),
  }),
  one('postgres-maintain', { target, what: z.enum(['vacuum-analyze', 'reindex']), table: lineSchema.nullable() }),
  one('postgres-create-database', { target, database: lineSchema }),
  one('postgres-drop-database', { target, database: lineSchema }),
  /** A dump into a file at the step's place. */
  one('postgres-dump', { target, database: lineSchema, file: placePathSchema }),
  /** A dump of the step's place, unpacked if it is packed, read into a database. */
  one('postgres-load', { target, database: lineSchema, file: placePathSchema }),
  /** The key reaches the server by its own protocol alone, so a secret may stand in it. */
  one('redis-delete', { target, key: lineSchema }),
  one('redis-flush', { target }),
  one('mongodb-reindex', { target, collection: lineSchema }),
  one('mongodb-clear-plan-cache', { target, collection: lineSchema }),
  one('mongodb-restore', { target, folder: placePathSchema, drop: z.boolean() }),
] as const

const services = [
  one('http-send', {
    target,
    method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE']),
    path: lineSchema,
    headers: z
      .array(z.strictObject({ name: lineSchema, value: lineSchema }))
      .max(20)
      .default([]),
    body: lineSchema.nullable().default(null),
  }),
  one('vault-revoke-own-token', { target }),
  /** `from` is the output of an earlier step. `keepOthers`: the other fields at the path stay. */
  one('vault-write', { target, path: lineSchema, field: lineSchema, from: packIdSchema, keepOthers: z.boolean() }),
  one('cloudflare-block-address', { target, zone: parameterIdSchema, address: parameterIdSchema }),
] as const

export const actionCallSchema = z.discriminatedUnion('kind', [...docker, ...kubernetes, ...databases, ...services])

/** Fields, by kind, that no program is ever given: there `${NAME}` may be a secret, which is shown as its name only. */
export const secretFields: Readonly<Record<string, readonly string[]>> = { 'redis-delete': ['key'] }

export type ActionCall = z.infer<typeof actionCallSchema>
