import { chanceHex } from './chance.ts'
import { composeLabels, networkName } from './docker-identity.ts'
import type { Scenario, Service } from './scenario.ts'

/** The parts of an inspect answer that stay as compose made them; shapes of dockerd 20.10.24. */
export function configOf(scenario: Scenario, service: Service, id: string): Record<string, unknown> {
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

export function hostConfig(scenario: Scenario, service: Service): Record<string, unknown> {
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

export function mounts(scenario: Scenario, service: Service): Record<string, unknown>[] {
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

export function overlayFolders(scenario: Scenario, service: Service): Record<string, string> {
  const layer = `/var/lib/docker/overlay2/${chanceHex(64, scenario.seed, 'layer', service.name)}`
  const below = `/var/lib/docker/overlay2/${chanceHex(64, scenario.seed, 'below', service.image)}/diff`
  return { LowerDir: below, MergedDir: `${layer}/merged`, UpperDir: `${layer}/diff`, WorkDir: `${layer}/work` }
}
