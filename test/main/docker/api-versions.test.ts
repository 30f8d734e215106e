import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noAccess } from '../../../main/docker/address.ts'
import { defaultDeadlines } from '../../../main/docker/calls.ts'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import { dockerApi } from '../../../main/exercises/docker-api.ts'
import { snapshotEngine } from '../../../main/exercises/snapshot-engine.ts'
import { crowd } from '../../scenes/crowd.ts'
import { apiVersions, inVersion, tellEventsIn } from './api-shapes.ts'
import { wholeSweep } from './whole-sweep.ts'

const sixty = crowd(60, 11)
const patient = Object.fromEntries(Object.keys(defaultDeadlines).map((call) => [call, 30_000]))

/** Sweeps an engine that speaks this version, unasked or as the user pins it. */
async function sweepOf(version: string, pinned: string | null): Promise<SweepResult & { paths: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-versions-'))
  const bugs: unknown[] = []
  const engine = snapshotEngine(sixty, () => Date.parse(sixty.takenAt))
  const server = dockerApi(inVersion(engine, version), (cause) => bugs.push(cause))
  tellEventsIn(server, version)
  const paths: string[] = []
  server.on('request', ({ url }) => paths.push(url ?? ''))
  await new Promise<void>((resolve) => server.listen({ path: join(folder, 's'), backlog: 1_024 }, resolve))
  try {
    const swept = await sweepEngine({
      endpoint: { ...sixty.endpoint, host: `unix://${folder}/s` },
      access: { ...noAccess, apiVersion: pinned },
      now: () => Date.parse(sixty.takenAt),
      signal: AbortSignal.timeout(60_000),
      onProgress: () => undefined,
      deadlines: patient,
    })
    expect(bugs).toEqual([])
    return { ...swept, paths }
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true })
  }
}

/** What was found, and the facts it was found from, without what tells the versions apart. */
function told({ findings, snapshot, summary }: SweepResult) {
  const { containers, events, images, networks, disk } = snapshot
  return {
    unread: summary.couldNotRead,
    findings: findings.map(({ code, title, cause }) => ({ code, title, cause })),
    parts: [containers, events, images, networks, disk],
  }
}

test('an engine of each version from 1.41 to the newest tells the same', async () => {
  const oldest = await wholeSweep(() => sweepOf('1.41', null))
  expect(oldest.summary.calls.failed).toBe(0)
  expect(oldest.findings.length).toBeGreaterThan(1)
  expect(oldest.snapshot.events.read && oldest.snapshot.events.value.length).toBeGreaterThan(0)
  for (const version of apiVersions.slice(1)) {
    const swept = await wholeSweep(() => sweepOf(version, null))
    expect(swept.snapshot.engine).toMatchObject({ read: true, value: { apiVersion: version } })
    expect({ version, ...told(swept) }).toEqual({ version, ...told(oldest) })
  }
})

test('a version that the user pins is what is spoken', async () => {
  const swept = await wholeSweep(() => sweepOf('1.52', '1.44'))
  expect(swept.summary.calls.failed).toBe(0)
  expect(swept.paths.filter((path) => !path.startsWith('/v1.44/'))).toEqual([])
})

test.each([
  ['1.52', '1.41', /client version 1\.41 is too old\. Minimum supported API version is 1\.44/],
  ['1.41', '1.47', /client version 1\.47 is too new\. Maximum supported API version is 1\.41/],
])('an engine of %s that is asked in %s says so', async (version, pinned, words) => {
  const { snapshot, findings } = await sweepOf(version, pinned)
  expect(snapshot.containers).toMatchObject({ read: false, code: 'unsupported', why: expect.stringMatching(words) })
  expect(findings.map(({ code }) => code)).toEqual(['D18'])
})
