import { beforeEach, expect, test } from 'vitest'
import { createClient } from '../../../renderer/bridge/client.ts'
import { engineFor } from '../../../renderer/findings/engines-store.ts'
import { createSweepsStore, type SweepsStore } from '../../../renderer/findings/sweeps-store.ts'
import { FakeMain, localEngine } from '../fake-main.ts'
import { CHECKOUT as incident, findings, rows, summary, usage } from '../story.ts'

let main: FakeMain
let sweeps: SweepsStore

beforeEach(() => {
  main = new FakeMain()
  sweeps = createSweepsStore(createClient(main.bridge()), () => main.nowMs)
})

const run = () => sweeps.store.getState()[incident]
const start = () => sweeps.start(incident, 'default-socket', 'docker eu-1')

test('a sweep is asked, then running', async () => {
  const started = start()
  expect(run()?.status).toBe('asked')
  await started
  expect(run()).toMatchObject({ status: 'running', sweep: 'sweep-1' })
})

test('a second sweep is not asked for while one runs', async () => {
  await start()
  await start()
  expect(main.asked.filter(({ name }) => name === 'sweeps.start')).toHaveLength(1)
})

test('rows, counts, usage and findings come in as they are read', async () => {
  await start()
  const sweep = 'sweep-1'
  sweeps.progressed({ sweep, incident, progress: { step: 'rows', rows } })
  sweeps.progressed({ sweep, incident, progress: { step: 'read', done: 3, of: 21 } })
  for (const one of usage) sweeps.progressed({ sweep, incident, progress: { step: 'usage', usage: [one] } })
  sweeps.progressed({ sweep, incident, progress: { step: 'findings', findings, final: false } })
  expect(run()).toMatchObject({ rows, done: 3, of: 21, findings })
  expect(Object.keys(run()?.usage ?? {})).toHaveLength(usage.length)
})

test('progress that comes before the answer belongs to the sweep that was asked for', async () => {
  const started = start()
  sweeps.progressed({ sweep: 'sweep-1', incident, progress: { step: 'rows', rows } })
  sweeps.ended({ sweep: 'sweep-1', incident, summary, refusal: null })
  await started
  expect(run()).toMatchObject({ status: 'kept', rows, summary })
})

test('progress of another sweep is not taken', async () => {
  await start()
  sweeps.progressed({ sweep: 'sweep-0', incident, progress: { step: 'rows', rows } })
  expect(run()?.rows).toBeNull()
})

test('a refused start and a failed end say why', async () => {
  const refusal = { code: 'unreachable', tried: 'Sweep', happened: 'No socket.', next: 'Start Docker.' } as const
  main.refusals.set('sweeps.start', refusal)
  await start()
  expect(run()).toMatchObject({ status: 'failed', refusal })
  await start()
  sweeps.ended({ sweep: 'sweep-1', incident, summary: null, refusal })
  expect(run()).toMatchObject({ status: 'failed', refusal })
})

test('a cancel is asked for first, and the end says that it was cancelled', async () => {
  await start()
  const cancelled = sweeps.cancel(incident)
  expect(run()?.status).toBe('cancelling')
  await cancelled
  expect(main.asked.at(-1)).toEqual({ name: 'sweeps.cancel', argument: { sweep: 'sweep-1' } })
})

test('the engine is the chosen one, else the one swept last, else the current one, else the first', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ ...localEngine, id, current: id === 'b' }))
  const all = [a!, b!, c!]
  expect(engineFor(all, 'c', 'a')?.id).toBe('c')
  expect(engineFor(all, undefined, 'a')?.id).toBe('a')
  expect(engineFor(all, 'gone', 'gone')?.id).toBe('b')
  expect(engineFor([c!], undefined, undefined)?.id).toBe('c')
  expect(engineFor([], undefined, undefined)).toBeNull()
})
