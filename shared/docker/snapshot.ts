import { z } from 'zod'
import { containerUsageSchema } from '../findings/sweep.ts'
import { refusalCodes } from '../refusal.ts'
import { dockerEndpointSchema } from './endpoint.ts'

/** What could not be read, as data: the refusal's code and what happened. */
export const unreadSchema = z.strictObject({ read: z.literal(false), code: z.enum(refusalCodes), why: z.string() })

/** What a sweep of an earlier form did not ask for, or what there was no reason to ask for. */
export const notAsked = { read: false as const, code: 'unsupported' as const, why: 'This sweep did not ask for it.' }

/** What a sweep that is under way has not come to. */
export const notYet = { read: false as const, code: 'timed-out' as const, why: 'Not read yet.' }

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

/** How often the lines that were read speak of a known trouble, and when first and last (the engine's timestamps). */
export const logSignatureSchema = z.strictObject({
  trouble: z.string(),
  lines: z.int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
})

/**
 * The end of one stream of a container's log, oldest line first. The whole of what was read is an evidence item; `signatures`
 * are counted over all of it.
 */
export const logTailSchema = z.strictObject({
  lines: z.array(logLineSchema),
  signatures: z.array(logSignatureSchema).default([]),
})

export const healthCheckSchema = z.strictObject({
  endedAt: z.string().nullable(),
  exitCode: z.int(),
  output: z.string(),
})

const publishedPortSchema = z.strictObject({
  /** Inside: '8080/tcp'. */
  inside: z.string(),
  /** Empty and '0.0.0.0' are every address. */
  hostAddress: z.string(),
  hostPort: z.int(),
})

const mountSchema = z.strictObject({
  type: z.string(),
  /** Of a volume; null for a folder of the machine. */
  name: z.string().nullable(),
  source: z.string(),
  destination: z.string(),
  writable: z.boolean(),
})

const networkPlaceSchema = z.strictObject({ name: z.string(), address: z.string().nullable() })

/**
 * What `GET /containers/{id}/json` tells that a rule reads. Times are ISO, null where the engine writes year 1. Fields with a
 * default came with the second form of the snapshot: one of the first is read with them empty.
 */
export const containerFactsSchema = z.strictObject({
  status: z.string(),
  paused: z.boolean().default(false),
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
  /** 'sha256:…' of the image that it was made from. */
  imageId: z.string().nullable().default(null),
  /** As it was asked for; the list tells an id instead once the tag was moved. */
  imageName: z.string().default(''),
  /** Program and arguments in one line. */
  command: z.string().default(''),
  user: z.string().default(''),
  published: z.array(publishedPortSchema).default([]),
  exposed: z.array(z.string()).default([]),
  mounts: z.array(mountSchema).default([]),
  /** 'bridge', 'host', 'none', 'container:…' or a network's name. */
  networkMode: z.string().default(''),
  networks: z.array(networkPlaceSchema).default([]),
  /** `maxSize` null: its log grows without bound. */
  log: z.strictObject({ driver: z.string(), maxSize: z.string().nullable() }).nullable().default(null),
  /** Cores and processes; null is without a limit. */
  limits: z.strictObject({ cores: z.number().nullable(), processes: z.int().nullable() }).nullable().default(null),
  /** Null: the engine's own ten seconds. */
  stopTimeoutSeconds: z.int().nullable().default(null),
  /** How its check is set, in milliseconds; null where it has none or it is not told. */
  healthCheck: z
    .strictObject({
      intervalMs: z.number(),
      timeoutMs: z.number(),
      startPeriodMs: z.number(),
      retries: z.int(),
    })
    .nullable()
    .default(null),
  privileged: z.boolean().default(false),
  /** docker compose's hash of what it was made from. */
  configHash: z.string().nullable().default(null),
  /** The file that its log is in, on the engine's machine. */
  logPath: z.string().nullable().default(null),
  /** Names under which a proxy serves it, from its labels and environment; `tls`: by TLS, as it says itself. */
  hosts: z.array(z.strictObject({ name: z.string(), tls: z.boolean() })).default([]),
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
  cores: z.number().nullable().default(null),
  architecture: z.string().nullable().default(null),
  storageDriver: z.string().nullable().default(null),
  rootFolder: z.string().nullable().default(null),
  /** The machine's own name, and its kernel's version: they tell whether it is this one. */
  machine: z.string().nullable().default(null),
  kernel: z.string().nullable().default(null),
  /** The engine's own clock when it answered. */
  time: z.string().nullable().default(null),
  /** In its own words. */
  warnings: z.array(z.string()).default([]),
})

/** An image that the engine holds, from `GET /images/json`. */
export const imageSchema = z.strictObject({
  id: z.string(),
  /** 'nginx:1.27'; none for an image that no tag names any more. */
  tags: z.array(z.string()),
  createdAt: z.string().nullable(),
  sizeBytes: z.number(),
})

