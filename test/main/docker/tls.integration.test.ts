import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accessTo } from '../../../main/docker/access.ts'
import type { TlsFiles } from '../../../main/docker/address.ts'
import { noAccess } from '../../../main/docker/address.ts'
import { discoverEndpoints } from '../../../main/docker/endpoints.ts'
import { sweepEngine, type SweepResult } from '../../../main/docker/sweep.ts'
import { type Authority, type KeyFolder, makeAuthority } from '../../certificates.ts'
import { type Dockerd, startDockerd } from '../../dockerd.ts'
import { type Fault, startHostileEngine } from './hostile-engine.ts'
import { wholeSweep } from './whole-sweep.ts'

let authority: Authority
let stranger: Authority
let server: KeyFolder
let client: KeyFolder
let engine: Dockerd
let port: number

beforeAll(async () => {
  authority = await makeAuthority()
  stranger = await makeAuthority()
  server = await authority.issue('server', { for: 'server', names: ['IP:127.0.0.1', 'DNS:localhost'] })
  client = await authority.issue('client', { for: 'client' })
  port = await freePort()
  const keys = ['ca', 'cert', 'key'].flatMap((name) => [
    `--tls${name === 'ca' ? 'cacert' : name}`,
    join(server.folder, `${name}.pem`),
  ])
  // The second address is one that the certificate does not name.
  const hosts = ['127.0.0.1', '127.0.0.2'].flatMap((host) => ['--host', `tcp://${host}:${port}`])
  engine = await startDockerd([...hosts, '--tlsverify', ...keys])
  await engine.container('failed', [], 'sh', '-c', 'echo out of luck >&2; exit 3')
  await engine.until('failed', ({ State }) => State.Status === 'exited')
})

