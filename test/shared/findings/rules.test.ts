import { describe, expect, test } from 'vitest'
import type { ContainerFacts, ContainerSnapshot, EngineEvent, EngineSnapshot } from '../../../shared/docker/snapshot.ts'
import { engineFactsSchema } from '../../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { findingSchema } from '../../../shared/findings/finding.ts'
import { deriveHygiene } from '../../../shared/findings/hygiene.ts'
import { containerUsageSchema } from '../../../shared/findings/sweep.ts'
import { before, container, ended, event, now, service, snapshot, unhealthy } from './snapshots.ts'

function find(containers: ContainerSnapshot[], events: EngineEvent[] = [], more: Partial<EngineSnapshot> = {}) {
  return deriveFindings(snapshot(containers, events, more), now).map((one) => findingSchema.parse(one))
}

const codes = (...given: Parameters<typeof find>) => find(...given).map(({ code, object }) => `${code} ${object.name}`)

const check = { intervalMs: 10_000, timeoutMs: 5_000, startPeriodMs: 30_000, retries: 3 }
const starting = (seconds: number): Partial<ContainerFacts> => ({
  health: { status: 'starting', failingStreak: 0, checks: [] },
  healthCheck: check,
  startedAt: before(seconds),
})
const usage = (parts: object): ContainerSnapshot['usage'] => ({
  read: true,
  value: containerUsageSchema.parse({ id: 'a', cpuPercent: 10, memoryBytes: 0, memoryLimitBytes: null, ...parts }),
})
const image = (id: string, tags: string[]) => ({ id, tags, createdAt: before(9_000), sizeBytes: 1 })
const images = (...all: ReturnType<typeof image>[]) => ({ images: { read: true as const, value: all } })
const published = [{ inside: '80/tcp', hostAddress: '0.0.0.0', hostPort: 8_080 }]
const mounts = [{ type: 'bind', name: null, source: '/srv/data', destination: '/data', writable: false }]
const on = (...names: string[]) => ({
  networkMode: names[0] ?? 'shop',
  networks: names.map((name) => ({ name, address: '10.0.0.2' })),
})
const engine = (parts: object) => ({
  engine: {
    read: true as const,
    value: engineFactsSchema.parse({ version: '28', apiVersion: '1.50', system: null, memoryBytes: null, ...parts }),
  },
})
const GiB = 2 ** 30
const silent = (name: string): ContainerSnapshot => ({
  ...container(name),
  facts: { read: false, code: 'timed-out', why: 'No answer.' },
})

