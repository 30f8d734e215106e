import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PracticeSystem, startPractice } from '../../../main/exercises/practice-world.ts'
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

/** Types a command of the real docker command line at the practice; rejects where it fails. */
function docker(...argv: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, DOCKER_HOST: practice.endpoint.host }
    const child = spawn('docker', argv, { env, timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let failed = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (failed += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(said + failed) : reject(new Error(`docker ${argv.join(' ')} ended with ${code}: ${failed}`)),
    )
  })
}

const rows = (text: string) => text.trim().split('\n')

test('ps -a lists five containers with their state', async () => {
  const listed = rows(await docker('ps', '-a', '--format', '{{.Names}} {{.Status}}'))
  expect(
    listed.map((row) => row.replace(/(Restarting \(1\) .* ago|Up (\d+ seconds?|Less than a second))$/, 'in its loop')),
  ).toEqual([
    'infinity-os-gateway-1 Up 27 hours (healthy)',
    'infinity-os-worker-1 in its loop',
    'infinity-os-backend-1 Up 27 hours (unhealthy)',
    'infinity-os-redis-1 Up 27 hours (healthy)',
    'infinity-os-postgres-1 Exited (137) 6 minutes ago',
  ])
})

test('ps filters by label and name', async () => {
  expect(await docker('ps', '-q', '--no-trunc', '--filter', 'label=com.docker.compose.service=redis')).toMatch(
    /^[0-9a-f]{64}\n$/,
  )
  expect(rows(await docker('ps', '-a', '--filter', 'name=postgres', '--format', '{{.Names}}'))).toEqual([
    'infinity-os-postgres-1',
  ])
})

test('inspect tells the kill, and what does not exist', async () => {
  const format =
    '{{.State.OOMKilled}} {{.State.ExitCode}} {{.HostConfig.Memory}} {{index .Config.Labels "com.docker.compose.project"}}'
  expect(await docker('inspect', 'infinity-os-postgres-1', '--format', format)).toBe('true 137 536870912 infinity-os\n')
  await expect(docker('inspect', 'nope')).rejects.toThrow(/No such object: nope/)
})

test('logs show the last words with their stamps', async () => {
  const last = rows(await docker('logs', '--tail', '3', '--timestamps', 'infinity-os-postgres-1'))
  expect(last).toHaveLength(3)
  expect(last[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z \d{4}.* terminated by signal 9: Killed$/)
  expect(
    rows(await docker('logs', '--since', '10m', 'infinity-os-gateway-1')).some((row) => row.includes(' 502 ')),
  ).toBe(true)
})

test('stats compute CPU and memory', async () => {
  const some = rows(
    await docker(
      'stats',
      '--no-stream',
      '--format',
      '{{.Name}} {{.CPUPerc}} {{.MemUsage}}',
      'infinity-os-backend-1',
      'infinity-os-gateway-1',
    ),
  )
  expect(some[0]).toMatch(/^infinity-os-backend-1 ([4-9]|1[0-3])\.\d\d% \d+(\.\d+)?MiB \/ 1GiB$/)
  expect(some[1]).toMatch(/^infinity-os-gateway-1 [01]\.\d\d% \d+(\.\d+)?MiB \/ 128MiB$/)
})

test('version, info and events', async () => {
  expect(await docker('version', '--format', '{{.Server.Version}} {{.Server.APIVersion}}')).toBe('27.5.1 1.47\n')
  expect(await docker('info', '--format', '{{.Name}} {{.Containers}}')).toBe('infinity-practice 5\n')
  const events = await docker(
    'events',
    '--since',
    '8m',
    '--until',
    '0s',
    '--filter',
    'container=infinity-os-postgres-1',
    '--format',
    '{{.Action}}',
  )
  expect(rows(events)).toEqual(['oom', 'die'])
})

test('what the engine does not do is said in its words', async () => {
  await expect(docker('top', 'infinity-os-redis-1')).rejects.toThrow(
    /the simulated engine does not do this: GET \/containers\/infinity-os-redis-1\/top/,
  )
  await expect(docker('rm', '-f', 'infinity-os-redis-1')).rejects.toThrow(
    /the simulated engine does not do this: DELETE/,
  )
})

test('restart of postgres cures the project within seconds', async () => {
  expect(await docker('restart', 'infinity-os-postgres-1')).toBe('infinity-os-postgres-1\n')
  expect(await docker('ps', '--filter', 'name=postgres', '--format', '{{.Status}}')).toMatch(/health: starting/)
  const deadline = Date.now() + 60_000
  const ill = async () =>
    rows(await docker('ps', '-a', '--format', '{{.Names}} {{.Status}}')).filter(
      (row) => !/\(healthy\)|worker-1 Up/.test(row),
    )
  while ((await ill()).length > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 500))
  expect(await ill()).toEqual([])
})
