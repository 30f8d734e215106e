import {
  type ContainerFacts,
  type ContainerSnapshot,
  containerFactsSchema,
  type EngineEvent,
  engineFactsSchema,
  type EngineSnapshot,
  type LogLine,
  notAsked,
} from '../../shared/docker/snapshot.ts'

/** The moment of every crowd. */
const takenAt = Date.parse('2026-03-04T12:00:00.000Z')
const before = (seconds: number) => new Date(takenAt - seconds * 1_000).toISOString()
const roles = ['gateway', 'web', 'api', 'worker', 'cache', 'db']

/**
 * A made-up engine with so many containers, in compose projects of six services each of which needs the next; about one
 * in twenty is ill. The same seed gives the same crowd.
 */
export function crowd(containers: number, seed: number): EngineSnapshot {
  const chance = chances(seed)
  const ill = Array.from({ length: containers }, () => (chance() < 0.05 ? Math.floor(chance() * illnesses.length) : -1))
  const all = ill.map((kind, place) => member(place, kind === -1 ? null : (illnesses[kind] ?? null)))
  return {
    format: 'engine-snapshot-2',
    endpoint: {
      id: 'given:crowd',
      mode: 'live',
      source: 'given',
      name: 'crowd',
      host: 'unix:///crowd.sock',
      current: false,
    },
    takenAt: new Date(takenAt).toISOString(),
    engine: {
      read: true,
      value: engineFactsSchema.parse({ version: '28.5.1', apiVersion: '1.51', system: 'Debian', memoryBytes: 2 ** 38 }),
    },
    containers: { read: true, value: all },
    strays: [],
    events: {
      read: true,
      value: all.slice(0, 250).map((one, at): EngineEvent => {
        const dead = one.state === 'exited'
        const event = { container: one.id, name: one.name, signal: null }
        return { ...event, at: before(250 - at), action: dead ? 'die' : 'start', exitCode: dead ? 1 : null }
      }),
    },
    images: {
      read: true,
      value: Array.from({ length: Math.max(1, Math.ceil(containers / 3)) }, (_, at) => ({
        id: imageId(at),
        tags: [`acme/thing-${at}:1`],
        createdAt: before(86_400),
        sizeBytes: 5e8,
      })),
    },
    networks: { read: true, value: [] },
    disk: {
      read: true,
      value: {
        layersBytes: 5e11,
        buildCacheBytes: 0,
        containers: all.map(({ id }, at) => ({ id, writtenBytes: at % 400 === 399 ? 2e10 : 4_096 })),
        volumes: [],
      },
    },
    published: notAsked,
    room: notAsked,
    earlier: null,
  }
}

type Illness = (place: number) => { facts: Partial<ContainerFacts>; says: string }

const down = (exitCode: number, more: Partial<ContainerFacts> = {}): Partial<ContainerFacts> => ({
  status: 'exited',
  running: false,
  exitCode,
  finishedAt: before(60),
  ...more,
})

const illnesses: readonly Illness[] = [
  () => ({ facts: down(1), says: 'Error: connect ECONNREFUSED 10.0.0.5:5432' }),
  () => ({ facts: down(137, { oomKilled: true, memoryLimitBytes: 2 ** 28 }), says: 'working' }),
  () => ({ facts: { status: 'restarting', restarting: true, exitCode: 3, restarts: 9 }, says: 'panic: no config' }),
  (place) => ({
    facts: down(128, {
      error: `Bind for 0.0.0.0:${20_000 + place - 1} failed: port is already allocated`,
      ...portOf(place - 1),
    }),
    says: 'starting',
  }),
  () => ({ facts: down(0), says: 'bye' }),
  () => ({
    facts: {
      health: {
        status: 'unhealthy',
        failingStreak: 7,
        checks: [{ endedAt: before(5), exitCode: 1, output: 'connection refused' }],
      },
    },
    says: 'GET /health 503',
  }),
]

const portOf = (place: number) => ({
  published: [{ inside: '80/tcp', hostAddress: '0.0.0.0', hostPort: 20_000 + place }],
})

function member(place: number, illness: Illness | null): ContainerSnapshot {
  const project = `shop${Math.floor(place / roles.length)}`
  const role = place % roles.length
  const { facts = {}, says = '' } = illness?.(place) ?? {}
  const all = containerFactsSchema.parse({
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
    imageId: imageId(Math.floor(place / 3)),
    imageName: `acme/thing-${Math.floor(place / 3)}:1`,
    command: 'serve --all',
    networkMode: project,
    networks: [{ name: project, address: '10.0.0.2' }],
    ...portOf(place),
    ...facts,
  })
  const id = place.toString(16).padStart(12, '0').padEnd(64, '0')
  const usage = { memoryLimitBytes: null, throttledPart: null, processes: 4, processLimit: null }
  return {
    id,
    name: `${project}-${roles[role]}-1`,
    image: all.imageName,
    createdAt: before(7_200),
    state: all.status,
    status: all.running ? 'Up 1 hour' : `Exited (${all.exitCode}) 1 minute ago`,
    project,
    service: roles[role] ?? null,
    dependsOn: roles.slice(role + 1, role + 2),
    oneOff: false,
    facts: { read: true, value: all },
    logs: {
      stdout: {
        read: true,
        value: { lines: lines(20, 'GET /orders 200 in 12 ms from a client that is well'), signatures: [] },
      },
      stderr: { read: true, value: { lines: says === '' ? [] : lines(1, says), signatures: [] } },
    },
    usage: all.running
      ? { read: true, value: { id, cpuPercent: place % 90, memoryBytes: 5e7 + place, ...usage } }
      : null,
    folder: `containers/${project}-${roles[role]}-1-${id.slice(0, 12)}`,
  }
}

function lines(count: number, text: string): LogLine[] {
  return Array.from({ length: count }, (_, at) => ({ at: before(60 - at), text: `${text} #${at}`, cut: false }))
}

function imageId(place: number): string {
  return `sha256:${place.toString(16).padStart(64, '0')}`
}

/** Numbers from 0 to 1 that only look like chance (mulberry32). */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
