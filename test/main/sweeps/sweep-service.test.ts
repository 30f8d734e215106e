import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DeskClient, startDesk } from '../../../main/desk/desk-client.ts'
import type { CollectedItem } from '../../../main/evidence/bundle.ts'
import { createEvidence } from '../../../main/evidence/evidence-client.ts'
import { EvidenceService } from '../../../main/evidence/evidence-service.ts'
import { Practice } from '../../../main/practice/practice.ts'
import { createProbes, type Probes } from '../../../main/probes/probes.ts'
import { SweepService } from '../../../main/sweeps/sweep-service.ts'
import { type HostileEngine, startHostileEngine } from '../docker/hostile-engine.ts'
import { plainDeclaration } from '../incidents/plain-declaration.ts'

const ana = { contact: null, name: 'Ana' }
let folder = ''
let desk: DeskClient
let probes: Probes
let evidence: EvidenceService
let engine: HostileEngine
let incident = ''

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-sweeps-'))
  desk = await startDesk(folder, { rings: false })
  probes = createProbes()
  evidence = new EvidenceService(desk, createEvidence(folder), folder)
  incident = (await desk.ask('declare', plainDeclaration(), ana)).id
})

afterEach(async () => {
  await probes.close()
  await evidence.close()
  await engine.stop()
  await desk.close()
  rmSync(folder, { recursive: true })
})

function service(given: Probes): SweepService {
  const practice = new Practice(folder, '', () => undefined)
  return new SweepService({ desk, evidence, probes: () => given, practice })
}

function start(sweeps: SweepService) {
  return sweeps.start({ incident, endpoint: engine.host, by: ana }, () => undefined)
}

test('what a sweep read moves to the evidence thread whole, and memory that it shares is left as it was', async () => {
  engine = await startHostileEngine('info', 'status 500')
  let items: readonly CollectedItem[] = []
  const shared = Buffer.from('{"a":1}')
  const sweeps = service({
    sweep(input, onProgress) {
      const { id, result } = probes.sweep(input, onProgress)
      const seen = result.then((swept) => {
        const [first] = swept.items
        if (first === undefined) throw new Error('The sweep read nothing')
        items = [...swept.items, { ...first, name: 'shared.json', bytes: shared }]
        return { ...swept, items: [...items] }
      })
      return { id, result: seen }
    },
    cancel: (id) => probes.cancel(id),
    warm: (...place) => probes.warm(...place),
    cool: (holder) => probes.cool(holder),
    close: () => probes.close(),
  })
  const { bundle } = await (await start(sweeps)).kept
  const { checks } = await evidence.checkIncident(incident, 'asked for', ana)
  expect(checks).toEqual([{ bundle, result: 'match' }])
  expect(shared.toString()).toBe('{"a":1}')
  expect(items.slice(0, -1).map(({ bytes }) => bytes.length)).toEqual(items.slice(0, -1).map(() => 0))
})

test('the ninth sweep at once is refused, and there is room again when one has ended', async () => {
  engine = await startHostileEngine('list', 'silent')
  const sweeps = service(probes)
  const running = await Promise.all(Array.from({ length: 8 }, () => start(sweeps)))
  const ends = running.map(({ kept }) => kept.catch((error: unknown) => error))
  await expect(start(sweeps)).rejects.toMatchObject({ refusal: { code: 'not-allowed' } })
  sweeps.cancel(running[0]?.id ?? '')
  await ends[0]
  const next = await start(sweeps)
  ends.push(next.kept.catch((error: unknown) => error))
  sweeps.cancelAll()
  await Promise.all(ends)
})

test('an engine is kept warm after the sweeps of an open incident, where others will follow', async () => {
  engine = await startHostileEngine('info', 'status 500')
  const told: unknown[] = []
  const sweeps = service({
    sweep: (...given) => probes.sweep(...given),
    cancel: (id) => probes.cancel(id),
    warm: (holder, { endpoint }, containers) => told.push(['warm', holder, endpoint.host, containers]),
    cool: (holder) => told.push(['cool', holder]),
    close: () => probes.close(),
  })
  const sweep = async (keepWarm: boolean) => {
    const request = { incident, endpoint: engine.host, by: ana, keepWarm }
    return (await sweeps.start(request, () => undefined)).kept
  }
  await sweep(false)
  sweeps.cool(incident)
  expect(told).toEqual([])
  await sweep(true)
  const warmed = ['warm', incident, engine.host, ['well']]
  expect(told).toEqual([warmed])
  const running = await sweeps.start({ incident, endpoint: engine.host, by: ana, keepWarm: true }, () => undefined)
  sweeps.cool(incident)
  await running.kept
  sweeps.cool(null)
  expect(told).toEqual([warmed, ['cool', incident]])
})
