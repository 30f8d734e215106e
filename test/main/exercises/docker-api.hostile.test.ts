import { request } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bodyCapBytes } from '../../../main/exercises/docker-api.ts'
import { ApiError, type ServedEngine } from '../../../main/exercises/served-engine.ts'
import { worldEngine } from '../../../main/exercises/world-engine.ts'
import { ask, frames, practice, type Served, serve, servePractice, TestClock } from './served.ts'

let clock: TestClock
let served: Served
beforeEach(async () => {
  clock = new TestClock()
  served = await servePractice(clock)
})
afterEach(async () => {
  await ask(served.socket, '/_ping')
  await served.close()
})

/** Writes bytes as they are; gives what comes back until the server closes or is quiet for so long. */
function raw(bytes: string, quietMs = 30_000): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    const client = connect(served.socket, () => client.write(bytes, 'latin1'))
    client.setTimeout(quietMs, () => client.destroy())
    client.on('data', (chunk) => {
      heard += chunk.toString('latin1')
    })
    client.on('error', (cause: NodeJS.ErrnoException) =>
      cause.code === 'EPIPE' || cause.code === 'ECONNRESET' ? resolve(heard) : reject(cause),
    )
    client.on('close', () => resolve(heard))
  })
}

test.each([
  ['noise', '\u0000\u0001\u0002\r\n\r\n'],
  ['no method', '/containers/json HTTP/1.1\r\n\r\n'],
  ['another protocol', 'EHLO practice\r\n\r\n'],
  ['two lengths', 'POST /containers/x/restart HTTP/1.1\r\nHost: d\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['a bad chunk', 'POST /containers/x/restart HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ['no host', 'GET /_ping HTTP/1.1\r\n\r\n'],
])('%s is answered with 400', async (_name, bytes) => {
  expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 400 /)
})

test('a header without end is answered with 431', async () => {
  expect(await raw(`GET /_ping HTTP/1.1\r\nHost: d\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
})

test('a target in another form is answered with 400, and a CONNECT reaches nothing', async () => {
  expect(await raw('GET http://example.invalid/version HTTP/1.1\r\nHost: d\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  expect(await raw('CONNECT example.invalid:443 HTTP/1.1\r\nHost: d\r\n\r\n', 500)).toBe('')
})

test('a body over the cap is answered with 413', async () => {
  const { status, json } = await ask(served.socket, '/containers/x/restart', {
    method: 'POST',
    body: 'x'.repeat(bodyCapBytes + 1),
  })
  expect([status, json()]).toEqual([413, { message: 'request body too large' }])
})

test('whatever is asked, the answer is an answer: never a 500, never a crash', async () => {
  const word = fc.constantFrom(
    'containers',
    'json',
    'logs',
    'stats',
    'events',
    'info',
    'v1.41',
    'v1',
    '..',
    'infinity-os-redis-1',
    '%2F',
    '%',
    '',
    '__proto__',
    'a'.repeat(300),
  )
  const name = fc.constantFrom('filters', 'tail', 'since', 'stdout', 'stderr', 'limit', 'all', 'one-shot', '__proto__')
  const value = fc.oneof(
    fc.constantFrom(
      '1',
      '0',
      '-1',
      '1e9',
      '{}',
      '[]',
      'null',
      '{"label":["a","b=c"]}',
      '{"name":["^/$"]}',
      '{"__proto__":["x"]}',
      '9'.repeat(40),
    ),
    fc.string(),
  )
  const query = fc.array(fc.tuple(name, value), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), query, async (words, pairs) => {
      const search = new URLSearchParams([['stream', '0'], ['until', '1'], ...pairs])
      const { status } = await ask(served.socket, `/${words.join('/')}?${search}`)
      expect([200, 400, 404, 501]).toContain(status)
    }),
    { numRuns: 400 },
  )
})

/** Opens a stream and gives it with its first bytes. */
function open(path: string): Promise<{ leave: () => void; heard: () => Buffer; ended: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const sent = request({ socketPath: served.socket, path, agent: false }, (response) => {
      const ended = new Promise<void>((over) => response.once('close', over))
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', () => undefined)
      resolve({ leave: () => sent.destroy(), heard: () => Buffer.concat(chunks), ended })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Waits until it is so, a minute at most. */
const until = (isSo: () => Promise<boolean> | boolean) => vi.waitUntil(isSo, { timeout: 60_000, interval: 50 })
const linesOf = (text: Buffer) => text.toString().split('\n').slice(0, -1)

test('clients that hang up in mid-stream leave nothing behind', async () => {
  const streams = [
    '/events',
    '/containers/infinity-os-backend-1/stats',
    '/containers/infinity-os-gateway-1/logs?follow=1&stdout=1',
  ]
  const clients = await Promise.all(Array.from({ length: 60 }, (_, nth) => open(streams[nth % streams.length] ?? '')))
  for (const client of clients) client.leave()
  await Promise.all(clients.map((client) => client.ended))
  clock.forward(60)
  await until(async () => (await served.connections()) === 0)
  expect(await served.connections()).toBe(0)
})

test('a follower hears new lines, and the stream ends when the container does', async () => {
  const log = await open('/containers/infinity-os-gateway-1/logs?follow=1&stdout=1&tail=0')
  clock.forward(10)
  await until(() => frames(log.heard()).length > 0)
  expect(frames(log.heard()).length).toBeGreaterThan(2)
  log.leave()
  const dead = await open('/containers/infinity-os-postgres-1/logs?follow=1&stderr=1&tail=2')
  await dead.ended
  expect(frames(dead.heard())).toHaveLength(2)
})

test('a listener hears a restart as it happens, in the order of a real engine', async () => {
  const events = await open('/events')
  await ask(served.socket, '/containers/infinity-os-redis-1/restart', { method: 'POST' })
  clock.forward(1)
  await until(() => events.heard().includes('"restart"'))
  const heard = linesOf(events.heard()).map(
    (line) => JSON.parse(line) as { Action: string; Actor: { Attributes: { name: string } } },
  )
  const redis = heard.filter((event) => event.Actor.Attributes.name === 'infinity-os-redis-1')
  expect(redis.map((event) => event.Action)).toEqual(['kill', 'die', 'stop', 'start', 'restart'])
  events.leave()
})

test('a stats stream gives a sample a second, each with the one before', async () => {
  const stats = await open('/containers/infinity-os-backend-1/stats')
  clock.forward(1)
  await until(() => linesOf(stats.heard()).length > 1)
  const [first, second] = linesOf(stats.heard()).map(
    (line) => JSON.parse(line) as { read: string; preread: string; precpu_stats: { system_cpu_usage?: number } },
  )
  expect([first?.preread, first?.precpu_stats.system_cpu_usage]).toEqual(['0001-01-01T00:00:00Z', undefined])
  expect([second?.preread.slice(0, 19), second?.read.slice(0, 19)]).toEqual([
    '2026-11-21T09:00:00',
    '2026-11-21T09:00:01',
  ])
  stats.leave()
})

test('a fault of ours is told, answered with 500 and survived', async () => {
  const sound = worldEngine(practice, clock.read)
  const broken: ServedEngine = {
    ...sound,
    look: () => {
      throw new Error('planted')
    },
    restart: () => Promise.reject(new ApiError(500, 'planted')),
  }
  const other = await serve(broken)
  expect((await ask(other.socket, '/info')).json()).toEqual({ message: 'the simulated engine failed' })
  expect((await ask(other.socket, '/_ping')).text).toBe('OK')
  expect(other.bugs.splice(0)).toEqual([new Error('planted')])
  await other.close()
})
