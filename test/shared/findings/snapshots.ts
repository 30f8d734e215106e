import type { DockerEndpoint } from '../../../shared/docker/endpoint.ts'
import { signaturesIn } from '../../../shared/docker/log-signatures.ts'
import {
  type ContainerFacts,
  containerFactsSchema,
  type ContainerSnapshot,
  type EngineEvent,
  engineFactsSchema,
  type EngineSnapshot,
  type LogTail,
  notAsked,
  type Part,
} from '../../../shared/docker/snapshot.ts'

/** The moment of all snapshots of these tests. */
export const now = Date.parse('2026-03-04T12:00:00.000Z')

/** ISO time so many seconds before `now`. */
export function before(seconds: number): string {
  return new Date(now - seconds * 1000).toISOString()
}

export const endpoint: DockerEndpoint = {
  id: 'given:unix:///x.sock',
  mode: 'live',
  source: 'given',
  name: 'x',
  host: 'unix:///x.sock',
  current: false,
}

/** What a container that has run for an hour, well, says of itself. */
const wellFacts: ContainerFacts = containerFactsSchema.parse({
  status: 'running',
  running: true,
  restarting: false,
  oomKilled: false,
  dead: false,
  exitCode: 0,
  error: '',
  startedAt: before(3_600),
  finishedAt: null,
  restarts: 0,
  restartPolicy: { name: 'no', maximumRetries: 0 },
  memoryLimitBytes: 0,
  tty: false,
  stopSignal: null,
  health: null,
})

type Facts = Partial<ContainerFacts>
type Rest = Partial<Omit<ContainerSnapshot, 'facts' | 'logs'>> & { readonly said?: readonly string[] }

/** A container that runs well but for what is given. `said`: lines of its stderr. */
export function container(name: string, facts: Facts = {}, { said = [], ...rest }: Rest = {}): ContainerSnapshot {
  const status = facts.status ?? 'running'
  return {
    id: name,
    name,
    image: 'acme/thing:1',
    createdAt: before(7_200),
    state: status,
    status: '',
    project: null,
    service: null,
    dependsOn: [],
    oneOff: false,
    facts: { read: true, value: { ...wellFacts, ...facts } },
    logs: { stdout: tail([]), stderr: tail(said) },
    usage: null,
    folder: `containers/${name}`,
    ...rest,
  }
}

/** A container of the compose project 'shop'. */
export function service(name: string, dependsOn: string[], facts: Facts = {}, rest: Rest = {}): ContainerSnapshot {
  return container(`shop-${name}-1`, facts, { project: 'shop', service: name, dependsOn, ...rest })
}

/** It ended so many seconds ago. */
export function ended(exitCode: number, seconds = 60, more: Facts = {}): Facts {
  return { status: 'exited', running: false, exitCode, finishedAt: before(seconds), ...more }
}

export function unhealthy(output: string, failingStreak = 4): Facts {
  return {
    health: { status: 'unhealthy', failingStreak, checks: [{ endedAt: before(5), exitCode: 1, output }] },
  }
}

/** Something that happened to a container so many seconds ago. */
export function event(seconds: number, name: string, action: string, more: Partial<EngineEvent> = {}): EngineEvent {
  return { at: before(seconds), action, container: name, name, exitCode: null, signal: null, ...more }
}

export function snapshot(
  containers: readonly ContainerSnapshot[],
  events: readonly EngineEvent[] = [],
  more: Partial<EngineSnapshot> = {},
): EngineSnapshot {
  return {
    format: 'engine-snapshot-2',
    endpoint,
    takenAt: new Date(now).toISOString(),
    engine: {
      read: true,
      value: engineFactsSchema.parse({
        version: '20.10.24',
        apiVersion: '1.41',
        system: 'Debian',
        memoryBytes: 2 ** 34,
      }),
    },
    containers: { read: true, value: [...containers] },
    strays: [],
    events: { read: true, value: [...events] },
    images: { read: true, value: [] },
    networks: { read: true, value: [] },
    disk: { read: true, value: { layersBytes: 0, buildCacheBytes: 0, containers: [], volumes: [] } },
    published: notAsked,
    room: notAsked,
    earlier: null,
    ...more,
  }
}

function tail(lines: readonly string[]): Part<LogTail> {
  const said = lines.map((text) => ({ at: before(60), text, cut: false }))
  return { read: true, value: { lines: said, signatures: signaturesIn(said) } }
}
