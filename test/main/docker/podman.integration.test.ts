import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defaultDeadlines } from '../../../main/docker/calls.ts'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import { type Podman, startPodman } from '../../podman.ts'
import { wholeSweep } from './whole-sweep.ts'

let engine: Podman
/** Podman starts programs for what it is asked. */
const patient = Object.fromEntries(Object.keys(defaultDeadlines).map((call) => [call, 30_000]))

beforeAll(async () => {
  engine = await startPodman()
  await engine.container('well', [], 'sleep', '1000')
  await engine.container('failed', [], 'sh', '-c', 'echo connect ECONNREFUSED 10.0.0.5:5432 >&2; exit 3')
  await engine.container('gave-up', ['--restart', 'on-failure:2'], 'sh', '-c', 'exit 4')
  await vi.waitFor(
    async () => {
      const states = await engine.podman(
        'inspect',
        '--format',
        '{{.State.Status}} {{.RestartCount}}',
        'failed',
        'gave-up',
      )
      expect(states).toBe('exited 0\nexited 2\n')
    },
    { timeout: 60_000, interval: 100 },
  )
})

afterAll(async () => {
  await engine?.stop()
})

function sweep(): Promise<SweepResult> {
  return sweepEngine({
    endpoint: { id: 'x', mode: 'live', source: 'given', name: 'podman', host: engine.host, current: false },
    now: Date.now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    deadlines: patient,
  })
}

test('a real Podman is swept whole, and tells what is ill and what happened', async () => {
  const swept = await wholeSweep(sweep)
  expect(swept.summary.couldNotRead).toEqual([])
  expect(swept.summary.calls.failed).toBe(0)
  const found = swept.findings.map(({ code, object }) => `${object.name} ${code}`)
  expect(found.toSorted()).toEqual(['failed D01', 'gave-up D04'])
  expect(swept.findings.find(({ object }) => object.name === 'failed')?.cause).toBe(
    'connect ECONNREFUSED 10.0.0.5:5432',
  )
  const { events } = swept.snapshot
  const ends = events.read ? events.value.filter(({ action, name }) => action === 'die' && name === 'failed') : []
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([3])
})