/** What the engine has laid on its disk, from `GET /system/df`. */
export const diskUseSchema = z.strictObject({
  layersBytes: z.number(),
  buildCacheBytes: z.number(),
  /** What each container has written into its own layer. */
  containers: z.array(z.strictObject({ id: z.string(), writtenBytes: z.number() })),
  /** `uses`: containers that mount it; null where the engine does not count. */
  volumes: z.array(z.strictObject({ name: z.string(), bytes: z.number().nullable(), uses: z.int().nullable() })),
})

/** A network of the engine, from `GET /networks`. */
export const networkSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  driver: z.string(),
  /** '172.18.0.0/16' */
  subnets: z.array(z.string()),
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

/**
 * How a port took a connection from this machine.
 *
 * - `answers` took it, and kept it or spoke
 * - `closed`  took it and closed it at once, without a word
 * - `refused` did not take it
 * - `silent`  did neither in time, or there is no way there
 */
export const portAnswerSchema = z.enum(['answers', 'closed', 'refused', 'silent'])

/** What a server showed in the handshake. Times are ISO; `covers`: whether it is good for the `host` that was asked for. */
export const certificateSchema = z.strictObject({
  host: z.string().nullable(),
  covers: z.boolean().nullable(),
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  validFrom: z.string(),
  validTo: z.string(),
  fingerprint: z.string(),
})

/** One published TCP port, tried from this machine. */
export const knockedPortSchema = z.strictObject({
  /** The container's id. */
  container: z.string(),
  inside: z.string(),
  hostPort: z.int(),
  /** Where it was tried: '127.0.0.1:8080'. */
  address: z.string(),
  answer: portAnswerSchema,
  /** The same of the container's own address; null where there was no need or no way to try it. */
  within: portAnswerSchema.nullable(),
  certificates: z.array(certificateSchema),
  /** Of the names that were asked for, those that are said to be served by TLS. */
  tlsHosts: z.array(z.string()),
})

/** Room on the file system that the engine lies on, and the size of logs that nothing bounds. */
export const roomSchema = z.strictObject({
  folder: z.string(),
  totalBytes: z.number(),
  usedBytes: z.number(),
  /** To one who is not root. */
  availableBytes: z.number(),
  /** 0 where the file system does not count them. */
  inodes: z.number(),
  freeInodes: z.number(),
  logs: z.array(z.strictObject({ container: z.string(), bytes: z.number() })),
  /** Logs whose size this user may not see. */
  unseenLogs: z.int(),
})

/** How services were made when this engine was last swept. */
export const earlierSchema = z.strictObject({
  at: z.string(),
  services: z.array(z.strictObject({ project: z.string(), service: z.string(), configHash: z.string() })),
})

/** All that the rules read of one engine at one time. Kept as evidence, so findings can be derived from it again. */
export const engineSnapshotSchema = z.strictObject({
  format: z.enum(['engine-snapshot-1', 'engine-snapshot-2']),
  endpoint: dockerEndpointSchema,
  /** ISO UTC */
  takenAt: z.string(),
  engine: part(engineFactsSchema),
  /** Members of the list that could not be read stand in `strays`. */
  containers: part(z.array(containerSnapshotSchema)),
  strays: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  events: part(z.array(engineEventSchema)),
  images: part(z.array(imageSchema)).default(notAsked),
  networks: part(z.array(networkSchema)).default(notAsked),
  disk: part(diskUseSchema).default(notAsked),
  published: part(z.array(knockedPortSchema)).default(notAsked),
  room: part(roomSchema).default(notAsked),
  earlier: earlierSchema.nullable().default(null),
})

export type Image = z.infer<typeof imageSchema>
export type Network = z.infer<typeof networkSchema>
export type DiskUse = z.infer<typeof diskUseSchema>
export type PortAnswer = z.infer<typeof portAnswerSchema>
export type Certificate = z.infer<typeof certificateSchema>
export type KnockedPort = z.infer<typeof knockedPortSchema>
export type Room = z.infer<typeof roomSchema>
export type Earlier = z.infer<typeof earlierSchema>
export type LogSignature = z.infer<typeof logSignatureSchema>
export type Unread = z.infer<typeof unreadSchema>
export type Part<Value> = { readonly read: true; readonly value: Value } | Unread
export type LogLine = z.infer<typeof logLineSchema>
export type LogTail = z.infer<typeof logTailSchema>
export type ContainerFacts = z.infer<typeof containerFactsSchema>
export type ContainerSnapshot = z.infer<typeof containerSnapshotSchema>
export type EngineFacts = z.infer<typeof engineFactsSchema>
export type EngineEvent = z.infer<typeof engineEventSchema>
export type EngineSnapshot = z.infer<typeof engineSnapshotSchema>
