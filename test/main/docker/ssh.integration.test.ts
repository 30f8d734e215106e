import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Deadlines } from '../../../main/docker/calls.ts'
import { noAccess } from '../../../main/docker/address.ts'
import { WarmStats, type WarmSamples } from '../../../main/docker/warm-stats.ts'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import type { DockerEndpoint } from '../../../shared/docker/endpoint.ts'
import { type Dockerd, startDockerd } from '../../dockerd.ts'
import { type Sshd, startSshd } from '../../sshd.ts'
import { type Fault, startHostileEngine } from './hostile-engine.ts'
import { wholeSweep } from './whole-sweep.ts'

let engine: Dockerd
let far: Sshd

beforeAll(async () => {
  engine = await startDockerd()
  far = await startSshd(engine.host)
  await Promise.all([
    ...Array.from({ length: 10 }, (_, number) => engine.container(`well-${number}`, [], 'sleep', '1000')),
    engine.container('failed', [], 'sh', '-c', 'echo out of luck >&2; exit 3'),
  ])
  await engine.until('failed', ({ State }) => State.Status === 'exited')
})

afterAll(async () => {
  await far?.stop()
  await engine?.stop()
})

function endpointAt(host: string): DockerEndpoint {
  return { id: `given:${host}`, mode: 'live', source: 'given', name: 'far', host, current: false }
}

/** Its disk is out of reach, and none of its containers publishes a port. */
const fromAfar = [
  { what: 'How full its disk is', why: 'The engine is reached by ssh, and nothing else there is from here.' },
]

function sweep(
  host: string,
  options: { signal?: AbortSignal; deadlines?: Partial<Deadlines>; warm?: WarmSamples | null } = {},
): Promise<SweepResult> {
  return sweepEngine({
    endpoint: endpointAt(host),
    access: { ...noAccess, environment: far.environment },
    now: Date.now,
    signal: options.signal ?? new AbortController().signal,
    onProgress: () => undefined,
    warm: options.warm ?? null,
    ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }),
  })
}

async function refusalOf(host: string): Promise<string> {
  const { snapshot } = await sweep(host)
  const { containers } = snapshot
  return containers.read ? 'read' : `${containers.code}: ${containers.why}`
}

/** Each ssh of this side that runs. */
async function sshLogins(): Promise<number> {
  const lines = await far.running()
  return lines.filter((line) => line.includes('/usr/bin/ssh')).length
}

/** Nothing that was started for a sweep, here or over there, outlives it. */
async function nothingRuns(): Promise<void> {
  await vi.waitFor(async () => expect(await far.running()).toEqual([]), { timeout: 60_000, interval: 50 })
}

describe('an engine behind a real sshd', () => {
  test('is swept whole, over a bounded number of connections, and leaves no process', {
    timeout: 120_000,
  }, async () => {
    let most = 0
    const watch = setInterval(() => void count(), 50)
    async function count(): Promise<void> {
      most = Math.max(most, await sshLogins())
    }
    const swept = await wholeSweep(() => sweep('ssh://root@engine'))
    clearInterval(watch)
    expect(swept.summary.couldNotRead).toEqual(fromAfar)
    expect(swept.summary.containers).toBe(11)
    expect(swept.findings.map(({ code, object }) => `${code} ${object.name}`)).toEqual(['D01 failed', 'X10 far'])
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThanOrEqual(3)
    await nothingRuns()
  })

  test.each([
    ['narrow', 'has nothing forwarded'],
    ['sharing', "by the user's own shared login"],
  ])('%s: %s', async (host) => {
    const swept = await wholeSweep(() => sweep(`ssh://${host}`))
    expect(swept.summary.couldNotRead).toEqual(fromAfar)
    expect(swept.findings.map(({ code, object }) => `${code} ${object.name}`)).toEqual(['D01 failed', 'X10 far'])
    await nothingRuns()
  })

  test('kept warm by one login, which sweeps then use', async () => {
    const warm = new WarmStats()
    const place = { endpoint: endpointAt('ssh://engine'), access: { ...noAccess, environment: far.environment } }
    const { snapshot } = await sweep('ssh://engine')
    await nothingRuns()
    const ids = snapshot.containers.read
      ? snapshot.containers.value.flatMap(({ id, state }) => (state === 'running' ? [id] : []))
      : []
    expect(ids).toHaveLength(10)
    warm.warm('incident', place, ids)
    try {
      await vi.waitFor(() => expect(ids.every((id) => warm.samples(place)?.take(id) !== null)).toBe(true), {
        timeout: 60_000,
        interval: 50,
      })
      const swept = await wholeSweep(() => sweep('ssh://engine', { warm: warm.samples(place) }))
      expect(swept.summary.couldNotRead).toEqual(fromAfar)
      expect(swept.items.filter(({ request }) => request.includes(', sample ')).length).toBeGreaterThan(5)
      expect(await sshLogins()).toBe(1)
    } finally {
      warm.cool('incident')
    }
    await nothingRuns()
  })

  test("through a jump host of the user's configuration", async () => {
    expect((await wholeSweep(() => sweep('ssh://beyond'))).summary.couldNotRead).toEqual(fromAfar)
    await nothingRuns()
  })

  test('at a port and a socket that the address names', async () => {
    const path = engine.host.replace('unix://', '')
    expect((await sweep(`ssh://root@engine:${far.port}${path}`)).summary.containers).toBe(11)
  })
})

