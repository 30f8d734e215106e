import { z } from 'zod'
import { lineSchema, packIdSchema, patternSchema, placePathSchema } from './text.ts'

/*
 * What only looks: the code of these kinds cannot change what it looks at. A pack's own SQL, a program and HTTP other
 * than GET and HEAD are never among them. `target` names one of the pack's targets; the kinds of files, hosts, compose
 * projects and containers run at the step's place. Texts may hold `${NAME}`.
 */

const target = packIdSchema
const limit = z.int().min(1).max(10_000)
const tail = z.int().min(1).max(100_000).nullable()
const services = z.array(lineSchema).max(50).default([])
const file = placePathSchema.nullable().default(null)
/** Lines to keep of what is read: those that match, of these the newest `last`. */
const lines = {
  pattern: patternSchema.nullable().default(null),
  ignoreCase: z.boolean().default(false),
  last: limit.nullable().default(null),
}
/** `fields` are columns to keep, from 1; `count` puts equal lines together, most first. */
const columns = {
  fields: z.array(z.int().min(1).max(100)).max(20).default([]),
  count: z.boolean().default(false),
}
const one = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape })

const headers = z
  .array(z.strictObject({ name: lineSchema, value: lineSchema }))
  .max(20)
  .default([])

const docker = [
  /** Containers of a compose project and their state. */
  one('compose-list', { file, services }),
  one('compose-logs', { file, services, tail: tail.default(null), follow: z.boolean().default(false), ...lines }),
  one('container-logs', {
    container: lineSchema,
    tail: tail.default(null),
    follow: z.boolean().default(false),
    ...lines,
  }),
  /** Processor and memory of the containers whose names hold one of these; of all, where none is named. */
  one('container-stats', { containers: z.array(lineSchema).max(50).default([]) }),
] as const

const kubernetes = [
  one('kube-list', {
    target,
    resource: z.enum(['pods', 'events', 'deployments', 'statefulsets', 'services', 'nodes', 'persistentvolumeclaims']),
    selector: lineSchema.optional(),
    sortBy: z.enum(['name', 'last-seen']).default('name'),
  }),
  one('kube-describe', {
    target,
    resource: z.enum(['pods', 'deployments', 'statefulsets', 'persistentvolumeclaims', 'nodes']),
    name: lineSchema.optional(),
    selector: lineSchema.optional(),
  }),
  one('kube-logs', {
    target,
    selector: lineSchema,
    allContainers: z.boolean().default(false),
    tail: tail.default(null),
    ...lines,
  }),
  one('kube-rollout-status', { target, workload: lineSchema }),
] as const

const http = [
  /** GET or HEAD. `json` is the part of the answer that is asked for, in jq's notation, for reading. */
  one('http-get', {
    target,
    path: lineSchema,
    method: z.enum(['GET', 'HEAD']).default('GET'),
    headers,
    json: lineSchema.optional(),
  }),
  one('prometheus-query', { target, query: lineSchema, json: lineSchema.optional() }),
  one('prometheus-rules', { target, json: lineSchema.optional() }),
  one('elasticsearch-health', { target, json: lineSchema.optional() }),
  one('temporal-workflows', { target, namespace: lineSchema }),
  one('temporal-workflow', {
    target,
    workflow: lineSchema,
    run: lineSchema.optional(),
    history: z.boolean().default(false),
  }),
  one('vault-audit-devices', { target }),
  one('github-runs', { target, limit: z.int().min(1).max(100) }),
] as const

const databases = [
  one('postgres-ready', { target }),
  one('postgres-version', { target }),
  /** How many connections there are. */
  one('postgres-connections', { target }),
  one('postgres-database-statistics', { target, columns: z.array(lineSchema).max(30) }),
  one('postgres-slow-queries', {
    target,
    longerThanMs: z.number().min(0).nullable(),
    columns: z.array(lineSchema).max(30),
    limit,
  }),
  one('postgres-long-queries', { target, activeLongerThanSeconds: z.number().min(0) }),
  one('redis-ping', { target }),
  one('redis-info', { target, section: z.enum(['replication', 'memory', 'stats', 'clients', 'persistence']) }),
  one('redis-keys', { target, match: lineSchema }),
  one('nats-connect', { target }),
  one('mongodb-ping', { target }),
  one('mongodb-status', { target, part: z.enum(['connections', 'opcounters']) }),
  one('mongodb-operations', { target, longerThanSeconds: z.number().min(0) }),
] as const

const hosts = [
  one('host-disk', { path: placePathSchema.nullable().default(null) }),
  one('host-memory', {}),
  one('host-cpu', { samples: z.int().min(1).max(3_600).default(1), everySeconds: z.int().min(1).max(60).default(1) }),
  one('host-load', {}),
  one('host-io', { samples: z.int().min(1).max(100), everySeconds: z.int().min(1).max(60) }),
  /** `match` is found in the command line. */
  one('host-processes', {
    sortBy: z.enum(['cpu', 'memory', 'pid']),
    limit: limit.nullable(),
    match: patternSchema.nullable().default(null),
  }),
  /** Open sockets; `summary` counts them by state. */
  one('host-sockets', { listening: z.boolean().default(false), summary: z.boolean().default(false) }),
  one('host-open-files', {}),
  one('folder-size', { path: placePathSchema }),
  /** Files by pattern of their path; the newest alone where `newest` says so. */
  one('file-list', { files: placePathSchema, newest: z.boolean().default(false) }),
  /** First lines of a file, unpacked if it is packed. */
  one('file-head', { file: placePathSchema, lines: limit }),
  one('archive-list', { file: placePathSchema }),
  /** Lines of files that match. */
  one('log-scan', {
    files: z.array(placePathSchema).min(1).max(50),
    ...lines,
    pattern: patternSchema,
    also: patternSchema.nullable().default(null),
    follow: z.boolean().default(false),
    ...columns,
  }),
  /** Lines of what an earlier evidence step took; `from` is that step's output. No machine is asked. */
  one('evidence-scan', { from: packIdSchema, ...lines, pattern: patternSchema, ...columns }),
] as const

const certificates = [
  /** A handshake: chain, names, expiry; with a client certificate where its files at the place are given. */
  one('tls-handshake', {
    target,
    clientCertificate: placePathSchema.optional(),
    clientKey: placePathSchema.optional(),
    authority: placePathSchema.optional(),
  }),
  one('certificate-expiry', { files: placePathSchema }),
] as const

/** Random bytes for a later step of the same list; never shown, never in an argument. */
const secrets = [
  one('generate-secret', { bytes: z.int().min(16).max(1024), encoding: z.enum(['base64', 'hex']) }),
] as const

export const probeCallSchema = z.discriminatedUnion('kind', [
  ...docker,
  ...kubernetes,
  ...http,
  ...databases,
  ...hosts,
  ...certificates,
  ...secrets,
])

export type ProbeCall = z.infer<typeof probeCallSchema>
