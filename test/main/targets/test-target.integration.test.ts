import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Target } from '../../../shared/packs/place-shape.ts'
import type { TargetTest } from '../../../shared/targets/calls.ts'
import { testTarget } from '../../../main/targets/test-target.ts'
import { startNats } from '../../servers/nats.ts'
import { startPostgres } from '../../servers/postgres.ts'
import { startRedis } from '../../servers/redis.ts'
import { type StartedServer } from '../../servers/started.ts'

let folder = ''
const started: StartedServer[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-targets-'))
})
afterAll(async () => {
  await Promise.all(started.map((server) => server.stop()))
  await rm(folder, { recursive: true, force: true })
})

function run(
  kind: Target['kind'],
  address: string,
  { home = '/nowhere', deadlineMs = 20_000 }: { home?: string; deadlineMs?: number } = {},
): Promise<TargetTest> {
  const target: Target = { id: 'it', title: 'It', kind, covers: [] }
  return testTarget(
    target,
    { route: 'direct', address },
    {
      kube: { env: {}, home },
      askEngine: () => Promise.reject(new Error('no engine was asked for')),
      nowMs: () => performance.now(),
      deadlineMs,
    },
  )
}

it('a real Redis answers PING, and one with a password says that it wants it', async () => {
  const open = await startRedis()
  const closed = await startRedis({ password: 'not-a-real-one' })
  started.push(open, closed)
  expect(await run('redis', `127.0.0.1:${open.port}`)).toMatchObject({
    outcome: 'good',
    said: ['It takes connections.', 'It answered PING with PONG.'],
    untested: ['Whether it lets you in: no credential was sent.'],
  })
  expect((await run('redis', `redis://127.0.0.1:${closed.port}`)).said).toContain('It is Redis and wants a password.')
  // It waits for the end of a line that never comes: it is not taken for PostgreSQL.
  expect((await run('postgres', `127.0.0.1:${open.port}`, { deadlineMs: 1_000 })).outcome).toBe('bad')
})

it('a real NATS says its version', async () => {
  const nats = await startNats()
  started.push(nats)
  const { outcome, said } = await run('nats', `nats://127.0.0.1:${nats.port}`)
  expect(outcome).toBe('good')
  expect(said.at(-1)).toMatch(/^It is NATS \d+\.\d+/)
})

it('a real PostgreSQL says whether it offers TLS', async () => {
  const postgres = await startPostgres()
  started.push(postgres)
  const { outcome, said } = await run('postgres', `127.0.0.1:${postgres.port}`)
  expect(said.at(-1)).toBe('It is PostgreSQL, without TLS.')
  expect(outcome).toBe('good')
  expect((await run('nats', `127.0.0.1:${postgres.port}`, { deadlineMs: 1_000 })).outcome).toBe('bad')
})

it('a certificate that nobody vouches for is bad for a site, and told of a cluster', async () => {
  await promisify(execFile)('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
  ])
  const server = createServer({
    key: readFileSync(join(folder, 'key.pem')),
    cert: readFileSync(join(folder, 'cert.pem')),
  })
  server.on('tlsClientError', () => undefined)
  const port = await listening(server)
  try {
    const tls = await run('tls', `localhost:${port}`)
    expect(tls.outcome).toBe('bad')
    expect(tls.said.join(' ')).toMatch(/It speaks TLSv1\.\d; .* signed by itself/)
    expect((await run('http', `https://localhost:${port}/`)).said.join(' ')).toMatch(/signed by itself/)

    const config = {
      contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: `https://localhost:${port}` } }],
      'current-context': 'prod',
    }
    const home = join(folder, 'home')
    await mkdir(join(home, '.kube'), { recursive: true })
    await writeFile(join(home, '.kube', 'config'), JSON.stringify(config))
    const cluster = await run('kubernetes', 'prod', { home })
    expect(cluster).toMatchObject({ outcome: 'good', reached: `localhost:${port}` })
    expect(await run('kubernetes', 'prd', { home })).toMatchObject({
      outcome: 'not-tested',
      said: ["kubectl has no context 'prd'. It has: prod.", 'Nothing was sent.'],
    })
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
