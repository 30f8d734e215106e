import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { shakeHands } from '../../../main/docker/handshake.ts'
import { knock } from '../../../main/docker/knock.ts'
import type { Nearness } from '../../../main/docker/nearness.ts'
import { readPublished } from '../../../main/docker/published-ports.ts'
import type { ContainerFacts } from '../../../shared/docker/snapshot.ts'
import { deriveFindings } from '../../../shared/findings/derive-findings.ts'
import { type Authority, type KeyFolder, makeAuthority } from '../../certificates.ts'
import { container, snapshot } from '../../shared/findings/snapshots.ts'

const host = '127.0.0.1'
const open: Server[] = []
const never = new AbortController().signal
const patient = { connectMs: 20_000, quietMs: 100 }

async function listening(server: Server): Promise<number> {
  open.push(server)
  server.listen({ host, port: 0 })
  await once(server, 'listening')
  const address = server.address()
  return address === null || typeof address === 'string' ? 0 : address.port
}

/** A port on which nobody listens: one that was given back just now. */
async function nobody(): Promise<number> {
  const server = createServer()
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

const serving = (onSocket: (socket: Socket) => void) =>
  listening(createServer((socket) => onSocket(socket.on('error', () => undefined))))

afterEach(async () => {
  for (const server of open.splice(0)) server.close()
})

describe('a knock', () => {
  test('tells who listens from who does not', async () => {
    const quiet = await serving(() => undefined)
    const greets = await serving((socket) => socket.end('220 hello\r\n'))
    // As docker-proxy does when nobody is behind it.
    const closes = await serving((socket) => socket.destroy())
    const answers = await Promise.all(
      [quiet, greets, closes, await nobody()].map((port) => knock({ host, port }, never, patient)),
    )
    expect(answers).toEqual(['answers', 'answers', 'closed', 'refused'])
  })

  test('sends nothing, and leaves no connection behind', async () => {
    const heard: Buffer[] = []
    const closed = Promise.withResolvers<void>()
    const port = await serving((socket) => {
      socket.on('data', (bytes) => heard.push(bytes))
      socket.on('close', () => closed.resolve())
    })
    await knock({ host, port }, never, patient)
    await closed.promise
    expect(heard).toEqual([])
  })

  test('ends at once when it is called off', async () => {
    const port = await serving(() => undefined)
    const off = new AbortController()
    const knocking = knock({ host, port }, off.signal, { connectMs: 600_000, quietMs: 600_000 })
    off.abort()
    expect(await knocking).toBe('silent')
    expect(await knock({ host, port }, off.signal)).toBe('silent')
  })

  test('at a door that cannot be is silence', async () => {
    expect(await knock({ host, port: 70_000 }, never)).toBe('silent')
  })
})

describe('a handshake', () => {
  let authority: Authority
  let good: KeyFolder
  let expired: KeyFolder
  beforeAll(async () => {
    authority = await makeAuthority()
    good = await authority.issue('good', { for: 'server', names: ['DNS:shop.example', 'DNS:*.shop.example'] })
    expired = await authority.issue('expired', { for: 'server', names: ['DNS:shop.example'], expired: true })
  })
  afterAll(() => rm(authority.folder, { recursive: true, force: true }))

  const serves = ({ key, cert }: KeyFolder) =>
    listening(createTlsServer({ key, cert }).on('tlsClientError', () => undefined))

  test('reads what is shown, whoever signed it, and whether it is good for a name', async () => {
    const port = await serves(good)
    const { answer, certificate } = await shakeHands({ host, port }, 'www.shop.example', never, patient)
    expect(answer).toBe('answers')
    expect(certificate).toMatchObject({
      host: 'www.shop.example',
      covers: true,
      issuer: 'Muster test authority',
      names: ['shop.example', '*.shop.example'],
    })
    const other = await shakeHands({ host, port }, 'other.example', never, patient)
    expect(other.certificate?.covers).toBe(false)
    expect((await shakeHands({ host, port }, null, never, patient)).certificate?.covers).toBe(null)
  })

  test('at a door that cannot be is silence', async () => {
    expect(await shakeHands({ host, port: 70_000 }, null, never)).toEqual({ answer: 'silent', certificate: null })
  })

  test('tells a server that speaks no TLS by its answer, and one that is not there', async () => {
    const plain = await serving((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
    const closes = await serving((socket) => socket.destroy())
    const told = await Promise.all(
      [plain, closes, await nobody()].map((port) => shakeHands({ host, port }, null, never, patient)),
    )
    expect(told).toEqual([
      { answer: 'answers', certificate: null },
      { answer: 'closed', certificate: null },
      { answer: 'refused', certificate: null },
    ])
  })

  test('an expired certificate on a published port is found, with its evidence, and a good one is none', async () => {
    // 8443 cannot be had on any machine at any time: what is inside decides.
    const [bad, fine] = [await serves(expired), await serves(good)]
    const { found, item } = await tried({
      bad: { published: [publishedAt(bad, '8443/tcp')] },
      fine: { published: [publishedAt(fine, '443/tcp')], hosts: [{ name: 'shop.example', tls: true }] },
      stranger: { published: [publishedAt(fine, '443/tcp')], hosts: [{ name: 'mail.example', tls: true }] },
    })
    expect(found).toEqual([
      'D23 bad: the certificate of bad on port PORT has expired',
      'D23 stranger: stranger on port PORT shows a certificate for another name than mail.example',
    ])
    expect(item).toContain('"validTo"')
  })
})

const publishedAt = (hostPort: number, inside = '80/tcp') => ({ inside, hostAddress: '0.0.0.0', hostPort })

/** Reads, as a sweep does, and says what the rules make of it. */
async function tried(
  containers: Record<string, Partial<ContainerFacts>>,
  near: Nearness = { at: 'here' },
  until = never,
) {
  const all = Object.entries(containers).map(([name, facts]) => container(name, facts))
  const { part, item } = await readPublished({
    near: Promise.resolve(near),
    started: Promise.resolve(
      all.map(({ facts, logs, usage, ...listed }) => ({
        listed,
        facts: Promise.resolve(facts),
        logs: Promise.resolve(logs),
        usage: Promise.resolve(usage),
      })),
    ),
    now: Date.now,
    until,
    onStray: () => expect.fail(),
  })
  const today = { startedAt: new Date(Date.now() - 3_600_000).toISOString() }
  const findings = deriveFindings(
    snapshot(
      Object.entries(containers).map(([name, facts]) => container(name, { ...facts, ...today })),
      [],
      { published: part, takenAt: new Date().toISOString() },
    ),
    Date.now(),
  )
  return {
    part,
    item: item === null ? null : Buffer.from(item.bytes).toString(),
    findings,
    found: findings
      .map(({ code, object, title }) => `${code} ${object.name}: ${title.replaceAll(/\d{4,}/g, 'PORT')}`)
      .toSorted(),
  }
}

describe('published ports', () => {
  test('that no socket is left for are said to be untried, and are no finding', async () => {
    const script = new URL('few-sockets-process.ts', import.meta.url).pathname
    const { stdout } = await promisify(execFile)('/bin/sh', [
      '-c',
      'ulimit -n 128; exec "$0" "$1"',
      process.execPath,
      script,
    ])
    expect(JSON.parse(stdout)).toEqual({
      item: null,
      part: { read: false, code: 'unreachable', why: 'This machine had no socket left to try them with.' },
    })
  })

  test('one behind which nobody listens is found, and one that answers is none', async () => {
    const closes = await serving((socket) => socket.destroy())
    const quiet = await serving(() => undefined)
    const { found, part } = await tried({
      deaf: { published: [publishedAt(await nobody())] },
      proxied: { published: [publishedAt(closes), { ...publishedAt(closes), hostAddress: '::' }] },
      well: { published: [publishedAt(quiet)] },
      udp: { published: [publishedAt(await nobody(), '53/udp')] },
    })
    expect(found).toEqual([
      'D08 deaf: nothing listens behind port PORT of deaf',
      'D08 proxied: nothing listens behind port PORT of proxied',
    ])
    expect(part.read && part.value.map(({ container: of, answer }) => `${of} ${answer}`).toSorted()).toEqual([
      'deaf refused',
      'proxied closed',
      'well answers',
    ])
  })

  test('none is tried where the engine is elsewhere, which is said; and no port of MySQL anywhere', async () => {
    let connections = 0
    const port = await serving(() => (connections += 1))
    const shop = { web: { published: [publishedAt(port)] } }
    const { part } = await tried(shop, { at: 'apart', why: 'It is reached by ssh.' })
    expect(part).toEqual({ read: false, code: 'unsupported', why: 'It is reached by ssh.' })
    await tried({ db: { published: [publishedAt(port, '3306/tcp')] } })
    await tried({ db: { published: [{ ...publishedAt(port), hostAddress: '203.0.113.7' }] } })
    expect(connections).toBe(0)
  })

  test('what was not tried in time is a blind spot, and no finding', async () => {
    const off = new AbortController()
    off.abort()
    const { part, found } = await tried(
      { web: { published: [publishedAt(await nobody())] } },
      { at: 'here' },
      off.signal,
    )
    expect(part).toMatchObject({ read: false, code: 'timed-out' })
    expect(found.filter((one) => one.startsWith('D'))).toEqual([])
  })

  test.each([
    ['80/tcp', 70_000],
    ['80/tcp', 0],
    ['70000/tcp', 8_080],
    ['443.5/tcp', 8_443],
    ['/tcp', 8_080],
  ])('what cannot be one, %s at %i, is passed over, and the others are tried', async (inside, hostPort) => {
    const port = await serving(() => undefined)
    const { part } = await tried({ web: { published: [publishedAt(hostPort, inside), publishedAt(port)] } })
    expect(part.read && part.value.map(({ hostPort: at }) => at)).toEqual([port])
  })

  test('a container that publishes nothing, or does not run, asks for nothing', async () => {
    const { part, item } = await tried({ a: {}, b: { running: false, status: 'exited', published: [publishedAt(9)] } })
    expect([part.read, item]).toEqual([false, null])
  })
})
