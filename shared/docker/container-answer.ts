import { z } from 'zod'
import { count, flag, idSchema, text, time, whole } from './answers.ts'
import { hostsOf } from './host-names.ts'
import type { ContainerFacts } from './snapshot.ts'

/*
 * The answer of `GET /containers/{id}/json`, read as leniently as the others of answers.ts.
 */

const texts = z
  .array(z.string())
  .nullish()
  .transform((given) => given ?? [])

/** Go writes an empty list or map as null. */
function mapOf<Value extends z.ZodType>(value: Value) {
  return z
    .record(z.string(), value)
    .nullish()
    .transform((given) => given ?? {})
}

const bindingSchema = z.looseObject({ HostIp: text, HostPort: text })
const portsSchema = mapOf(z.array(bindingSchema).nullish())

const healthSchema = z.looseObject({
  Status: z.string(),
  FailingStreak: whole,
  Log: z
    .array(z.looseObject({ End: time, ExitCode: z.int(), Output: text }))
    .nullish()
    .transform((given) => given ?? []),
})

export const inspectAnswerSchema = z.looseObject({
  Id: idSchema,
  RestartCount: whole,
  Image: text,
  LogPath: text,
  Path: text,
  Args: texts,
  State: z.looseObject({
    Status: z.string(),
    Running: z.boolean(),
    Paused: flag,
    Restarting: flag,
    OOMKilled: flag,
    Dead: flag,
    ExitCode: z.int(),
    Error: text,
    StartedAt: time,
    FinishedAt: time,
    Health: healthSchema.nullish(),
    // Podman before 5 wrote it so in its compatible answers
    Healthcheck: healthSchema.nullish(),
  }),
  HostConfig: z.looseObject({
    Memory: count,
    RestartPolicy: z.looseObject({ Name: text, MaximumRetryCount: whole }).nullish(),
    NetworkMode: text,
    PortBindings: portsSchema,
    LogConfig: z.looseObject({ Type: text, Config: mapOf(z.string()) }).nullish(),
    NanoCpus: count,
    CpuQuota: count,
    CpuPeriod: count,
    PidsLimit: z.number().nullish(),
    Privileged: flag,
  }),
  Mounts: z
    .array(z.looseObject({ Type: text, Name: z.string().nullish(), Source: text, Destination: text, RW: flag }))
    .nullish()
    .transform((given) => given ?? []),
  NetworkSettings: z
    .looseObject({
      Ports: portsSchema,
      Networks: mapOf(z.looseObject({ IPAddress: text })),
    })
    .nullish(),
  Config: z.looseObject({
    Tty: flag,
    StopSignal: z.string().nullish(),
    StopTimeout: z.int().nullish(),
    User: text,
    Image: text,
    ExposedPorts: mapOf(z.unknown()),
    Labels: mapOf(z.string()),
    Env: texts,
    Healthcheck: z
      .looseObject({ Test: texts, Interval: count, Timeout: count, StartPeriod: count, Retries: whole })
      .nullish(),
  }),
})

type Inspected = z.infer<typeof inspectAnswerSchema>

/** A container's own account of itself, as the rules read it. */
export function factsOf(answer: Inspected): ContainerFacts {
  const { State: state, HostConfig: host, Config: config } = answer
  const health = state.Health ?? state.Healthcheck
  return {
    status: state.Status,
    paused: state.Paused,
    running: state.Running,
    restarting: state.Restarting,
    oomKilled: state.OOMKilled,
    dead: state.Dead,
    exitCode: state.ExitCode,
    error: state.Error,
    startedAt: state.StartedAt,
    finishedAt: state.FinishedAt,
    restarts: answer.RestartCount,
    restartPolicy: {
      name: host.RestartPolicy?.Name === '' ? 'no' : (host.RestartPolicy?.Name ?? 'no'),
      maximumRetries: host.RestartPolicy?.MaximumRetryCount ?? 0,
    },
    memoryLimitBytes: host.Memory,
    tty: config.Tty,
    stopSignal: config.StopSignal ?? null,
    health:
      health === null || health === undefined || health.Status === 'none' || health.Status === ''
        ? null
        : {
            status: health.Status,
            failingStreak: health.FailingStreak,
            checks: health.Log.map(({ End, ExitCode, Output }) => ({
              endedAt: End,
              exitCode: ExitCode,
              output: Output.slice(0, 4_096),
            })),
          },
    ...setupOf(answer),
  }
}

