import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { worldEngine } from '../../../main/exercises/world-engine.ts'
import { containerId } from '../../../shared/exercises/docker-identity.ts'
import { ask, frames, practice, type Served, serve, servePractice, TestClock } from './served.ts'

const clock = new TestClock()
let served: Served
beforeAll(async () => {
  served = await servePractice(clock)
})
afterAll(() => served.close())

const get = (path: string) => ask(served.socket, path)
const names = async (query: string) =>
  ((await get(`/v1.41/containers/json?${query}`)).json() as { Names: string[] }[]).map((one) =>
    one.Names[0]?.slice('/infinity-os-'.length, -2),
  )
const filters = (value: object) => `filters=${encodeURIComponent(JSON.stringify(value))}`

describe('ping, version and info', () => {
  test('ping answers OK with the version to speak, to HEAD without a body', async () => {
    const { status, text, headers } = await get('/_ping')
    expect([status, text, headers['api-version'], headers['ostype']]).toEqual([200, 'OK', '1.47', 'linux'])
    const head = await ask(served.socket, '/_ping', { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
  })

  test('with and without a version in the path they say the same', async () => {
    expect((await get('/v1.41/version')).json()).toEqual((await get('/version')).json())
    expect((await get('/info')).json()).toMatchObject({
      Containers: 5,
      ContainersStopped: expect.any(Number) as unknown,
      Name: 'infinity-practice',
    })
  })

  test('a version older or newer than spoken is refused in words', async () => {
    expect((await get('/v1.12/version')).json()).toMatchObject({
      message: expect.stringMatching(/1\.12 is too old.*1\.24/) as unknown,
    })
    const newer = await get('/v1.99/info')
    expect([newer.status, newer.json()]).toEqual([
      400,
      { message: 'client version 1.99 is too new. Maximum supported API version is 1.47' },
    ])
  })
})

describe('the list', () => {
  test('holds what runs, or all, newest first', async () => {
    expect(await names('')).toEqual(['gateway', 'worker', 'backend', 'redis'])
    expect(await names('all=1')).toEqual(['gateway', 'worker', 'backend', 'redis', 'postgres'])
    expect(await names('limit=2')).toEqual(['gateway', 'worker'])
  })

  test.each([
    [{ label: ['com.docker.compose.service=redis'] }, ['redis']],
    [{ label: { 'com.docker.compose.project=infinity-os': true } }, ['gateway', 'worker', 'backend', 'redis']],
    [{ label: ['nope'] }, []],
    [{ status: ['exited'] }, ['postgres']],
    [{ name: ['back'] }, ['backend']],
    [{ name: ['^/infinity-os-redis-1$'] }, ['redis']],
    [{ name: ['^/redis'] }, []],
    [{ health: ['unhealthy'] }, ['backend']],
    [{ ancestor: ['nginx'] }, ['gateway']],
  ])('filters by %j', async (filter, expected) => {
    expect(await names(filters(filter))).toEqual(expected)
  })

  test.each(['filters=zz', 'filters=[1]', filters({ bad: ['x'] }), filters({ status: ['asleep'] }), 'limit=x'])(
    'refuses %s with 400',
    async (query) => {
      const { status, json } = await get(`/containers/json?${query}`)
      expect([status, json()]).toEqual([400, { message: expect.any(String) as unknown }])
    },
  )
})

describe('inspect', () => {
  test('finds by id, name with and without slash, and unique prefix', async () => {
    const { Id } = (await get('/containers/infinity-os-redis-1/json')).json() as { Id: string }
    for (const named of [Id, '%2Finfinity-os-redis-1', Id.slice(0, 12)]) {
      expect((await get(`/v1.47/containers/${named}/json`)).json()).toMatchObject({ Id, Name: '/infinity-os-redis-1' })
    }
  })

  test.each([
    ['/containers/nope/json', 404, 'No such container: nope'],
    ['/containers/a/b/json', 404, 'No such container: a/b'],
    ['/images/nope/json', 404, 'No such image: nope'],
    ['/networks/nope', 404, 'No such network: nope'],
    ['/volumes', 501, 'the simulated engine does not do this: GET /volumes'],
    ['/containers/nope/top', 501, 'the simulated engine does not do this: GET /containers/nope/top'],
    ['/nope', 404, 'page not found'],
    ['/containers/%zz/json', 400, 'malformed request path'],
    ['/containers/%00/json', 400, 'malformed request path'],
  ])('%s gives %i', async (path, status, message) => {
    const answer = await get(path)
    expect([answer.status, answer.headers['content-type'], answer.json()]).toEqual([
      status,
      'application/json',
      { message },
    ])
  })

  test('a prefix that fits several is refused', async () => {
    const twins = { ...practice, seed: 1, services: practice.services.slice(0, 2) }
    const digits = () => twins.services.map((service) => containerId(twins, service).slice(0, 1))
    while (new Set(digits()).size > 1) twins.seed += 1
    const other = await serve(worldEngine(twins, clock.read))
    const { status, json } = await ask(other.socket, `/containers/${digits()[0]}/json`)
    expect([status, json()]).toEqual([400, { message: `multiple IDs found with provided prefix: ${digits()[0]}` }])
    await other.close()
  })

  test('a call that changes more than it may is not served', async () => {
    for (const [method, path] of [
      ['POST', '/containers/create'],
      ['DELETE', '/containers/infinity-os-redis-1'],
      ['POST', '/containers/infinity-os-redis-1/exec'],
      ['POST', '/build'],
    ] as const) {
      expect((await ask(served.socket, path, { method })).status).toBe(501)
    }
  })
})

describe('stats', () => {
  const path = '/containers/infinity-os-backend-1/stats'

  test('one sample with the one before it, or a one-shot without', async () => {
    const sample = (await get(`${path}?stream=false`)).json() as { precpu_stats: object; memory_stats: object }
    expect(sample).toMatchObject({
      precpu_stats: { system_cpu_usage: expect.any(Number) as unknown },
      memory_stats: { limit: 1_073_741_824 },
    })
    expect((await get(`${path}?stream=0&one-shot=1`)).json()).toMatchObject({
      preread: '0001-01-01T00:00:00Z',
      precpu_stats: { cpu_usage: { total_usage: 0 } },
    })
    expect((await get(`${path}?one-shot=1`)).status).toBe(400)
  })

  test('a stopped container gives an empty sample', async () => {
    expect((await get('/containers/infinity-os-postgres-1/stats?stream=false')).json()).toMatchObject({
      read: '0001-01-01T00:00:00Z',
      memory_stats: {},
      pids_stats: {},
    })
  })
})

describe('logs', () => {
  const path = '/containers/infinity-os-gateway-1/logs'

  test('come in frames, both streams or one', async () => {
    const both = frames((await get(`${path}?stdout=1&stderr=1&tail=20`)).bytes)
    expect(both).toHaveLength(20)
    expect(new Set(both.map(([stream]) => stream))).toEqual(new Set([1, 2]))
    const errors = frames((await get(`${path}?stderr=1&tail=20`)).bytes)
    expect(errors).toEqual(both.filter(([stream]) => stream === 2))
  })

  test('may carry stamps, and end where asked', async () => {
    const since = Math.floor(clock.now / 1000) - 30
    const some = frames((await get(`${path}?stdout=1&timestamps=1&since=${since}.5&until=${since + 10}`)).bytes)
    expect(some.length).toBeGreaterThan(1)
    for (const [, line] of some) {
      const [, stamp = ''] = /^(\S{29}Z) ?./.exec(line) ?? []
      expect(Date.parse(stamp)).toBeGreaterThanOrEqual(since * 1000 + 500)
      expect(Date.parse(stamp)).toBeLessThanOrEqual((since + 10) * 1000)
    }
  })

  test('name their form to newer clients only', async () => {
    expect((await get(`/v1.41${path}?stdout=1&tail=1`)).headers['content-type']).toBeUndefined()
    expect((await get(`/v1.42${path}?stdout=1&tail=1`)).headers['content-type']).toBe(
      'application/vnd.docker.multiplexed-stream',
    )
  })

  test.each(['', 'stdout=0', 'stdout=1&since=abc', 'stdout=1&until=1.x'])('refuse %j with 400', async (query) => {
    expect((await get(`${path}?${query}`)).status).toBe(400)
  })

  test('an empty tail is empty, and a tail that is no number is all', async () => {
    expect((await get(`${path}?stdout=1&tail=0`)).bytes).toHaveLength(0)
    expect(frames((await get(`${path}?stdout=1&stderr=1&tail=all`)).bytes).length).toBeGreaterThan(1_000)
  })
})

describe('events', () => {
  const minute = 60
  const now = Math.floor(clock.now / 1000)
  const events = async (query: string) =>
    (await get(`/events?until=${now}&${query}`)).text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { Action: string; time: number })

  test('replay the fault: oom and die of postgres', async () => {
    const some = await events(`since=${now - 7 * minute}&${filters({ container: ['infinity-os-postgres-1'] })}`)
    expect(some.map((event) => event.Action)).toEqual(['oom', 'die'])
  })

  test('can be chosen by kind', async () => {
    const some = await events(`since=${now - 7 * minute}&${filters({ event: ['health_status'], type: ['container'] })}`)
    expect(some.map((event) => event.Action)).toEqual(['health_status: unhealthy'])
    expect(await events(`since=0&${filters({ container: ['nope'] })}`)).toEqual([])
  })
})

describe('restart', () => {
  test('of an unknown container is 404, with a wrong time 400', async () => {
    expect((await ask(served.socket, '/containers/nope/restart', { method: 'POST' })).status).toBe(404)
    expect((await ask(served.socket, '/containers/infinity-os-redis-1/restart?t=x', { method: 'POST' })).status).toBe(
      400,
    )
  })

  test('of postgres answers 204 and cures', async () => {
    const own = new TestClock()
    const fresh = await servePractice(own)
    const asked = ask(fresh.socket, '/containers/infinity-os-postgres-1/restart?t=10', { method: 'POST' })
    expect((await asked).status).toBe(204)
    own.forward(20)
    const list = (await ask(fresh.socket, '/containers/json?all=1')).json() as { Names: string[]; Status: string }[]
    expect(list.map((one) => one.Status.replace(/\d+ (seconds|hours)/, 'a while'))).toEqual([
      'Up a while (healthy)',
      'Up a while',
      'Up a while (healthy)',
      'Up a while (healthy)',
      'Up a while (healthy)',
    ])
    await fresh.close()
  })

  test('takes no more than a thousand, then says so', async () => {
    const engine = worldEngine(practice, clock.read)
    const redis = engine.look().containers.find((one) => one.name === 'infinity-os-redis-1')?.id ?? ''
    await Promise.all(Array.from({ length: 1_000 }, () => engine.restart(redis)))
    await expect(engine.restart(redis)).rejects.toMatchObject({
      status: 500,
      message: 'the simulated engine takes 1000 restarts and no more',
    })
    expect(engine.look().containers).toHaveLength(5)
  })
})
