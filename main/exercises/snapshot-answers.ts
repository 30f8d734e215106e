import type { ContainerFacts, ContainerSnapshot, EngineFacts } from '../../shared/docker/snapshot.ts'
import { neverStamp } from '../../shared/exercises/docker-words.ts'
import type { ContainerUsage } from '../../shared/findings/sweep.ts'
import type { Answer } from './served-engine.ts'

/*
 * Parts of a snapshot in the words of the Docker Engine API (1.41): what `shared/docker` reads out of an answer, put back
 * into one. What a snapshot does not hold is left out, or stands empty where clients cannot do without.
 */

export const oldestApi = '1.24'

export function versionAnswer({ version, apiVersion, architecture }: EngineFacts): Answer {
  return {
    Platform: { Name: 'Served from a snapshot' },
    Components: [],
    Version: version,
    ApiVersion: apiVersion,
    MinAPIVersion: oldestApi,
    Os: 'linux',
    Arch: architecture ?? '',
    GitCommit: '',
    GoVersion: '',
    KernelVersion: '',
    BuildTime: '',
  }
}

export function infoAnswer(engine: EngineFacts, containers: readonly ContainerSnapshot[], images: number): Answer {
  const inState = (state: string) => containers.filter((one) => one.state === state).length
  const [running, paused] = [inState('running'), inState('paused')]
  return {
    ID: 'snapshot',
    Name: 'snapshot',
    ServerVersion: engine.version,
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: containers.length - running - paused,
    Images: images,
    OSType: 'linux',
    OperatingSystem: engine.system,
    MemTotal: engine.memoryBytes,
    NCPU: engine.cores,
    Architecture: engine.architecture,
    Driver: engine.storageDriver,
    DockerRootDir: engine.rootFolder,
    SystemTime: engine.time,
    Warnings: engine.warnings,
    Plugins: { Volume: [], Network: [], Authorization: null, Log: [] },
    RegistryConfig: { IndexConfigs: {}, InsecureRegistryCIDRs: [], Mirrors: [] },
    Swarm: { LocalNodeState: 'inactive' },
  }
}

export function composeLabelsOf({ project, service, dependsOn, oneOff }: ContainerSnapshot): Record<string, string> {
  return {
    ...(project !== null && { 'com.docker.compose.project': project }),
    ...(service !== null && { 'com.docker.compose.service': service }),
    ...(dependsOn.length > 0 && {
      'com.docker.compose.depends_on': dependsOn.map((name) => `${name}:service_started:false`).join(','),
    }),
    ...(oneOff && { 'com.docker.compose.oneoff': 'True' }),
  }
}

/** One member of `GET /containers/json`. */
export function summaryAnswer(container: ContainerSnapshot, labels: Record<string, string>): Answer {
  const { id, name, image, createdAt, state, status } = container
  const facts = container.facts.read ? container.facts.value : null
  return {
    Id: id,
    Names: [`/${name}`],
    Image: image,
    ImageID: facts?.imageId ?? '',
    Command: facts?.command ?? '',
    Created: createdAt === null ? null : Math.floor(Date.parse(createdAt) / 1_000),
    Ports: [],
    Labels: labels,
    State: state,
    Status: status,
    HostConfig: { NetworkMode: facts?.networkMode ?? '' },
    NetworkSettings: { Networks: networksOf(facts) },
    Mounts: [],
  }
}

/** `GET /containers/{id}/json`. */
export function inspectAnswer(container: ContainerSnapshot, facts: ContainerFacts, labels: Answer): Answer {
  const [path = '', ...args] = facts.command.split(' ')
  return {
    Id: container.id,
    Name: `/${container.name}`,
    Created: stampOf(container.createdAt),
    Path: path,
    Args: args,
    RestartCount: facts.restarts,
    Image: facts.imageId ?? '',
    State: stateOf(facts),
    HostConfig: hostOf(facts),
    Mounts: facts.mounts.map(({ type, name, source, destination, writable }) => ({
      Type: type,
      ...(name !== null && { Name: name }),
      Source: source,
      Destination: destination,
      Mode: '',
      RW: writable,
    })),
    Config: configOf(facts, labels),
    NetworkSettings: { Ports: facts.running ? portsOf(facts) : {}, Networks: networksOf(facts) },
  }
}

function stateOf(facts: ContainerFacts): Answer {
  return {
    Status: facts.status,
    Running: facts.running,
    Paused: facts.paused,
    Restarting: facts.restarting,
    OOMKilled: facts.oomKilled,
    Dead: facts.dead,
    Pid: facts.running ? 2_000 : 0,
    ExitCode: facts.exitCode,
    Error: facts.error,
    StartedAt: stampOf(facts.startedAt),
    FinishedAt: stampOf(facts.finishedAt),
    ...(facts.health !== null && {
      Health: {
        Status: facts.health.status,
        FailingStreak: facts.health.failingStreak,
        Log: facts.health.checks.map(({ endedAt, exitCode, output }) => ({
          Start: stampOf(endedAt),
          End: stampOf(endedAt),
          ExitCode: exitCode,
          Output: output,
        })),
      },
    }),
  }
}

