import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SweepResult, sweepEngine } from '../../../main/docker/sweep.ts'
import { type PracticeSystem, startPractice } from '../../../main/exercises/practice-world.ts'
import { wholeSweep } from '../docker/whole-sweep.ts'
import { scenarioFile } from './served.ts'

let folder: string
let practice: PracticeSystem
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'muster-test-'))
  practice = await startPractice({ folder, scenarioFile })
})
afterAll(async () => {
  await practice.stop()
  rmSync(folder, { recursive: true })
})

const sweep = (): Promise<SweepResult> => wholeSweep(sweepOnce)

function sweepOnce(): Promise<SweepResult> {
  const { host } = practice.endpoint
  const endpoint = {
    id: 'practice',
    mode: 'exercise',
    source: 'practice',
    name: 'practice',
    host,
    current: true,
  } as const
  return sweepEngine({ endpoint, now: Date.now, signal: AbortSignal.timeout(60_000), onProgress: () => undefined })
}

const story = ({ findings }: SweepResult) =>
  findings.map(({ code, object, effects }) => [
    code,
    object.service,
    effects.map((effect) => `${effect.code} ${effect.object.service}`).toSorted(),
  ])

test('the same probes and rules as on the day find one cause with its symptoms folded, at any moment of the loop', async () => {
  for (let look = 0; look < 5; look++) {
    expect(story(await sweep())).toEqual([['D02', 'postgres', ['D04 worker', 'D05 backend']]])
    await new Promise((resolve) => setTimeout(resolve, 1_700))
  }
})

test('nothing stays unread, and no secret of the practice is kept', async () => {
  const { summary, items } = await sweep()
  expect([summary.containers, summary.couldNotRead]).toEqual([5, []])
  const kept = items.map(({ bytes }) => Buffer.from(bytes).toString())
  expect(kept.some((text) => text.includes('POSTGRES_PASSWORD='))).toBe(true)
  expect(kept.filter((text) => text.includes('practice-only-not-a-real'))).toEqual([])
})

test('restarting a symptom leaves the cause', async () => {
  await practice.restart('backend')
  expect((await sweep()).findings[0]).toMatchObject({ code: 'D02', object: { service: 'postgres' } })
})