describe('what stands in the way is told in words', () => {
  test.each([
    ['bare', /^unsupported: There is no docker on the far side \(ssh said: .*not found\)\.$/],
    ['locked', /^no-permission: The host did not let this user in \(ssh said: .*Permission denied \(publickey\)\)\.$/],
    ['strange', /^no-permission: ssh does not know the key of this host, or knows another \(ssh said: Host key/],
    ['closed', /^unreachable: ssh did not get through \(ssh said: .*Connection refused\)\.$/],
    ['engine/no/such.sock', /^unreachable: No engine listens on the far side \(ssh said: /],
  ])('%s', async (host, words) => {
    expect(await refusalOf(`ssh://${host}`)).toMatch(words)
    await nothingRuns()
  })

  test('no ssh on this machine', async () => {
    const swept = await sweepEngine({
      endpoint: endpointAt('ssh://engine'),
      access: { ...noAccess, environment: { PATH: '/nowhere' } },
      now: Date.now,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    })
    expect(swept.snapshot.containers).toMatchObject({ read: false, code: 'unsupported' })
  })

  test('a key that is refused is refused once for all calls', async () => {
    const { snapshot, items } = await sweep('ssh://locked')
    const said = new Set([snapshot.engine, snapshot.events, snapshot.images].map((part) => (part.read ? '' : part.why)))
    expect(said.size).toBe(1)
    expect(items.filter(({ outcome }) => outcome.includes('did not let this user in')).length).toBe(7)
  })
})

const allAt = (ms: number): Partial<Deadlines> =>
  Object.fromEntries(
    ['version', 'info', 'list', 'events', 'images', 'networks', 'disk', 'inspect', 'stdout', 'stderr', 'stats'].map(
      (name) => [name, ms],
    ),
  )

describe('an ssh that hangs', () => {
  test('ends within the deadline, and is gone', { retry: 4 }, async () => {
    const start = performance.now()
    const swept = await sweep('ssh://hanging', { deadlines: allAt(1_000) })
    expect(performance.now() - start).toBeLessThan(1_250)
    expect(swept.findings.map(({ code }) => code)).toEqual(['D18'])
    await nothingRuns()
  })

  test('is ended by cancelling', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 300)
    const start = performance.now()
    await expect(sweep('ssh://hanging', { signal: abort.signal })).rejects.toThrow('cancelled')
    // Without that it would be given up after fifteen.
    expect(performance.now() - start).toBeLessThan(5_000)
    await nothingRuns()
  })
})

describe('faults of an engine behind ssh', () => {
  const faults = [
    'silent',
    'half a header',
    'stalled body',
    'drip feed',
    'endless body',
    'body cut short',
    'closed at once',
    'invalid JSON',
    'HTML',
    'null',
    'status 500',
    'endless headers',
  ] as const satisfies Fault[]

  test.each(faults)('%s in the list is told in time', { retry: 4 }, async (fault) => {
    const hostile = await startHostileEngine('list', fault)
    try {
      const swept = await sweep(`ssh://engine${hostile.host.replace('unix://', '')}`, { deadlines: { list: 3_000 } })
      // The other calls may take longer than the list: each opens an ssh of its own.
      const [failed] = swept.items.filter(({ outcome }) => outcome.startsWith('failed: '))
      expect(failed?.tookMs).toBeLessThan(3_250)
      expect(swept.summary.couldNotRead.map(({ what }) => what)).toEqual(['The containers'])
      expect(swept.findings.map(({ code }) => code)).toEqual(['D18'])
    } finally {
      await hostile.stop()
    }
    await nothingRuns()
  })
})