type Setup = Pick<
  ContainerFacts,
  | 'imageId'
  | 'imageName'
  | 'command'
  | 'user'
  | 'published'
  | 'exposed'
  | 'mounts'
  | 'networkMode'
  | 'networks'
  | 'log'
  | 'limits'
  | 'stopTimeoutSeconds'
  | 'healthCheck'
  | 'privileged'
  | 'configHash'
  | 'logPath'
  | 'hosts'
>

/** How it was made: what a person wrote down, against what it is doing. */
function setupOf({
  State: state,
  Image,
  LogPath,
  Path,
  Args,
  HostConfig: host,
  Config: config,
  Mounts,
  NetworkSettings,
}: Inspected): Setup {
  return {
    imageId: Image === '' ? null : Image.slice(0, 200),
    imageName: config.Image.slice(0, 300),
    command: [Path, ...Args].join(' ').trim().slice(0, 300),
    user: config.User.slice(0, 100),
    published: bindingsOf(state.Running ? (NetworkSettings?.Ports ?? {}) : host.PortBindings),
    exposed: Object.keys(config.ExposedPorts).slice(0, mostOfAKind),
    mounts: Mounts.slice(0, mostOfAKind).map(({ Type, Name, Source, Destination, RW }) => ({
      type: Type,
      name: Name ?? null,
      source: Source.slice(0, 500),
      destination: Destination.slice(0, 500),
      writable: RW,
    })),
    networkMode: host.NetworkMode.slice(0, 200),
    networks: Object.entries(NetworkSettings?.Networks ?? {})
      .slice(0, mostOfAKind)
      .map(([name, { IPAddress }]) => ({ name, address: IPAddress === '' ? null : IPAddress })),
    log:
      host.LogConfig === null || host.LogConfig === undefined || host.LogConfig.Type === ''
        ? null
        : { driver: host.LogConfig.Type, maxSize: host.LogConfig.Config['max-size'] ?? null },
    limits: { cores: coresOf(host), processes: processesOf(host.PidsLimit) },
    stopTimeoutSeconds: config.StopTimeout ?? null,
    healthCheck: checkOf(config.Healthcheck),
    privileged: host.Privileged,
    configHash: config.Labels['com.docker.compose.config-hash'] ?? null,
    logPath: LogPath === '' ? null : LogPath.slice(0, 500),
    hosts: hostsOf(config.Labels, config.Env),
  }
}

/** More ports, mounts or networks than this of one container are not kept. */
const mostOfAKind = 200

/** What it publishes while it runs, else what it is to publish. */
function bindingsOf(ports: z.infer<typeof portsSchema>): Setup['published'] {
  return Object.entries(ports)
    .flatMap(([inside, bindings]) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => ({ inside, hostAddress: HostIp, hostPort: Number(HostPort) })),
    )
    .filter(({ inside, hostPort }) => isPort(Number(inside.split('/', 1)[0])) && isPort(hostPort))
    .slice(0, mostOfAKind)
}

/** Of TCP and UDP (RFC 9293, RFC 768); 0 stands for one that is chosen later. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= 65_535
}

function coresOf({ NanoCpus, CpuQuota, CpuPeriod }: Inspected['HostConfig']): number | null {
  if (NanoCpus > 0) return NanoCpus / 1_000_000_000
  return CpuQuota > 0 ? CpuQuota / (CpuPeriod > 0 ? CpuPeriod : 100_000) : null
}

function processesOf(limit: number | null | undefined): number | null {
  return limit !== null && limit !== undefined && Number.isSafeInteger(limit) && limit > 0 ? limit : null
}

/** The engine counts in nanoseconds; 0 stands for its own default (moby, daemon/health.go: 30 s, 30 s, 0, 3). */
function checkOf(check: Inspected['Config']['Healthcheck']): Setup['healthCheck'] {
  if (check === null || check === undefined || check.Test.length === 0 || check.Test[0] === 'NONE') return null
  const ms = (nanoseconds: number, other: number) => (nanoseconds > 0 ? nanoseconds / 1_000_000 : other)
  return {
    intervalMs: ms(check.Interval, 30_000),
    timeoutMs: ms(check.Timeout, 30_000),
    startPeriodMs: ms(check.StartPeriod, 0),
    retries: check.Retries > 0 ? check.Retries : 3,
  }
}