function hostOf(facts: ContainerFacts): Answer {
  return {
    Memory: facts.memoryLimitBytes,
    RestartPolicy: { Name: facts.restartPolicy.name, MaximumRetryCount: facts.restartPolicy.maximumRetries },
    NetworkMode: facts.networkMode,
    PortBindings: facts.running ? {} : portsOf(facts),
    LogConfig: {
      Type: facts.log?.driver ?? '',
      Config: facts.log?.maxSize === null || facts.log === null ? {} : { 'max-size': facts.log.maxSize },
    },
    NanoCpus: Math.round((facts.limits?.cores ?? 0) * 1e9),
    PidsLimit: facts.limits?.processes ?? null,
    Privileged: facts.privileged,
  }
}

function configOf(facts: ContainerFacts, labels: Answer): Answer {
  return {
    Tty: facts.tty,
    ...(facts.stopSignal !== null && { StopSignal: facts.stopSignal }),
    ...(facts.stopTimeoutSeconds !== null && { StopTimeout: facts.stopTimeoutSeconds }),
    User: facts.user,
    Image: facts.imageName,
    Cmd: null,
    Env: [],
    ExposedPorts: Object.fromEntries(facts.exposed.map((port) => [port, {}])),
    Labels: {
      ...labels,
      ...(facts.configHash !== null && { 'com.docker.compose.config-hash': facts.configHash }),
      ...routerLabelsOf(facts),
    },
    ...(facts.healthCheck !== null && {
      Healthcheck: {
        Test: ['CMD-SHELL', 'true'],
        Interval: facts.healthCheck.intervalMs * 1e6,
        Timeout: facts.healthCheck.timeoutMs * 1e6,
        StartPeriod: facts.healthCheck.startPeriodMs * 1e6,
        Retries: facts.healthCheck.retries,
      },
    }),
  }
}

/** As Traefik reads them. */
function routerLabelsOf({ hosts }: ContainerFacts): Record<string, string> {
  const labels = hosts.flatMap(({ name, tls }, at): [string, string][] => [
    [`traefik.http.routers.r${at}.rule`, `Host(\`${name}\`)`],
    ...(tls ? [[`traefik.http.routers.r${at}.tls`, 'true'] satisfies [string, string]] : []),
  ])
  return Object.fromEntries(labels)
}

function portsOf({ published }: ContainerFacts): Answer {
  const byPort = Map.groupBy(published, ({ inside }) => inside)
  return Object.fromEntries(
    [...byPort].map(([inside, bindings]) => [
      inside,
      bindings.map(({ hostAddress, hostPort }) => ({ HostIp: hostAddress, HostPort: String(hostPort) })),
    ]),
  )
}

function networksOf(facts: ContainerFacts | null): Answer {
  return Object.fromEntries((facts?.networks ?? []).map(({ name, address }) => [name, { IPAddress: address ?? '' }]))
}

function stampOf(at: string | null): string {
  return at ?? neverStamp
}

/** The engine's clock ticks so often within one sample's second. */
const systemTicks = 1e12
const periods = 1e9

/** One sample of `GET /containers/{id}/stats`. The first of a stream has none before it, so no CPU % can be told from it. */
export function statsAnswer(usage: ContainerUsage | null, moment: { now: number; before: number | null }): Answer {
  const cores = 1
  const used = ((usage?.cpuPercent ?? 0) / 100 / cores) * systemTicks
  const cpu = (ticks: number, at: number) => ({
    cpu_usage: { total_usage: used * ticks, usage_in_kernelmode: 0, usage_in_usermode: used * ticks },
    system_cpu_usage: systemTicks * ticks,
    online_cpus: cores,
    throttling_data: {
      periods: usage?.throttledPart === null || usage === null ? 0 : periods * at,
      throttled_periods: Math.round((usage?.throttledPart ?? 0) * periods) * at,
      throttled_time: 0,
    },
  })
  const tellsCpu = usage !== null && usage.cpuPercent !== null && moment.before !== null
  return {
    read: new Date(moment.now).toISOString(),
    preread: moment.before === null ? neverStamp : new Date(moment.before).toISOString(),
    pids_stats: { current: usage?.processes ?? 0, ...(usage?.processLimit !== null && { limit: usage?.processLimit }) },
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpu(2, 2),
    precpu_stats: tellsCpu ? cpu(1, 1) : { cpu_usage: { total_usage: 0 }, throttling_data: {} },
    memory_stats: { usage: usage?.memoryBytes ?? 0, stats: {}, limit: usage?.memoryLimitBytes ?? 0 },
  }
}
