import { chanceHex } from './chance.ts'
import { configOf, hostConfig, mounts, overlayFolders } from './docker-config.ts'
import { composeLabels, containerId, containerName, imageId, networkName } from './docker-identity.ts'
import { endpoint, networkSettings } from './docker-network.ts'
import { neverStamp, stamp, statusWords } from './docker-words.ts'
import type { HealthCheck } from './health.ts'
import type { Service } from './scenario.ts'
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
