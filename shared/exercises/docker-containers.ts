import { chanceHex } from './chance.ts'
import {
  addressOf,
  composeLabels,
  containerId,
  containerName,
  imageId,
  macOf,
  networkGateway,
  networkId,
  networkName,
} from './docker-identity.ts'
import { neverStamp, stamp, statusWords } from './docker-words.ts'
import type { HealthCheck } from './health.ts'
import type { Scenario, Service } from './scenario.ts'
import type { ServiceMoment, WorldMoment } from './world.ts'

/**
 * What a Docker Engine says of a container. Shapes as dockerd 20.10.24 (API 1.41) gives them, kept whole although
 * later engines drop a few fields (KernelMemory and its kin); see test/shared/exercises/fixtures.
 */
export function containerSummary(moment: WorldMoment, one: ServiceMoment): Record<string, unknown> {
  const { scenario } = moment.world
  const { service } = one
  return {
    Id: containerId(scenario, service),
    Names: [`/${containerName(scenario, service)}`],
    Image: service.image,
    ImageID: imageId(scenario, service),
    Command: commandWords(service),
    Created: Math.floor(createdAt(one) / 1000),
    Ports: service.exposes.map((port) => ({ PrivatePort: port, Type: 'tcp' })),
    Labels: composeLabels(scenario, service),
    State: one.status,
    Status: statusWords(one, moment.now),
    HostConfig: { NetworkMode: networkName(scenario) },
    NetworkSettings: { Networks: { [networkName(scenario)]: endpoint(scenario, one, null) } },
    Mounts: mounts(scenario, service),
  }
}

/** The answer to `GET /containers/{id}/json`. */
export function containerDetails(moment: WorldMoment, one: ServiceMoment): Record<string, unknown> {
  const { scenario } = moment.world
  const { service } = one
  const id = containerId(scenario, service)
  const folder = `/var/lib/docker/containers/${id}`
  const [path = '', ...args] = [...(service.entrypoint ?? []), ...service.command]
  return {
    Id: id,
    Created: stamp(createdAt(one), nanosOf(one, 'created')),
    Path: path,
    Args: args,
    State: stateOf(moment, one),
    Image: imageId(scenario, service),
    ResolvConfPath: `${folder}/resolv.conf`,
    HostnamePath: `${folder}/hostname`,
    HostsPath: `${folder}/hosts`,
    LogPath: `${folder}/${id}-json.log`,
    Name: `/${containerName(scenario, service)}`,
    RestartCount: one.course.restarts,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: 'docker-default',
    ExecIDs: null,
    HostConfig: hostConfig(scenario, service),
    GraphDriver: { Data: overlayFolders(scenario, service), Name: 'overlay2' },
    Mounts: mounts(scenario, service),
    Config: configOf(scenario, service, id),
    NetworkSettings: networkSettings(scenario, one),
  }
}

function stateOf(moment: WorldMoment, one: ServiceMoment): Record<string, unknown> {
  const { life, status, course, health } = one
  const before = course.lives.at(-2)
  const endedAt = life.endedAt <= moment.now ? life.endedAt : (before?.endedAt ?? null)
  const up = status === 'running'
  return {
    Status: status,
    Running: status !== 'exited',
    Paused: false,
    Restarting: status === 'restarting',
    OOMKilled: !up && life.outOfMemory,
    Dead: false,
    Pid: up
      ? 2_000 +
        (Number.parseInt(chanceHex(4, moment.world.scenario.seed, 'pid', life.startedAt, one.index), 16) % 60_000)
      : 0,
    ExitCode: up ? 0 : life.exitCode,
    Error: '',
    StartedAt: stamp(life.startedAt, nanosOf(one, `started ${life.startedAt}`)),
    FinishedAt: endedAt === null ? neverStamp : stamp(endedAt, nanosOf(one, `ended ${endedAt}`)),
    ...(health && {
      Health: { Status: health.status, FailingStreak: health.failingStreak, Log: health.log.map(checkOf) },
    }),
  }
}

function checkOf({ startedAt, endedAt, exitCode, output }: HealthCheck): Record<string, unknown> {
  return { Start: stamp(startedAt, 176_331), End: stamp(endedAt, 920_184), ExitCode: exitCode, Output: output }
}

function configOf(scenario: Scenario, service: Service, id: string): Record<string, unknown> {
  return {
    Hostname: id.slice(0, 12),
    Domainname: '',
    User: service.user,
    AttachStdin: false,
    AttachStdout: true,
    AttachStderr: true,
    ...(service.exposes.length > 0 && {
      ExposedPorts: Object.fromEntries(service.exposes.map((port) => [`${port}/tcp`, {}])),
    }),
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: Object.entries(service.env).map(([name, value]) => `${name}=${value}`),
    Cmd: service.command,
    ...(service.health && { Healthcheck: healthcheckOf(service.health) }),
    Image: service.image,
    Volumes: service.volumes.length > 0 ? Object.fromEntries(service.volumes.map(({ at }) => [at, {}])) : null,
    WorkingDir: service.workingDir,
    Entrypoint: service.entrypoint,
    OnBuild: null,
    Labels: composeLabels(scenario, service),
  }
}

function healthcheckOf(rule: NonNullable<Service['health']>): Record<string, unknown> {
  return {
    Test: rule.test,
    Interval: nanoseconds(rule.interval),
    Timeout: nanoseconds(rule.timeout),
    ...(rule.startPeriod > 0 && { StartPeriod: nanoseconds(rule.startPeriod) }),
    Retries: rule.retries,
  }
}

function nanoseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000_000)
}

function hostConfig(scenario: Scenario, service: Service): Record<string, unknown> {
  const limit = service.memoryLimit * 1_048_576
  return {
    Binds:
      service.volumes.length > 0 ? service.volumes.map(({ name, at }) => `${scenario.project}_${name}:${at}:rw`) : null,
    ContainerIDFile: '',
    LogConfig: { Type: 'json-file', Config: { 'max-file': '3', 'max-size': '10m' } },
    NetworkMode: networkName(scenario),
    PortBindings: {},
    RestartPolicy: { Name: service.restartPolicy, MaximumRetryCount: 0 },
    AutoRemove: false,
    VolumeDriver: '',
    VolumesFrom: null,
    CapAdd: null,
    CapDrop: null,
    CgroupnsMode: 'private',
    Dns: [],
    DnsOptions: [],
    DnsSearch: [],
    ExtraHosts: [],
    GroupAdd: null,
    IpcMode: 'private',
    Cgroup: '',
    Links: null,
    OomScoreAdj: 0,
    PidMode: '',
    Privileged: false,
    PublishAllPorts: false,
    ReadonlyRootfs: false,
    SecurityOpt: null,
    UTSMode: '',
    UsernsMode: '',
    ShmSize: 67_108_864,
    Runtime: 'runc',
    ConsoleSize: [0, 0],
    Isolation: '',
    CpuShares: 0,
    Memory: limit,
    NanoCpus: 0,
    CgroupParent: '',
    BlkioWeight: 0,
    BlkioWeightDevice: [],
    BlkioDeviceReadBps: null,
    BlkioDeviceWriteBps: null,
    BlkioDeviceReadIOps: null,
    BlkioDeviceWriteIOps: null,
    CpuPeriod: 0,
    CpuQuota: 0,
    CpuRealtimePeriod: 0,
    CpuRealtimeRuntime: 0,
    CpusetCpus: '',
    CpusetMems: '',
    Devices: [],
    DeviceCgroupRules: null,
    DeviceRequests: null,
    KernelMemory: 0,
    KernelMemoryTCP: 0,
    MemoryReservation: 0,
    MemorySwap: limit * 2,
    MemorySwappiness: null,
    OomKillDisable: false,
    PidsLimit: null,
    Ulimits: null,
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    MaskedPaths: ['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list'],
    ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
  }
}

function networkSettings(scenario: Scenario, one: ServiceMoment): Record<string, unknown> {
  const { service } = one
  const sandbox = chanceHex(64, scenario.seed, 'sandbox', service.name)
  const aliases = [containerName(scenario, service), service.name, containerId(scenario, service).slice(0, 12)]
  return {
    Bridge: '',
    SandboxID: sandbox,
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    Ports: one.status === 'running' ? Object.fromEntries(service.exposes.map((port) => [`${port}/tcp`, null])) : {},
    SandboxKey: `/var/run/docker/netns/${sandbox.slice(0, 12)}`,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: '',
    Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: '',
    IPPrefixLen: 0,
    IPv6Gateway: '',
    MacAddress: '',
    Networks: { [networkName(scenario)]: endpoint(scenario, one, aliases) },
  }
}

function endpoint(
  scenario: Scenario,
  { service, status }: ServiceMoment,
  aliases: string[] | null,
): Record<string, unknown> {
  const up = status === 'running'
  const address = up ? addressOf(scenario, service.name) : ''
  return {
    IPAMConfig: null,
    Links: null,
    Aliases: aliases,
    NetworkID: networkId(scenario),
    EndpointID: up ? chanceHex(64, scenario.seed, 'endpoint', service.name) : '',
    Gateway: up ? networkGateway : '',
    IPAddress: address,
    IPPrefixLen: up ? 16 : 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    MacAddress: macOf(address),
    DriverOpts: null,
  }
}

function mounts(scenario: Scenario, service: Service): Record<string, unknown>[] {
  return service.volumes.map(({ name, at }) => ({
    Type: 'volume',
    Name: `${scenario.project}_${name}`,
    Source: `/var/lib/docker/volumes/${scenario.project}_${name}/_data`,
    Destination: at,
    Driver: 'local',
    Mode: 'rw',
    RW: true,
    Propagation: '',
  }))
}

function overlayFolders(scenario: Scenario, service: Service): Record<string, string> {
  const layer = `/var/lib/docker/overlay2/${chanceHex(64, scenario.seed, 'layer', service.name)}`
  const below = `/var/lib/docker/overlay2/${chanceHex(64, scenario.seed, 'below', service.image)}/diff`
  return { LowerDir: below, MergedDir: `${layer}/merged`, UpperDir: `${layer}/diff`, WorkDir: `${layer}/work` }
}

/** As docker lists a command: words, quoted where they have spaces. */
function commandWords({ entrypoint, command }: Service): string {
  return [...(entrypoint ?? []), ...command].map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' ')
}

/** compose creates a container just before it starts it. */
function createdAt({ course }: ServiceMoment): number {
  return course.lives[0].startedAt - 420
}

function nanosOf({ index }: ServiceMoment, what: string): number {
  return Number.parseInt(chanceHex(5, index, what), 16) % 1_000_000
}
