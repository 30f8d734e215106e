import { expect, test } from 'vitest'
import { sweepEngine } from '../../../main/docker/sweep.ts'
import type { DockerEndpoint } from '../../../shared/docker/endpoint.ts'
import { servePractice, TestClock } from '../exercises/served.ts'

const twentyMinutes = 20 * 60_000

async function witnessOf(offMs: number, mode: DockerEndpoint['mode'] = 'live') {
  const served = await servePractice(new TestClock())
  const endpoint: DockerEndpoint = {
    id: 'given',
    mode,
    source: 'given',
    name: 'docker eu-1',
    host: `unix://${served.socket}`,
    current: true,
  }
  try {
    const swept = await sweepEngine({
      endpoint,
      now: () => Date.now() + offMs,
      signal: new AbortController().signal,
      onProgress: () => {},
    })
    return swept.witness
  } finally {
    await served.close()
  }
}

test('an engine tells by the dates of its answers that this clock is twenty minutes ahead, or behind', async () => {
  const beganMs = performance.now()
  const [ahead, behind] = await Promise.all([witnessOf(twentyMinutes), witnessOf(-twentyMinutes)])
  expect(ahead?.against).toBe('docker eu-1')
  const tookMs = performance.now() - beganMs
  // A date has whole seconds, and an answer may be as late as a busy machine makes it.
  expect(Math.abs((ahead?.skewMs ?? 0) - twentyMinutes)).toBeLessThan(1_000 + tookMs)
  expect(Math.abs((behind?.skewMs ?? 0) + twentyMinutes)).toBeLessThan(1_000 + tookMs)
})

test('an engine of this machine that agrees is no witness, and a simulated one never is', async () => {
  expect(await witnessOf(0)).toBeNull()
  expect(await witnessOf(twentyMinutes, 'exercise')).toBeNull()
})
