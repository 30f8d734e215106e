import {
  engineFactsSchema,
  type ContainerFacts,
  type EngineSnapshot,
  type KnockedPort,
} from '../../shared/docker/snapshot.ts'
import { container, before, ended, event, service, snapshot } from '../shared/findings/snapshots.ts'
import type { Scene } from './scene.ts'

/*
 * Scenes that no engine on a closed machine can be brought to play: several networks, published ports, a sick engine, a
 * clock that is off. Written by hand after the Docker Engine API 1.51, https://docs.docker.com/reference/api/engine/version/v1.51/.
 */

const origin = 'by hand, after the Docker Engine API 1.51'

const scene = (name: string, wrong: readonly string[], shown: EngineSnapshot, laterMs = 0): Scene => ({
  name,
  origin,
  wrong: [...wrong],
  laterMs,
  snapshot: shown,
})

const port = (hostPort: number, hostAddress = '0.0.0.0'): Partial<ContainerFacts> => ({
  published: [{ inside: '80/tcp', hostAddress, hostPort }],
})
const on = (...names: string[]): Partial<ContainerFacts> => ({
  networkMode: names[0] ?? 'shop',
  networks: names.map((name) => ({ name, address: '10.0.0.2' })),
})
const notStarted = (error: string): Partial<ContainerFacts> => ({
  status: 'created',
  running: false,
  startedAt: null,
  error,
})
const engine = (parts: object): Partial<EngineSnapshot> => ({
  engine: {
    read: true,
    value: engineFactsSchema.parse({ version: '28.3', apiVersion: '1.51', system: null, memoryBytes: null, ...parts }),
  },
})
const unread = (code: 'unreachable' | 'no-permission' | 'timed-out' | 'bad-answer'): Partial<EngineSnapshot> => {
  const why = { read: false as const, code, why: 'It did not answer.' }
  return { engine: why, containers: why, events: why, images: why, networks: why, disk: why }
}
const silent = (name: string) => ({
  ...container(name),
  facts: { read: false as const, code: 'timed-out' as const, why: 'No answer in 5 s.' },
})
const GiB = 2 ** 30
/** So many GiB of a hundred are left; the log of `a` has so many. */
const room = (left: number, log = 0): Partial<EngineSnapshot> => ({
  room: {
    read: true,
    value: {
      folder: '/var/lib/docker',
      totalBytes: 100 * GiB,
      usedBytes: (100 - left) * GiB,
      availableBytes: left * GiB,
      inodes: 6_553_600,
      freeInodes: 6_000_000,
      logs: [{ container: 'a', bytes: log * GiB }],
      unseenLogs: 0,
    },
  },
})
const elsewhere = { read: false as const, code: 'unsupported' as const, why: 'The engine is on another machine.' }
const tried = (more: Partial<KnockedPort>): KnockedPort => ({
  container: 'a',
  inside: '80/tcp',
  hostPort: 80,
  address: '10.0.0.7:80',
  answer: 'answers',
  within: null,
  certificates: [],
  tlsHosts: [],
  ...more,
})
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

