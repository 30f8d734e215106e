import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Targets } from '../../../main/targets/targets.ts'
import { RefusalError, refuse } from '../../../shared/refusal.ts'
import { consentWords } from '../../../shared/targets/binding.ts'
import { smallPack } from '../../shared/packs/small-pack.ts'

const pack = smallPack({
  places: [{ id: 'host', title: 'Host', hint: 'Where it runs.' }],
  targets: [{ id: 'cache', title: 'Cache', kind: 'redis', place: 'host', address: 'localhost:6379' }],
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-bindings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(hash = 'a'.repeat(64)): Targets {
  return new Targets({
    folder,
    packOf: (id) => {
      if (id === pack.id) return { pack, hash }
      throw refuse('not-found', { tried: 'Find the pack', happened: 'There is none.', next: 'Choose one.' })
    },
    findEngine: () => Promise.reject(new Error('no engine was asked for')),
  })
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof RefusalError
    ? `${error.refusal.code}: ${error.refusal.happened}`
    : `no refusal: ${String(error)}`
}

const host = { is: 'place', pack: 'small', id: 'host' } as const
const cache = { is: 'target', pack: 'small', id: 'cache' } as const

it('what is bound is there for the next who opens the folder, and gone once unbound', async () => {
  const targets = open()
  await Promise.all([
    targets.bind({ ...host, binding: { at: 'ssh', host: 'app-1' } }),
    targets.bind({ ...cache, binding: { route: 'direct', address: 'cache.example:6379', credential: 'shop/redis' } }),
  ])
  expect(await open().list('small')).toEqual({
    places: { host: { at: 'ssh', host: 'app-1' } },
    targets: { cache: { route: 'direct', address: 'cache.example:6379', credential: 'shop/redis' } },
  })
  await open().unbind(cache)
  expect((await targets.list('small')).targets).toEqual({})
  expect(readdirSync(folder)).toEqual(['bindings.json'])
})

it('this machine needs its own name in the consent', async () => {
  const targets = open()
  const here = (consent: string) => targets.bind({ ...host, binding: { at: 'this-machine', consent } })
  expect(await refusalOf(here('yes'))).toMatch(/^not-allowed: Steps of this place would run on this very machine/)
  expect(await refusalOf(here(consentWords('host', 'another')))).toMatch(/^not-allowed/)
  await here(consentWords('host', targets.machine))
  expect((await targets.list('small')).places).toHaveProperty('host')
})

it('a yes to this machine ends with the pack that it was said to; other places stay', async () => {
  const targets = open()
  await targets.bind({ ...host, binding: { at: 'this-machine', consent: consentWords('host', targets.machine) } })
  const forged = {
    at: 'this-machine',
    consent: consentWords('host', targets.machine),
    packHash: 'b'.repeat(64),
  } as const
  await targets.bind({ ...host, binding: forged })
  expect((await open('b'.repeat(64)).list('small')).places).toEqual({})
  expect((await targets.list('small')).places).toHaveProperty('host')
  await targets.bind({ ...host, binding: { at: 'ssh', host: 'app-1' } })
  expect((await open('b'.repeat(64)).list('small')).places).toHaveProperty('host')
})

it('an address with a password is not kept', async () => {
  const targets = open()
  const binding = { route: 'direct', address: 'redis://:hunter2pass@cache' } as const
  expect(await refusalOf(targets.bind({ ...cache, binding }))).toMatch(/^not-allowed: The address holds a password/)
  expect(readdirSync(folder)).toEqual([])
})

it('what the pack does not hold is refused, with what was meant', async () => {
  const targets = open()
  expect(await refusalOf(targets.bind({ ...cache, id: 'cash', binding: { route: 'direct' } }))).toMatch(/^not-found/)
  expect(await refusalOf(targets.test('small', 'nothing'))).toMatch(/^not-found/)
  expect(await refusalOf(targets.list('unknown'))).toMatch(/^not-found/)
})

it('a way through a place needs that place to be bound so', async () => {
  const targets = open()
  const through = () => targets.bind({ ...cache, binding: { route: 'ssh' } })
  expect(await refusalOf(through())).toMatch(/'host' is not bound/)
  await targets.bind({ ...host, binding: { at: 'container', container: 'app' } })
  expect(await refusalOf(through())).toMatch(/does not lead through/)
  await targets.bind({ ...host, binding: { at: 'ssh', host: 'app-1' } })
  await through()
  expect(await targets.test('small', 'cache')).toMatchObject({ outcome: 'not-tested' })
})

it("the pack's own localhost is not tested on this machine", async () => {
  expect(await open().test('small', 'cache')).toMatchObject({
    outcome: 'not-tested',
    said: ["localhost in the pack is the place's own, not this machine.", 'Nothing was sent.'],
  })
})

it('a file that Muster did not write is refused and left as it is', async () => {
  writeFileSync(join(folder, 'bindings.json'), '{"version":2}')
  expect(await refusalOf(open().list('small'))).toMatch(/^damaged/)
  expect(await refusalOf(open().unbind(cache))).toMatch(/^damaged/)
  expect(readFileSync(join(folder, 'bindings.json'), 'utf8')).toBe('{"version":2}')
})

it('a Docker engine is asked for its version through the endpoint that the binding names', async () => {
  const docker = smallPack({ targets: [{ id: 'engine', title: 'Engine', kind: 'docker' }] })
  const socket = join(folder, 'docker.sock')
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.setHeader('content-type', 'application/json').end('{"Version":"28.1.0"}')
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const host = `unix://${socket}`
  const named: (string | null)[] = []
  const targets = new Targets({
    folder,
    packOf: () => ({ pack: docker, hash: 'a'.repeat(64) }),
    findEngine: async (_mode, name) => {
      named.push(name)
      return { id: host, mode: 'live', source: 'given', name: 'shop', host, current: false }
    },
  })
  try {
    await targets.bind({ is: 'target', pack: 'small', id: 'engine', binding: { route: 'direct', address: host } })
    expect(await targets.test('small', 'engine')).toMatchObject({
      outcome: 'good',
      said: ['The engine shop answers: version 28.1.0.'],
    })
    expect(asked).toEqual(['GET /version'])
    expect(named).toEqual([host])
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  expect(await targets.test('small', 'engine')).toMatchObject({ outcome: 'bad' })
})
