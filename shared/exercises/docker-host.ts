import type { Scenario } from './scenario.ts'
import type { WorldMoment } from './world.ts'
import { stamp } from './docker-words.ts'

/** What the made-up engine says of itself: shapes of dockerd's `/version` and `/info` (API 1.41 and later). */
export function engineVersion({ engine }: Scenario): Record<string, unknown> {
  const common = {
    GitCommit: 'practice',
    GoVersion: 'go1.22.11',
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: engine.kernel,
  }
  const buildTime = '2025-01-22T13:41:25.000000000+00:00'
  const details = {
    ...common,
    ApiVersion: engine.apiVersion,
    BuildTime: buildTime,
    Experimental: 'false',
    MinAPIVersion: engine.minApiVersion,
  }
  return {
    Platform: { Name: 'Muster practice engine (simulated)' },
    Components: [{ Name: 'Engine', Version: engine.version, Details: details }],
    Version: engine.version,
    ApiVersion: engine.apiVersion,
    MinAPIVersion: engine.minApiVersion,
    ...common,
    BuildTime: buildTime,
  }
}

export function engineInfo({ world, now, services }: WorldMoment): Record<string, unknown> {
  const { engine } = world.scenario
  // dockerd counts a container in a restart loop as stopped.
  const up = services.filter((one) => one.status === 'running').length
  return {
    ID: 'b8e0a1f2-5c39-4a7e-9d16-00000000e7e7',
    Containers: services.length,
    ContainersRunning: up,
    ContainersPaused: 0,
    ContainersStopped: services.length - up,
    Images: new Set(services.map((one) => one.service.image)).size,
    Driver: 'overlay2',
    DriverStatus: [
      ['Backing Filesystem', 'extfs'],
      ['Supports d_type', 'true'],
    ],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'null'],
      Authorization: null,
      Log: ['json-file', 'local'],
    },
    MemoryLimit: true,
    SwapLimit: true,
    KernelMemory: false,
    KernelMemoryTCP: false,
    CpuCfsPeriod: true,
    CpuCfsQuota: true,
    CPUShares: true,
    CPUSet: true,
    PidsLimit: true,
    IPv4Forwarding: true,
    BridgeNfIptables: true,
    BridgeNfIp6tables: true,
    Debug: false,
    NFd: 61,
    OomKillDisable: false,
    NGoroutines: 84,
    SystemTime: stamp(now, 720_909),
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    NEventsListener: 0,
    KernelVersion: engine.kernel,
    OperatingSystem: engine.system,
    OSVersion: '12',
    OSType: 'linux',
    Architecture: 'x86_64',
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      AllowNondistributableArtifactsCIDRs: [],
      AllowNondistributableArtifactsHostnames: [],
      InsecureRegistryCIDRs: ['127.0.0.0/8'],
      IndexConfigs: {},
      Mirrors: [],
    },
    NCPU: engine.cpus,
    MemTotal: engine.memory * 1_048_576,
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: engine.host,
    Labels: ['muster.mode=exercise'],
    ExperimentalBuild: false,
    ServerVersion: engine.version,
    Runtimes: { runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: '', Expected: '' },
    RuncCommit: { ID: '', Expected: '' },
    InitCommit: { ID: '', Expected: '' },
    SecurityOptions: ['name=apparmor', 'name=seccomp,profile=builtin', 'name=cgroupns'],
    Warnings: null,
  }
}
