import { noAccess } from '../../../main/docker/address.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import { WarmStats } from '../../../main/docker/warm-stats.ts'
import type { FaultsOf } from '../../../main/exercises/served-fault.ts'
import { snapshotEngine } from '../../../main/exercises/snapshot-engine.ts'
import type { DockerEndpoint } from '../../../shared/docker/endpoint.ts'
import { serve, type Served } from '../exercises/served.ts'
import { container, ended, now, snapshot } from '../../shared/findings/snapshots.ts'

const open: { served?: Served; warm?: WarmStats } = {}
afterEach(async () => {
  open.warm?.close()
  await open.served?.close()
  delete open.warm
  delete open.served
})

const uses = {
  cpuPercent: 25,
  memoryBytes: 5,
  memoryLimitBytes: null,
  throttledPart: null,
  processes: 1,
  processLimit: null,
}
const used = (id: string) => container(id, {}, { usage: { read: true, value: { ...uses, id } } })
const shop = snapshot([used('web'), used('db'), container('job', ended(0))])

/** Serves the shop and counts what is asked of it. */
async function engine(faults: FaultsOf = () => null) {
  const asked: string[] = []
  const served = await serve(
    snapshotEngine(shop, () => now),
    (path, query) => {
      asked.push(`${path}?${query.toString()}`)
      return faults(path, query)
    },
  )
  open.served = served
  const endpoint: DockerEndpoint = { ...shop.endpoint, host: `unix://${served.socket}` }
  const streams = () => asked.filter((call) => call.endsWith('/stats?stream=true')).length
  return { endpoint, asked, streams, connections: served.connections }
}

function warmStats(idleMs?: number): WarmStats {
  open.warm = new WarmStats(idleMs === undefined ? {} : { idleMs })
  return open.warm
}

function sweep(endpoint: DockerEndpoint, warm: WarmStats): Promise<SweepResult> {
  return sweepEngine({
    endpoint,
    now: Date.now,
    signal: AbortSignal.timeout(30_000),
    onProgress: () => undefined,
    warm: warm.samples({ endpoint }),
  })
}

const patient = { timeout: 20_000, interval: 20 }
const isWarm = (warm: WarmStats, endpoint: DockerEndpoint, id: string) =>
  vi.waitFor(() => expect(warm.samples({ endpoint })?.take(id)).not.toBeNull(), patient)

test('a sweep takes what came already, and its evidence says which sample it was', async () => {
  const { endpoint, asked } = await engine()
  const warm = warmStats()
  warm.warm('incident', { endpoint }, ['web', 'db'])
  await isWarm(warm, endpoint, 'web')
  await isWarm(warm, endpoint, 'db')
  const { snapshot: seen, items } = await sweep(endpoint, warm)
  const all = seen.containers.read ? seen.containers.value : []
  expect(all.map(({ usage }) => usage?.read === true && Math.round(usage.value.cpuPercent ?? 0))).toEqual([
    25,
    25,
    false,
  ])
  expect(asked.filter((call) => call.includes('stream=false'))).toEqual([])
  const kept = items.find(({ name }) => name.startsWith('containers/web') && name.endsWith('/stats.json'))
  expect(kept?.request).toMatch(/^GET \/containers\/web\/stats\?stream=true, sample \d+ of the stream begun at 20/)
  expect(JSON.parse(Buffer.from(kept?.bytes ?? []).toString())).toMatchObject({ memory_stats: { usage: 5 } })
})

test('a first sample tells no CPU %: the engine is asked', async () => {
  const { endpoint, asked } = await engine()
  const warm = warmStats()
  warm.warm('incident', { endpoint }, ['web'])
  await vi.waitFor(() => expect(asked).toHaveLength(1), patient)
  expect(warm.samples({ endpoint })?.take('web')).toBeNull()
  await sweep(endpoint, warm)
  expect(asked.filter((call) => call.endsWith('/stats?stream=false'))).toHaveLength(2)
})

test('each container is followed once, and one that is gone no longer', async () => {
  const { endpoint, streams, connections } = await engine()
  const warm = warmStats()
  warm.warm('one', { endpoint }, ['web', 'db'])
  warm.warm('other', { endpoint }, ['web', 'db'])
  await vi.waitFor(async () => expect([streams(), await connections()]).toEqual([2, 2]), patient)
  warm.warm('one', { endpoint }, ['web'])
  await vi.waitFor(async () => expect(await connections()).toBe(1), patient)
  expect(streams()).toBe(2)
})

test('an engine is let go with the last incident that holds it, and not before', async () => {
  const { endpoint, connections } = await engine()
  const warm = warmStats()
  warm.warm('one', { endpoint }, ['web'])
  warm.warm('other', { endpoint }, ['web'])
  warm.cool('one')
  warm.cool('unknown')
  await isWarm(warm, endpoint, 'web')
  warm.cool('other')
  await vi.waitFor(async () => expect(await connections()).toBe(0), patient)
  expect(warm.samples({ endpoint })).toBeNull()
})

test('without a sweep for its time it is let go', async () => {
  const { endpoint, connections } = await engine()
  const warm = warmStats(50)
  warm.warm('incident', { endpoint }, ['web'])
  await vi.waitFor(() => expect(warm.samples({ endpoint })).toBeNull(), patient)
  await vi.waitFor(async () => expect(await connections()).toBe(0), patient)
})

test.each(['error', 'cut'] as const)(
  'a stream that ends (%s) is opened again after the next sweep, not before',
  async (ends) => {
    let isIll = true
    const { endpoint, streams } = await engine((path) => (isIll && path.endsWith('/stats') ? { ends } : null))
    const warm = warmStats()
    warm.warm('incident', { endpoint }, ['web'])
    await vi.waitFor(() => expect(streams()).toBe(1), patient)
    isIll = false
    await sweep(endpoint, warm)
    expect(streams()).toBe(1)
    await vi.waitFor(() => {
      warm.warm('incident', { endpoint }, ['web'])
      expect(streams()).toBe(2)
    }, patient)
    await isWarm(warm, endpoint, 'web')
  },
)

test('an engine that went away is let be', async () => {
  const { endpoint } = await engine()
  const warm = warmStats()
  warm.warm('incident', { endpoint }, ['web', 'db'])
  await isWarm(warm, endpoint, 'db')
  await open.served?.close()
  delete open.served
  await vi.waitFor(() => expect(warm.samples({ endpoint })?.take('db')).toBeNull(), patient)
  warm.warm('incident', { endpoint }, ['web', 'db'])
  const { findings } = await sweep(endpoint, warm)
  expect(findings.map(({ code }) => code)).toEqual(['D18'])
})

test('an engine that ssh does not get to is held without streams, and let go', async () => {
  const endpoint: DockerEndpoint = { ...shop.endpoint, host: 'ssh://nobody@nowhere.invalid' }
  const warm = warmStats()
  warm.warm('incident', { endpoint, access: { ...noAccess, environment: { PATH: '/nowhere' } } }, ['web'])
  const samples = warm.samples({ endpoint, access: { ...noAccess, environment: { PATH: '/nowhere' } } })
  expect(samples?.take('web')).toBeNull()
  warm.cool('incident')
  expect(samples?.borrow()).toBeNull()
})
