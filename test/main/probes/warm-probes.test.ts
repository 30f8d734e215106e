import { afterEach, expect, test, vi } from 'vitest'
import { createProbes, type Probes } from '../../../main/probes/probes.ts'
import { snapshotEngine } from '../../../main/exercises/snapshot-engine.ts'
import type { DockerEndpoint } from '../../../shared/docker/endpoint.ts'
import { serve, type Served } from '../exercises/served.ts'
import { container, snapshot } from '../../shared/findings/snapshots.ts'

const open: { served?: Served; probes?: Probes } = {}
afterEach(async () => {
  await open.probes?.close()
  await open.served?.close()
})

const uses = { id: 'web', cpuPercent: 25, memoryBytes: 5, memoryLimitBytes: null, throttledPart: null }
const usage = { read: true as const, value: { ...uses, processes: 1, processLimit: null } }
const shop = snapshot([container('web', {}, { usage })])
const patient = { timeout: 20_000, interval: 50 }

test('the thread keeps an engine warm for the next sweep, until it is told otherwise, and to its own end', async () => {
  const served = await serve(snapshotEngine(shop, Date.now))
  const probes = createProbes()
  Object.assign(open, { served, probes })
  const endpoint: DockerEndpoint = { ...shop.endpoint, host: `unix://${served.socket}` }
  const askedFor = async () => {
    const { items } = await probes.sweep({ endpoint }, () => undefined).result
    return items.find(({ name }) => name.endsWith('/stats.json'))?.request
  }
  expect(await askedFor()).toBe('GET /containers/web/stats?stream=false')
  probes.warm('incident', { endpoint }, ['web'])
  await vi.waitFor(async () => expect(await askedFor()).toContain('stream=true, sample'), patient)
  probes.cool('incident')
  expect(await askedFor()).toBe('GET /containers/web/stats?stream=false')
  await vi.waitFor(async () => expect(await served.connections()).toBe(0), patient)
  probes.warm('incident', { endpoint }, ['web'])
  await vi.waitFor(async () => expect(await served.connections()).toBe(1), patient)
  await probes.close()
  await vi.waitFor(async () => expect(await served.connections()).toBe(0), patient)
})
