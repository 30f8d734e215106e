import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defaultDeadlines } from '../../../main/docker/calls.ts'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import { type Podman, startPodman } from '../../podman.ts'

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
}, 180_000)

afterAll(async () => {
  await engine?.stop()
}, 60_000)

function sweep(): Promise<SweepResult> {
  return sweepEngine({
    endpoint: { id: 'x', mode: 'live', source: 'given', name: 'podman', host: engine.host, current: false },
    now: Date.now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    deadlines: patient,
  })
}

test('a real Podman is swept whole, and tells what is ill and what happened', { timeout: 120_000 }, async () => {
  let swept = await sweep()
  // On a busy machine images and disk may not come within their second after all else.
  for (let tries = 0; tries < 5 && swept.summary.calls.failed > 0; tries += 1) swept = await sweep()
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