export const written: readonly Scene[] = [
  scene(
    'port-taken',
    ['D08 new'],
    snapshot([
      container('new', {
        ...notStarted(
          'driver failed programming external connectivity: Bind for 0.0.0.0:8080 failed: port is already allocated',
        ),
        ...port(8_080),
      }),
      container('old', port(8_080)),
    ]),
  ),
  scene(
    'port-of-the-one-before',
    [],
    snapshot([container('blue', { ...ended(0), ...port(80) }), container('green', port(80))]),
  ),
  scene(
    'port-on-two-addresses',
    [],
    snapshot([container('in', port(80, '10.0.0.1')), container('out', port(80, '192.0.2.1'))]),
  ),
  scene(
    'port-taken-by-a-program',
    ['D07 web'],
    snapshot([
      container('web', { ...notStarted('listen tcp4 0.0.0.0:80: bind: address already in use'), ...port(80) }),
    ]),
  ),
  scene('network-detached', ['D17 api'], snapshot([container('api', { networkMode: 'shop', networks: [] })])),
  scene(
    'networks-apart',
    ['D17 shop-api-1'],
    snapshot([service('db', [], on('back')), service('api', ['db'], on('front'))]),
  ),
  scene('networks-shared', [], snapshot([service('db', [], on('back')), service('api', ['db'], on('front', 'back'))])),
  scene('network-of-the-machine', [], snapshot([container('agent', { networkMode: 'host', networks: [] })])),
  scene('network-of-another', [], snapshot([container('sidecar', { networkMode: 'container:abc', networks: [] })])),
  scene('engine-gone', ['D18 x'], snapshot([], [], unread('unreachable'))),
  scene('engine-forbidden', ['D18 x'], snapshot([], [], unread('no-permission'))),
  scene('engine-silent', ['D18 x'], snapshot([], [], unread('timed-out'))),
  scene('engine-of-another-kind', ['D18 x'], snapshot([], [], unread('bad-answer'))),
  scene('engine-empty', [], snapshot([])),
  scene(
    'engine-warns-of-storage',
    ['D19 x'],
    snapshot([container('a')], [], engine({ warnings: ['devicemapper: running out of data space'] })),
  ),
  scene(
    'engine-warns-as-most-do',
    [],
    snapshot(
      [container('a')],
      [],
      engine({ warnings: ['WARNING: No swap limit support', 'WARNING: bridge-nf-call-iptables is disabled'] }),
    ),
  ),
  scene('engine-hangs', ['D19 x'], snapshot(names.map(silent))),
  scene('one-does-not-answer', ['X02 z'], snapshot([...names.map((name) => container(name)), silent('z')])),
  scene('clock-behind', ['D21 x'], snapshot([container('a')], [], engine({ time: before(120) }))),
  scene('clock-as-here', [], snapshot([container('a')], [], engine({ time: before(-2) }))),
  scene('removal-failed', ['D10 a'], snapshot([container('a', { status: 'dead', running: false, dead: true })])),
  scene(
    'looped-before-it-was-mended',
    [],
    snapshot(
      [container('a', { restarts: 3, startedAt: before(400), restartPolicy: { name: 'always', maximumRetries: 0 } })],
      [700, 690, 680].flatMap((at) => [event(at, 'a', 'start'), event(at - 2, 'a', 'die', { exitCode: 1 })]),
    ),
  ),
  scene('ended-days-ago', [], snapshot([container('old-task', ended(0, 5 * 86_400))])),
  scene(
    'image-gone',
    ['D11 a'],
    snapshot([container('a', { imageId: 'sha256:old', imageName: 'acme/thing:1' })], [], {
      images: { read: true, value: [{ id: 'sha256:other', tags: ['other:1'], createdAt: null, sizeBytes: 1 }] },
    }),
  ),
  scene('disk-full', ['D13 x'], snapshot([container('a')], [], room(0.2))),
  scene('disk-nearly-full', ['D13 x'], snapshot([container('a')], [], room(8))),
  scene('disk-with-room', [], snapshot([container('a')], [], room(40))),
  scene('log-huge', ['D13 a'], snapshot([container('a')], [], room(40, 12))),
  scene('log-large', [], snapshot([container('a')], [], room(40, 0.5))),
  scene('disk-of-another-machine', ['X10 x'], snapshot([container('a')], [], { room: elsewhere })),
  scene('ports-of-another-machine', ['X09 x'], snapshot([container('a', port(80))], [], { published: elsewhere })),
  scene(
    'port-behind-a-firewall',
    ['X09 a'],
    snapshot([container('a', port(80))], [], { published: { read: true, value: [tried({ answer: 'silent' })] } }),
  ),
  scene(
    'port-without-a-way',
    ['D08 a'],
    snapshot([container('a', port(80))], [], {
      published: { read: true, value: [tried({ answer: 'refused', within: 'answers' })] },
    }),
  ),
]