afterAll(async () => {
  await engine?.stop()
  for (const made of [authority, stranger]) await rm(made.folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const listening = createServer()
  await new Promise<void>((resolve) => listening.listen({ host: '127.0.0.1', port: 0 }, resolve))
  const bound = listening.address()
  await new Promise((resolve) => listening.close(resolve))
  return bound === null || typeof bound === 'string' ? 0 : bound.port
}

function sweep(host: string, tls: TlsFiles, listMs?: number): Promise<SweepResult> {
  return sweepEngine({
    endpoint: { id: 'x', mode: 'live', source: 'given', name: 'far', host, current: false },
    access: { ...noAccess, tls },
    now: Date.now,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...(listMs === undefined ? {} : { deadlines: { list: listMs } }),
  })
}

function outcomeOf({ snapshot: { containers } }: SweepResult): string {
  return containers.read ? 'read' : `${containers.code}: ${containers.why}`
}

/** A folder as docker has it, with some of the files. */
async function folderWith(name: string, files: Record<string, string>): Promise<string> {
  const folder = join(authority.folder, name)
  await mkdir(folder)
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  return folder
}

describe('a real engine with --tlsverify', () => {
  test('is swept whole with the keys of a context, and no key is in its evidence', async () => {
    const home = await folderWith('home', {})
    const id = createHash('sha256').update('far').digest('hex')
    const keys = join(home, '.docker/contexts/tls', id, 'docker')
    await mkdir(keys, { recursive: true })
    await mkdir(join(home, '.docker/contexts/meta', id), { recursive: true })
    const docker = { Host: `tcp://127.0.0.1:${port}`, SkipTLSVerify: false }
    await writeFile(
      join(home, '.docker/contexts/meta', id, 'meta.json'),
      JSON.stringify({ Name: 'far', Endpoints: { docker } }),
    )
    for (const file of ['ca.pem', 'cert.pem', 'key.pem'])
      await writeFile(join(keys, file), await readFile(join(client.folder, file)))
    const around = { env: {}, home, platform: 'linux' as const, sockets: [] }
    const { endpoints, problems } = await discoverEndpoints(around)
    const [endpoint] = endpoints
    if (endpoint === undefined) throw new Error('The context was not found.')
    const access = await accessTo(endpoint, around)
    const swept = await wholeSweep(() =>
      sweepEngine({
        endpoint,
        access,
        now: Date.now,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      }),
    )
    expect(problems).toEqual([])
    expect(swept.summary.couldNotRead).toEqual([])
    expect(swept.findings.map(({ code, object }) => `${code} ${object.name}`)).toEqual(['D01 failed'])
    const kept = swept.items.map(({ bytes, request }) => request + Buffer.from(bytes).toString('latin1')).join('\n')
    expect(kept).not.toContain('PRIVATE KEY')
    expect(kept).not.toContain(client.key.split('\n')[1])
    expect(JSON.stringify([endpoint, access, swept.snapshot])).not.toContain('PRIVATE KEY')
  })

  test('wants a client certificate', async () => {
    const folder = await folderWith('ca-alone', { 'ca.pem': client.ca })
    expect(outcomeOf(await sweep(`https://127.0.0.1:${port}`, { folder, verifies: true }))).toMatch(
      /^no-permission: The engine wants a client certificate, and got none|^no-permission: The engine does not accept/,
    )
  })

  test('does not accept one of another authority', async () => {
    const other = await stranger.issue('client', { for: 'client' })
    const folder = await folderWith('other-client', {
      'ca.pem': client.ca,
      'cert.pem': other.cert,
      'key.pem': other.key,
    })
    expect(outcomeOf(await sweep(`https://127.0.0.1:${port}`, { folder, verifies: true }))).toMatch(
      /^no-permission: The engine does not accept this client's certificate/,
    )
  })

  test('is refused under another name, and believed where the check is skipped', async () => {
    const host = `https://127.0.0.2:${port}`
    expect(outcomeOf(await sweep(host, { folder: client.folder, verifies: true }))).toMatch(
      /^no-permission: The engine's certificate is for another name than this one/,
    )
    expect(outcomeOf(await sweep(host, { folder: client.folder, verifies: false }))).toBe('read')
  })

  test('is refused where its authority is not the known one', async () => {
    const folder = await folderWith('other-ca', {
      'ca.pem': (await stranger.issue('x', { for: 'client' })).ca,
      'cert.pem': client.cert,
      'key.pem': client.key,
    })
    expect(outcomeOf(await sweep(`https://127.0.0.1:${port}`, { folder, verifies: true }))).toMatch(
      /^no-permission: The engine's certificate leads to an authority that is not known here/,
    )
    const bare = join(authority.folder, 'nothing-there')
    expect(outcomeOf(await sweep(`https://127.0.0.1:${port}`, { folder: bare, verifies: true }))).toMatch(
      /^no-permission: The engine's certificate leads to an authority/,
    )
  })

  test('says so where a port does not speak TLS, or wants it', async () => {
    const plain = await startHostileEngine('none', 'connection reset')
    try {
      const host = plain.host.replace('tcp://', 'https://')
      expect(outcomeOf(await sweep(host, { folder: client.folder, verifies: true }))).toMatch(/^bad-answer: .*TLS/)
    } finally {
      await plain.stop()
    }
    expect(outcomeOf(await sweep(`tcp://127.0.0.1:${port}`, { folder: client.folder, verifies: true }))).toMatch(
      /^bad-answer: The engine answered 400: .*HTTPS/,
    )
  })
})

describe('keys that are of no use are refused in words, and not repeated', () => {
  test.each([
    [
      'none of them',
      () => ({ 'ca.pem': 'no key', 'cert.pem': 'hunter2', 'key.pem': 'hunter2' }),
      /no key or no certificate/,
    ],
    ['a key of another', () => ({ 'cert.pem': client.cert, 'key.pem': server.key }), /do not belong together/],
  ])('%s', async (name, files, words) => {
    const folder = await folderWith(name.replaceAll(' ', '-'), files())
    const said = outcomeOf(await sweep(`https://127.0.0.1:${port}`, { folder, verifies: true }))
    expect(said).toMatch(/^bad-input: The keys in /)
    expect(said).toMatch(words)
    expect(said).not.toContain('hunter2')
  })
})

test('a certificate that has expired is refused', async () => {
  const { cert, key } = await authority.issue('expired', { for: 'server', names: ['IP:127.0.0.1'], expired: true })
  const old = await startHostileEngine('none', 'silent', { cert, key })
  try {
    expect(outcomeOf(await sweep(old.host, { folder: client.folder, verifies: true }))).toMatch(
      /^no-permission: The engine's certificate has expired/,
    )
  } finally {
    await old.stop()
  }
})

describe('faults of an engine behind TLS', () => {
  const faults = [
    'silent',
    'half a header',
    'stalled body',
    'drip feed',
    'endless body',
    'body cut short',
    'chunks cut short',
    'closed at once',
    'invalid JSON',
    'null',
    'status 500',
    'another protocol',
    'endless headers',
  ] as const satisfies Fault[]

  test.each(faults)('%s in the list is told in time', { retry: 4 }, async (fault) => {
    const { cert, key, ca } = server
    const hostile = await startHostileEngine('list', fault, {
      cert,
      key,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    })
    try {
      const swept = await sweep(hostile.host, { folder: client.folder, verifies: true }, 300)
      const [failed] = swept.items.filter(({ outcome }) => outcome.startsWith('failed: '))
      expect(failed?.tookMs).toBeLessThan(550)
      expect(swept.summary.couldNotRead.map(({ what }) => what)).toEqual(['The containers'])
      expect(swept.findings.map(({ code }) => code)).toEqual(['D18'])
    } finally {
      await hostile.stop()
    }
  })
})
