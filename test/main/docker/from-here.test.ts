import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Address } from '../../../main/docker/address.ts'
import type { StartedContainer } from '../../../main/docker/container-reader.ts'
import { besideEngine } from '../../../main/docker/from-here.ts'
import { nearnessOf, thisMachine } from '../../../main/docker/nearness.ts'
import { readRoom } from '../../../main/docker/room.ts'
import { type ContainerFacts, engineFactsSchema, notAsked } from '../../../shared/docker/snapshot.ts'
import { container, endpoint } from '../../shared/findings/snapshots.ts'

const engineOf = (more: object) =>
  engineFactsSchema.parse({ version: '28', apiVersion: '1.51', system: 'Debian', memoryBytes: null, ...more })

describe('where an engine is', () => {
  const here = { name: 'laptop', kernel: '6.1.0', platform: 'linux' as const }
  const socket: Address = { kind: 'socket', path: '/run/docker.sock' }
  const tcp = (host: string): Address => ({ kind: 'tcp', host, port: 2_375 })
  const ssh: Address = { kind: 'ssh', place: { user: null, host: 'far', port: null, path: null }, environment: {} }
  const own = engineOf({ machine: 'laptop', kernel: '6.1.0' })
  const other = engineOf({ machine: 'shop-1', kernel: '6.1.0' })
  const desktop = engineOf({ machine: 'docker-desktop', kernel: '6.6.0', system: 'Docker Desktop' })

  test.each([
    ['a socket of this machine', socket, own, 'here'],
    ['a socket that is forwarded from another', socket, other, 'apart'],
    ['the same name on another kernel', socket, engineOf({ machine: 'laptop', kernel: '5.10.0' }), 'apart'],
    ['one that tells no name', socket, engineOf({}), 'apart'],
    ['Docker Desktop', socket, desktop, 'boxed'],
    ['another machine of the network', tcp('10.0.0.7'), other, 'there'],
    ['a port that is forwarded', tcp('127.0.0.1'), other, 'apart'],
    ['a port of this machine', tcp('localhost'), own, 'here'],
    ['ssh, whoever answers', ssh, own, 'apart'],
  ] as const)('%s', (_name, address, engine, at) => {
    expect(nearnessOf(address, engine, here).at).toBe(at)
  })

  test('no folder of this machine is meant where it is no Linux', () => {
    expect(nearnessOf(socket, own, { ...here, platform: 'darwin' }).at).toBe('apart')
  })
})

describe('room on the disk', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-room-'))
    await mkdir(join(folder, 'containers'))
    await writeFile(join(folder, 'containers', 'web.log'), 'x'.repeat(5_000))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const started = (name: string, facts: Partial<ContainerFacts>): StartedContainer => {
    const { facts: read, logs: _logs, usage: _usage, ...listed } = container(name, facts)
    return { listed, facts: Promise.resolve(read), logs: Promise.resolve(null), usage: Promise.resolve(null) }
  }
  const logOf = (file: string, maxSize: string | null = null) => ({
    log: { driver: 'json-file', maxSize },
    logPath: file,
  })
  const room = (rootFolder: string | null, containers: StartedContainer[], until = new AbortController().signal) =>
    readRoom({
      near: Promise.resolve({ at: 'here' }),
      engine: Promise.resolve({ read: true, value: engineOf({ rootFolder }) }),
      started: Promise.resolve(containers),
      now: Date.now,
      until,
    })

  test('is told as the machine tells it, with the size of logs that nothing bounds', async () => {
    const { part, item } = await room(folder, [
      started('web', logOf(join(folder, 'containers', 'web.log'))),
      started('bounded', logOf(join(folder, 'containers', 'web.log'), '10m')),
      started('silent', logOf(join(folder, 'containers', 'none.log'))),
      // What an engine says is not believed as far as other folders.
      started('liar', logOf('/etc/hostname')),
    ])
    expect(part).toMatchObject({
      read: true,
      value: { folder, logs: [{ container: 'web', bytes: 5_000 }], unseenLogs: 0 },
    })
    const { totalBytes, usedBytes, availableBytes } = part.read ? part.value : expect.fail()
    expect(totalBytes).toBeGreaterThanOrEqual(usedBytes + availableBytes)
    expect(availableBytes).toBeGreaterThan(0)
    expect(item).toMatchObject({ name: 'room.json', outcome: 'answered' })
  })

  test('a folder that is not there is a blind spot', async () => {
    expect((await room(join(folder, 'none'), [])).part).toMatchObject({ read: false, code: 'unreachable' })
  })

  test('an engine that tells no folder is not asked, and one that takes too long is let be', async () => {
    expect(await room(null, [])).toEqual({ part: notAsked, item: null })
    const off = AbortSignal.abort()
    expect((await room(folder, [], off)).part).toMatchObject({ read: false, code: 'timed-out' })
  })
})

test('of an exercise nothing is tried, whatever its engine says of itself', async () => {
  const { name, kernel } = thisMachine()
  const value = engineOf({ machine: name, kernel, rootFolder: '/' })
  const { published, room } = besideEngine({
    endpoint: { ...endpoint, mode: 'exercise' },
    address: { kind: 'socket', path: '/run/docker.sock' },
    engine: Promise.resolve({ read: true, value }),
    started: Promise.resolve([]),
    now: Date.now,
    until: new AbortController().signal,
    onStray: () => expect.fail(),
  })
  expect([await published, await room]).toEqual([
    { part: notAsked, item: null },
    { part: notAsked, item: null },
  ])
})
