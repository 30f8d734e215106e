import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import type { Target } from '../../../shared/packs/place-shape.ts'
import type { TargetBinding } from '../../../shared/targets/binding.ts'
import type { TargetTest } from '../../../shared/targets/calls.ts'
import { testTarget } from '../../../main/targets/test-target.ts'
import { freePort } from '../../servers/started.ts'

/* Servers that are ill or not what they should be; the real ones are in the integration test beside this. */

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))))
})

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const tcp = (talk: (socket: Socket) => void) =>
  listen(
    createServer((socket) => {
      socket.on('error', () => undefined).resume()
      talk(socket)
    }),
  )
const http = (answer: RequestListener) => listen(createHttp(answer))

function run(
  kind: Target['kind'],
  address: string,
  parts: Partial<TargetBinding> = {},
  deadlineMs = 30_000,
): Promise<TargetTest> {
  const target: Target = { id: 'it', title: 'It', kind, covers: [] }
  return testTarget(
    target,
    { route: 'direct', address, ...parts },
    {
      kube: { env: {}, home: '/nowhere' },
      askEngine: () => Promise.reject(new Error('no engine was asked for')),
      nowMs: () => performance.now(),
      deadlineMs,
    },
  )
}

it('a port where nothing listens is told in words', async () => {
  const port = await freePort()
  expect(await run('redis', `127.0.0.1:${port}`)).toMatchObject({
    outcome: 'bad',
    reached: `127.0.0.1:${port}`,
    said: ['Nothing listens there: the connection was refused.'],
  })
})

it('a server that takes the connection and says nothing ends the test in time', async () => {
  const port = await tcp(() => undefined)
  const { outcome, said } = await run('nats', `127.0.0.1:${port}`, {}, 1_500)
  expect(outcome).toBe('bad')
  expect(said).toEqual(['It takes connections.', 'It took the connection, and then said nothing within 1.5 s.'])
})

it('a server that says something else is not taken for it', async () => {
  const port = await tcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  for (const kind of ['redis', 'nats', 'postgres'] as const) {
    const { outcome, said } = await run(kind, `127.0.0.1:${port}`)
    expect(outcome).toBe('bad')
    expect(said.at(-1)).toMatch(/first words are not those of/)
  }
})

it('a server that floods is cut off', async () => {
  const port = await tcp((socket) => socket.write('x'.repeat(1_000_000)))
  expect((await run('nats', `127.0.0.1:${port}`)).said.at(-1)).toBe('It says more than this protocol begins with.')
})

it('HTTP: the status is told, redirects are not followed, no credential is sent', async () => {
  const asked: string[] = []
  const port = await http((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? 'no login'}`)
    const status = Number(request.url?.slice(1, 4))
    response.writeHead(status, status === 302 ? { location: 'http://169.254.169.254/' } : {}).end('x'.repeat(100_000))
  })
  const at = (path: string) => run('http', `http://127.0.0.1:${port}${path}`, { credential: 'shop/api' })
  expect(await at('/200')).toMatchObject({ outcome: 'good', said: ['GET /200 answered 200.'] })
  expect(await at('/302')).toMatchObject({
    outcome: 'good',
    said: ['GET /302 answered 302.', 'It points to http://169.254.169.254/; Muster did not follow.'],
  })
  expect(await at('/401')).toMatchObject({ outcome: 'good' })
  expect(await at('/503')).toMatchObject({ outcome: 'bad', said: ['GET /503 answered 503: it is there and not well.'] })
  expect(asked).toEqual(['GET /200 no login', 'GET /302 no login', 'GET /401 no login', 'GET /503 no login'])
})

it('a server without TLS, or without HTTP, is told so', async () => {
  const plain = await http((_request, response) => response.end('hello'))
  expect((await run('http', `https://127.0.0.1:${plain}`)).said.join(' ')).toMatch(/TLS/)
  const other = await tcp((socket) => socket.end('220 mail.example ESMTP\r\n'))
  expect((await run('http', `http://127.0.0.1:${other}`)).said.join(' ')).toMatch(/does not speak HTTP/)
})

it('a way through ssh or a container is not pretended', async () => {
  const port = await freePort()
  for (const route of ['ssh', 'docker-exec', 'pod-exec', 'port-forward'] as const) {
    expect(await run('postgres', `127.0.0.1:${port}`, { route })).toMatchObject({
      outcome: 'not-tested',
      reached: null,
    })
  }
})

it('a cluster is found by the context of kubectl, and its absence told', async () => {
  const { outcome, said } = await run('kubernetes', 'production')
  expect(outcome).toBe('not-tested')
  expect(said[0]).toContain('kubectl has no configuration on this machine')
})

it('asks no engine that a pack alone names, a socket of this machine or one behind ssh', async () => {
  const around = {
    kube: { env: {}, home: '/nowhere' },
    askEngine: () => Promise.reject(new Error('an engine was asked')),
    nowMs: () => performance.now(),
  }
  for (const parts of [{ address: 'unix:///var/run/docker.sock' }, { address: 'ssh://elsewhere' }, { place: 'host' }]) {
    const target: Target = { id: 'it', title: 'It', kind: 'docker', covers: [], ...parts }
    expect(await testTarget(target, null, around)).toMatchObject({ outcome: 'not-tested', reached: null })
  }
})
