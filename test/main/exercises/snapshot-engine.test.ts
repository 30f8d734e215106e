import { afterEach, describe, expect, test } from 'vitest'
import type { Deadlines } from '../../../main/docker/calls.ts'
import { sweepEngine } from '../../../main/docker/sweep.ts'
import type { FaultsOf } from '../../../main/exercises/served-fault.ts'
import { faultsIn, snapshotEngine } from '../../../main/exercises/snapshot-engine.ts'
import type { EngineSnapshot } from '../../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { allScenes } from '../../scenes/judge.ts'
import { container, ended, now, snapshot } from '../../shared/findings/snapshots.ts'
import { ask, serve, type Served } from './served.ts'

const open: Served[] = []
afterEach(async () => {
  for (const served of open.splice(0)) await served.close()
})

async function served(of: EngineSnapshot, faults: FaultsOf = faultsIn(of)): Promise<string> {
  const one = await serve(
    snapshotEngine(of, () => Date.parse(of.takenAt)),
    faults,
  )
  open.push(one)
  return one.socket
}

async function sweepOf(of: EngineSnapshot, deadlines: Partial<Deadlines>): Promise<EngineSnapshot> {
  const swept = await sweepEngine({
    endpoint: { ...of.endpoint, host: `unix://${await served(of)}` },
    now: () => Date.parse(of.takenAt),
    signal: AbortSignal.timeout(30_000),
    onProgress: () => undefined,
    deadlines,
  })
  // What a machine sees by itself is no answer of an engine: no port is served here, and no disk.
  const { published, room, earlier } = of
  return { ...swept.snapshot, endpoint: of.endpoint, published, room, earlier }
}

/** Folders of evidence are named anew with each sweep: those of the first. */
function withFoldersOf(first: EngineSnapshot, again: EngineSnapshot): EngineSnapshot {
  if (!first.containers.read || !again.containers.read) return again
  const folders = new Map(first.containers.value.map(({ id, folder }) => [id, folder]))
  const value = again.containers.value.map((one) => ({ ...one, folder: folders.get(one.id) ?? one.folder }))
  return { ...again, containers: { read: true, value } }
}

const whole = (of: EngineSnapshot) => of.containers.read && of.containers.value.every(({ facts }) => facts.read)

describe.each(allScenes().filter((scene) => whole(scene.snapshot)))('$name', (scene) => {
  test('served and swept again gives the same findings', async () => {
    const again = withFoldersOf(scene.snapshot, await sweepOf(scene.snapshot, {}))
    const at = Date.parse(scene.snapshot.takenAt) + scene.laterMs
    expect(deriveFindings(again, at)).toEqual(deriveFindings(scene.snapshot, at))
  })
})

test.each(allScenes().filter((scene) => !whole(scene.snapshot)))(
  '$name, which could not be read in full, is served as dark as it was',
  async (scene) => {
    const soon = { version: 1_500, info: 1_500, list: 1_500, events: 1_500, images: 1_500 }
    const again = await sweepOf(scene.snapshot, { ...soon, networks: 1_500, disk: 1_500, inspect: 1_500 })
    const at = Date.parse(scene.snapshot.takenAt) + scene.laterMs
    const told = (of: EngineSnapshot) => deriveFindings(of, at).map(({ code, object }) => `${code} ${object.name}`)
    expect(told(again)).toEqual(told(scene.snapshot))
  },
)

const shop = snapshot([container('web'), container('db', ended(1), { said: ['FATAL: out of room'] })])

test('processes are not in it, and it says so', async () => {
  const answer = await ask(await served(shop), '/containers/web/top')
  expect([answer.status, answer.json()]).toEqual([501, { message: expect.stringContaining('does not do this') }])
})

test('its statistics tell what the snapshot holds, and which sample was before', async () => {
  const used = container('web', {}, { usage: { read: true, value: { ...usage, cpuPercent: 12.5 } } })
  const answer = await ask(await served(snapshot([used])), '/containers/web/stats?stream=0')
  expect(answer.json()).toMatchObject({ memory_stats: { usage: 5 }, preread: new Date(now - 1_000).toISOString() })
})

const usage = {
  id: 'web',
  cpuPercent: 0,
  memoryBytes: 5,
  memoryLimitBytes: null,
  throttledPart: null,
  processes: null,
  processLimit: null,
}

test('a call may be slow, end in an error, be cut short, or never be answered; the others are not', async () => {
  const socket = await served(shop, (path) => {
    if (path === '/info') return { delayMs: 5, ends: 'error', says: 'no storage' }
    if (path === '/networks') return { ends: 'cut' }
    return path === '/system/df' ? { ends: 'silence' } : path === '/version' ? { delayMs: 20 } : null
  })
  const silent = ask(socket, '/system/df').catch(String)
  expect(await ask(socket, '/info')).toMatchObject({ status: 500, text: '{"message":"no storage"}\n' })
  await expect(ask(socket, '/networks')).rejects.toThrow('aborted')
  expect((await ask(socket, '/version')).json()).toMatchObject({ Version: '20.10.24' })
  expect((await ask(socket, '/containers/json?all=1')).json()).toHaveLength(2)
  await open.splice(0)[0]?.close()
  expect(await silent).toContain('hang up')
})
