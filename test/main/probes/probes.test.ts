import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { noAccess } from '../../../main/docker/address.ts'
import { createProbes, type Probes } from '../../../main/probes/probes.ts'
import type { DockerEndpoint } from '../../../shared/docker/endpoint.ts'
import type { SweepProgress } from '../../../shared/findings/sweep.ts'
import { type HostileEngine, startHostileEngine } from '../docker/hostile-engine.ts'

const open: { probes?: Probes; engine?: HostileEngine } = {}

afterEach(async () => {
  await open.probes?.close()
  await open.engine?.stop()
  delete open.probes
  delete open.engine
})

function probes(thread?: URL): Probes {
  open.probes = thread === undefined ? createProbes() : createProbes(thread)
  return open.probes
}

async function endpoint(at: 'list' | 'info' | 'stats', fault: 'silent' | 'status 500'): Promise<DockerEndpoint> {
  open.engine = await startHostileEngine(at, fault)
  return { id: 'x', mode: 'live', source: 'given', name: 'x', host: open.engine.host, current: false }
}

test('a sweep runs on the thread and comes back whole', async () => {
  const seen: SweepProgress[] = []
  const { result } = probes().sweep({ endpoint: await endpoint('info', 'status 500') }, (step) => seen.push(step))
  const swept = await result
  expect(swept.findings.map(({ code }) => code)).toEqual(['D01', 'X11'])
  expect(seen.find(({ step }) => step !== 'read')?.step).toBe('rows')
  expect(seen.at(-1)).toEqual({ step: 'findings', findings: swept.findings, final: true })
  const list = swept.items.find(({ name }) => name === 'containers.json')
  expect(JSON.parse(Buffer.from(list?.bytes ?? []).toString())).toHaveLength(2)
})

test('cancel ends a sweep with a refusal, and lets another be', async () => {
  const target = await endpoint('stats', 'silent')
  const one = probes().sweep({ endpoint: target }, () => undefined)
  const other = open.probes?.sweep({ endpoint: target, deadlines: { stats: 300 } }, () => undefined)
  open.probes?.cancel(one.id)
  await expect(one.result).rejects.toMatchObject({ refusal: { code: 'cancelled' } })
  expect((await other?.result)?.summary.couldNotRead.map(({ what }) => what)).toEqual(['CPU and memory of well'])
})

test('an endpoint whose host is none is refused', async () => {
  const none: DockerEndpoint = { id: 's', mode: 'live', source: 'given', name: 's', host: 'ssh://-b', current: false }
  await expect(probes().sweep({ endpoint: none }, () => undefined).result).rejects.toMatchObject({
    refusal: { code: 'bad-input' },
  })
})

test('closing ends the programs that a sweep has started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-slow-ssh-'))
  await writeFile(join(folder, 'ssh'), `#!/bin/sh\necho $$ >${folder}/pid\nexec sleep 1000\n`, { mode: 0o755 })
  const far: DockerEndpoint = { id: 's', mode: 'live', source: 'given', name: 's', host: 'ssh://b', current: false }
  const environment = { PATH: `${folder}:${process.env['PATH'] ?? ''}` }
  const { result } = probes().sweep({ endpoint: far, access: { ...noAccess, environment } }, () => undefined)
  const refused = result.catch((error: unknown) => error)
  const pid = await vi.waitFor(async () => Number(await readFile(join(folder, 'pid'), 'utf8')) || expect.fail(), 20_000)
  await open.probes?.close()
  expect(await refused).toMatchObject({ refusal: { code: 'cancelled' } })
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 20_000)
  await rm(folder, { recursive: true })
})

test('when the thread dies all its sweeps are refused, and the next gets a new thread', async () => {
  const thread = new URL('./dying-thread.ts', import.meta.url)
  const target = await endpoint('list', 'silent')
  const dying = probes(thread)
  const sweeps = [
    dying.sweep({ endpoint: target }, () => undefined),
    dying.sweep({ endpoint: target }, () => undefined),
  ]
  for (const { result } of sweeps) await expect(result).rejects.toMatchObject({ refusal: { code: 'bug' } })
  await expect(dying.sweep({ endpoint: target }, () => undefined).result).rejects.toMatchObject({
    refusal: { code: 'bug' },
  })
})

test('closing cancels what runs, and starts nothing more', async () => {
  const target = await endpoint('list', 'silent')
  const { result } = probes().sweep({ endpoint: target }, () => undefined)
  const refused = result.catch((error: unknown) => error)
  await open.probes?.close()
  expect(await refused).toMatchObject({ refusal: { code: 'cancelled' } })
  await expect(open.probes?.sweep({ endpoint: target }, () => undefined).result).rejects.toThrow('closing')
})

test('ids that are unknown are let be', () => {
  expect(() => probes().cancel('nobody')).not.toThrow()
})