/** What is wrong, and what only looks so. */
const cases: Record<string, { wrong: [string, () => string[]][]; well: [string, () => string[]][] }> = {
  'D06, never ready': {
    wrong: [['starts for longer than its check allows', () => codes([container('a', starting(600))])]],
    well: [
      ['starts, and its check has time left', () => codes([container('a', starting(60))])],
      [
        'starts, and how its check is set is not known',
        () => codes([container('a', { ...starting(600), healthCheck: null })]),
      ],
    ],
  },
  'D08, port taken': {
    wrong: [
      [
        'could not start where another has its port',
        () =>
          codes([
            container('a', {
              status: 'created',
              running: false,
              error: 'driver failed: port is already allocated',
              published,
            }),
            container('b', { published }),
          ]),
      ],
    ],
    well: [
      [
        'was stopped beside the one that took its place',
        () => codes([container('a', { ...ended(0), published }), container('b', { published })]),
      ],
      [
        'publishes the same port on another address',
        () =>
          codes([
            container('a', { published: [{ inside: '80/tcp', hostAddress: '127.0.0.1', hostPort: 8_080 }] }),
            container('b', { published: [{ inside: '80/tcp', hostAddress: '10.0.0.1', hostPort: 8_080 }] }),
          ]),
      ],
    ],
  },
  'D09, an exit code that tells': {
    wrong: [
      ['its command was not found', () => codes([container('a', ended(127))])],
      ['it crashed', () => codes([container('a', ended(139))])],
    ],
    well: [['was asked to end', () => codes([container('a', ended(143))])]],
  },
  'D10, dead or paused': {
    wrong: [
      ['is dead', () => codes([container('a', { status: 'dead', running: false, dead: true })])],
      [
        'is paused for an hour',
        () => codes([container('a', { status: 'paused', paused: true })], [event(3_600, 'a', 'pause')]),
      ],
    ],
    well: [['was paused just now', () => codes([container('a', { status: 'paused' })], [event(30, 'a', 'pause')])]],
  },
  'D11, image': {
    wrong: [
      [
        'its tag was moved',
        () =>
          codes(
            [container('a', { imageId: 'sha256:old' })],
            [],
            images(image('sha256:old', []), image('sha256:new', ['acme/thing:1'])),
          ),
      ],
      [
        'its image is gone',
        () => codes([container('a', { imageId: 'sha256:old' })], [], images(image('sha256:other', ['other:1']))),
      ],
    ],
    well: [
      [
        'runs what its tag names',
        () => codes([container('a', { imageId: 'sha256:x' })], [], images(image('sha256:x', ['acme/thing:1']))),
      ],
      [
        'runs what its tag names under another spelling',
        () =>
          codes(
            [container('a', { imageId: 'sha256:x' }, { image: 'nginx' })],
            [],
            images(image('sha256:x', ['docker.io/library/nginx:latest'])),
          ),
      ],
      [
        'names its image by digest',
        () =>
          codes(
            [container('a', { imageId: 'sha256:x' }, { image: 'acme/thing@sha256:abc' })],
            [],
            images(image('sha256:y', ['acme/thing:1'])),
          ),
      ],
    ],
  },
  'D12, mount': {
    wrong: [
      [
        'ends because its mount is read-only',
        () => codes([container('a', { ...ended(1), mounts }, { said: ['open /data/x: Read-only file system'] })]),
      ],
    ],
    well: [
      [
        'runs well with a read-only mount and once said so',
        () => codes([container('a', { mounts }, { said: ['open /data/x: Read-only file system'] })]),
      ],
    ],
  },
  'D13, no space': {
    wrong: [
      [
        'runs and cannot write',
        () => codes([container('a', {}, { said: ['write /data/x: no space left on device'] })]),
      ],
      [
        'has written very much into its layer',
        () =>
          codes([container('a')], [], {
            disk: {
              read: true,
              value: {
                layersBytes: 0,
                buildCacheBytes: 0,
                containers: [{ id: 'a', writtenBytes: 12 * GiB }],
                volumes: [],
              },
            },
          }),
      ],
    ],
    well: [
      [
        'did its work and said so on the way',
        () => codes([container('a', ended(0), { said: ['no space left on device'] })]),
      ],
    ],
  },
  'D14, memory near its limit': {
    wrong: [
      [
        'uses 95 %',
        () => codes([container('a', { memoryLimitBytes: GiB }, { usage: usage({ memoryBytes: 0.95 * GiB }) })]),
      ],
    ],
    well: [
      [
        'uses half',
        () => codes([container('a', { memoryLimitBytes: GiB }, { usage: usage({ memoryBytes: GiB / 2 }) })]),
      ],
      ['uses much and has no limit', () => codes([container('a', {}, { usage: usage({ memoryBytes: 14 * GiB }) })])],
    ],
  },
  'D15, held back or full of processes': {
    wrong: [
      ['is throttled half of the time', () => codes([container('a', {}, { usage: usage({ throttledPart: 0.5 }) })])],
      [
        'runs 98 of 100 processes',
        () => codes([container('a', {}, { usage: usage({ processes: 98, processLimit: 100 }) })]),
      ],
    ],
    well: [
      ['is throttled now and then', () => codes([container('a', {}, { usage: usage({ throttledPart: 0.05 }) })])],
      ['is busy without a limit', () => codes([container('a', {}, { usage: usage({ cpuPercent: 400 }) })])],
    ],
  },
  'D16, a need that is down': {
    wrong: [
      [
        'was stopped while another needs it',
        () => codes([service('db', [], ended(137)), service('api', ['db'])], [event(60, 'shop-db-1', 'stop')]),
      ],
      [
        'was never started while another needs it',
        () =>
          codes([service('db', [], { status: 'created', running: false, startedAt: null }), service('api', ['db'])]),
      ],
    ],
    well: [
      [
        'did its work before the other started',
        () => codes([service('migrate', [], ended(0)), service('api', ['migrate'])]),
      ],
      [
        'was stopped and nobody needs it',
        () => codes([service('db', [], ended(137)), service('api', [])], [event(60, 'shop-db-1', 'stop')]),
      ],
      [
        'has a second copy that runs',
        () =>
          codes(
            [
              service('db', [], ended(137)),
              service('db', [], {}, { id: 'db2', name: 'shop-db-2' }),
              service('api', ['db']),
            ],
            [event(60, 'shop-db-1', 'stop')],
          ),
      ],
    ],
  },
  'D17, network': {
    wrong: [
      ['was detached', () => codes([container('a', { networkMode: 'shop', networks: [] })])],
      [
        'shares no network with what it needs',
        () => codes([service('db', [], on('back')), service('api', ['db'], on('front'))]),
      ],
    ],
    well: [
      ['uses the network of the machine', () => codes([container('a', { networkMode: 'host', networks: [] })])],
      ['has none on purpose', () => codes([container('a', { networkMode: 'none', networks: [] })])],
      [
        'shares one of several',
        () => codes([service('db', [], on('back')), service('api', ['db'], on('front', 'back'))]),
      ],
    ],
  },
  'D19, engine': {
    wrong: [
      [
        'warns of its storage',
        () => codes([container('a')], [], engine({ warnings: ['overlay2: corrupt layer found'] })),
      ],
      [
        'answers for none of five containers',
        () => codes(['a', 'b', 'c', 'd', 'e'].map((name) => silent(name))).filter((one) => one.startsWith('D19')),
      ],
    ],
    well: [
      [
        'warns of what every second engine warns of',
        () => codes([container('a')], [], engine({ warnings: ['WARNING: No swap limit support'] })),
      ],
      [
        'did not answer for one of many',
        () =>
          codes([...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => container(name)), silent('g')]).filter((one) =>
            one.startsWith('D19'),
          ),
      ],
    ],
  },
  'D21, clock': {
    wrong: [['is a minute behind', () => codes([container('a')], [], engine({ time: before(60) }))]],
    well: [['answered three seconds into the sweep', () => codes([container('a')], [], engine({ time: before(-3) }))]],
  },
}

describe.each(Object.entries(cases))('%s', (title, { wrong, well }) => {
  const code = title.slice(0, 3)

  test.each(wrong)('is told where it %s', (_name, found) => {
    expect(found().map((one) => one.split(' ')[0])).toEqual([code])
  })

  test.each(well)('is not told where it %s', (_name, found) => {
    expect(found()).toEqual([])
  })
})

test('the cause stands above what follows from it in one container', () => {
  const said = ['open /data/x: Read-only file system']
  const [finding, ...others] = find([container('a', { ...unhealthy(''), mounts }, { said })])
  expect(others).toEqual([])
  expect([finding?.code, ...(finding?.effects.map(({ code }) => code) ?? [])]).toEqual(['D12', 'D05'])
})

describe('hygiene', () => {
  const tidy: Partial<ContainerFacts> = {
    restartPolicy: { name: 'always', maximumRetries: 0 },
    healthCheck: check,
    memoryLimitBytes: GiB,
    log: { driver: 'json-file', maxSize: '10m' },
  }

  test('says nothing of what is tidy', () => {
    expect(deriveHygiene(snapshot([container('a', tidy)]), now)).toEqual([])
  })

  test('tells each kind once, with the containers that it is about', () => {
    const bare = { restartPolicy: { name: 'no', maximumRetries: 0 }, log: { driver: 'json-file', maxSize: null } }
    const socket = {
      ...tidy,
      mounts: [{ type: 'bind', name: null, source: '/var/run/docker.sock', destination: '/s', writable: true }],
    }
    const found = deriveHygiene(
      snapshot([container('a', bare), container('b', bare), container('c', socket, { image: 'acme/thing:latest' })]),
      now,
    )
    expect(found.every(({ tier }) => tier === 3)).toBe(true)
    expect(new Map(found.map(({ title, effects }) => [title, effects.map(({ object }) => object.name)]))).toEqual(
      new Map([
        ['2 containers without a restart policy', ['a', 'b']],
        ['2 containers without a health check', ['a', 'b']],
        ['2 containers without a memory limit', ['a', 'b']],
        ['2 containers whose log grows without bound', ['a', 'b']],
        ['1 container from a tag that moves', ['c']],
        ['1 container with all rights over the machine', ['c']],
      ]),
    )
  })

  test('tells of leftovers, and not of what a container still uses', () => {
    const monthOld = 40 * 86_400
    const found = deriveHygiene(
      snapshot([container('a', { ...tidy, imageId: 'sha256:used' }), container('b', ended(0, monthOld))], [], {
        ...images(image('sha256:used', []), image('sha256:free', [])),
        disk: {
          read: true,
          value: {
            layersBytes: 0,
            buildCacheBytes: 0,
            containers: [],
            volumes: [
              { name: 'used', bytes: 5, uses: 1 },
              { name: 'free', bytes: 7, uses: 0 },
              { name: 'uncounted', bytes: null, uses: null },
            ],
          },
        },
      }),
      now,
    )
    expect(found.map(({ code, title }) => `${code} ${title}`)).toEqual(
      expect.arrayContaining([
        'D26 1 container ended over 30 days ago and still there',
        'D26 1 image that no tag names and no container uses',
        'D26 1 volume that no container uses',
      ]),
    )
    expect(found).toHaveLength(3)
  })
})
