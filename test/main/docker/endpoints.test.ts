import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { accessTo } from '../../../main/docker/access.ts'
import { noAccess } from '../../../main/docker/address.ts'
import { CallPlan } from '../../../main/docker/calls.ts'
import { discoverEndpoints, parseHost } from '../../../main/docker/endpoints.ts'
import { dockerEndpointSchema } from '../../../shared/docker/endpoint.ts'

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'muster-home-'))
})

afterEach(async () => {
  await rm(home, { recursive: true })
})

async function write(path: string, content: unknown): Promise<void> {
  await mkdir(join(home, path, '..'), { recursive: true })
  await writeFile(join(home, path), typeof content === 'string' ? content : JSON.stringify(content))
}

async function context(name: string, host: string, folder = '.docker'): Promise<void> {
  await write(`${folder}/contexts/meta/${name}-hash/meta.json`, { Name: name, Endpoints: { docker: { Host: host } } })
}

async function discover(
  env: Record<string, string> = {},
  sockets: { source: 'default-socket' | 'podman-socket'; host: string }[] = [],
) {
  const found = await discoverEndpoints({ env, home, platform: 'linux', sockets })
  for (const one of found.endpoints) dockerEndpointSchema.parse(one)
  const brief = found.endpoints.map(({ id, host, current }) => `${id} ${host}${current ? ' *' : ''}`)
  return { brief, problems: found.problems }
}

describe('the engines that this machine knows', () => {
  test('none on an empty machine, and no problem', async () => {
    expect(await discover()).toEqual({ brief: [], problems: [] })
  })

  test('DOCKER_HOST is the current one, before any context', async () => {
    await context('colima', 'unix:///colima.sock')
    await write('.docker/config.json', { currentContext: 'colima' })
    expect((await discover({ DOCKER_HOST: 'tcp://10.0.0.1', DOCKER_CONTEXT: 'colima' })).brief).toEqual([
      'DOCKER_HOST tcp://10.0.0.1:2375 *',
      'context:colima unix:///colima.sock',
    ])
  })

  test('the context of the configuration file is current, unless DOCKER_CONTEXT names another', async () => {
    await context('a', 'unix:///a.sock')
    await context('b', 'ssh://bob@b.example')
    await write('.docker/config.json', { currentContext: 'b', auths: {} })
    expect((await discover()).brief).toEqual(['context:b ssh://bob@b.example *', 'context:a unix:///a.sock'])
    expect((await discover({ DOCKER_CONTEXT: 'a' })).brief[0]).toBe('context:a unix:///a.sock *')
  })

  test('the default socket is current where no context is chosen', async () => {
    await context('a', 'unix:///a.sock')
    await write('run/docker.sock', '')
    const socket = { source: 'default-socket' as const, host: `unix://${home}/run/docker.sock` }
    const missing = { source: 'podman-socket' as const, host: `unix://${home}/none.sock` }
    expect((await discover({ DOCKER_CONTEXT: 'default' }, [socket, missing])).brief).toEqual([
      `default-socket:${home}/run/docker.sock ${socket.host} *`,
      'context:a unix:///a.sock',
    ])
  })

  test('DOCKER_CONFIG names another folder', async () => {
    await context('a', 'unix:///a.sock', 'elsewhere')
    expect((await discover({ DOCKER_CONFIG: join(home, 'elsewhere') })).brief).toEqual(['context:a unix:///a.sock'])
  })

  test('one engine under two names is listed once', async () => {
    await context('a', 'unix:///a.sock')
    expect((await discover({ DOCKER_HOST: 'unix:///a.sock' })).brief).toEqual(['DOCKER_HOST unix:///a.sock *'])
  })

  test('keys for TLS, or DOCKER_TLS_VERIFY, show as https', async () => {
    await context('a', 'tcp://10.0.0.1:2376')
    await write('.docker/contexts/tls/a-hash/docker/ca.pem', 'x')
    expect((await discover({ DOCKER_HOST: 'tcp://10.0.0.2:2376', DOCKER_TLS_VERIFY: '1' })).brief).toEqual([
      'DOCKER_HOST https://10.0.0.2:2376 *',
      'context:a https://10.0.0.1:2376',
    ])
  })
})

describe('an engine that is believed unseen is a problem, said plainly', () => {
  test('a context with SkipTLSVerify', async () => {
    const docker = { Host: 'tcp://10.0.0.1:2376', SkipTLSVerify: true }
    await write('.docker/contexts/meta/x/meta.json', { Name: 'far', Endpoints: { docker } })
    const { brief, problems } = await discover()
    expect(brief).toEqual(['context:far https://10.0.0.1:2376'])
    expect(problems).toEqual([
      "The docker context 'far' does not check who answers (SkipTLSVerify): somebody in between could read and change what is shown.",
    ])
  })

  test('DOCKER_TLS without DOCKER_TLS_VERIFY', async () => {
    const { brief, problems } = await discover({ DOCKER_HOST: 'tcp://10.0.0.1:2376', DOCKER_TLS: '1' })
    expect(brief).toEqual(['DOCKER_HOST https://10.0.0.1:2376 *'])
    expect(problems).toHaveLength(1)
  })

  test('a socket needs no certificate', async () => {
    const docker = { Host: 'unix:///a.sock', SkipTLSVerify: true }
    await write('.docker/contexts/meta/x/meta.json', { Name: 'near', Endpoints: { docker } })
    expect((await discover()).problems).toEqual([])
  })
})

test('a DOCKER_API_VERSION that is none is told', async () => {
  expect((await discover({ DOCKER_API_VERSION: 'newest' })).problems).toHaveLength(1)
  expect((await discover({ DOCKER_API_VERSION: '1.43' })).problems).toEqual([])
})

describe('what is damaged is told, and the rest is found', () => {
  test.each([
    ['not JSON', '{"Name":'],
    ['another form', { Name: 7 }],
    ['no host', { Name: 'x', Endpoints: { docker: { Host: 'nonsense host' } } }],
    ['too large', ' '.repeat(1_048_577)],
  ])('a context that is %s', async (_name, content) => {
    await context('good', 'unix:///good.sock')
    await write('.docker/contexts/meta/bad/meta.json', content)
    const { brief, problems } = await discover()
    expect(brief).toEqual(['context:good unix:///good.sock'])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(join('bad', 'meta.json'))
  })

  test('a configuration file that is not JSON', async () => {
    await write('.docker/config.json', 'x')
    expect((await discover()).problems).toEqual([`${home}/.docker/config.json could not be read: it is not JSON.`])
  })

  test('a chosen context that does not exist', async () => {
    expect((await discover({ DOCKER_CONTEXT: 'gone' })).problems).toEqual([
      "The docker context 'gone' is chosen, but it does not exist. Type `docker context ls`.",
    ])
  })

  test('a DOCKER_HOST that is no host', async () => {
    const { brief, problems } = await discover({ DOCKER_HOST: 'what is this' })
    expect(brief).toEqual([])
    expect(problems[0]).toContain('DOCKER_HOST')
  })

  test('a context without a docker endpoint is none, and no problem', async () => {
    await write('.docker/contexts/meta/k/meta.json', { Name: 'k', Endpoints: { kubernetes: {} } })
    expect(await discover()).toEqual({ brief: [], problems: [] })
  })
})

describe('what it takes to get in', () => {
  const far = { id: 'context:far', source: 'context', host: 'https://10.0.0.1:2376' } as const
  const env = { DOCKER_HOST: 'tcp://10.0.0.1', PATH: '/bin', SSH_AUTH_SOCK: '/agent' }
  const id = createHash('sha256').update('far').digest('hex')

  test("a context's own keys, found by the sha256 of its name", async () => {
    expect((await accessTo(far, { env, home })).tls).toEqual({
      folder: join(home, '.docker/contexts/tls', id, 'docker'),
      verifies: true,
    })
    const docker = { Host: 'tcp://10.0.0.1:2376', SkipTLSVerify: true }
    await write(`.docker/contexts/meta/${id}/meta.json`, { Name: 'far', Endpoints: { docker } })
    expect((await accessTo(far, { env, home })).tls?.verifies).toBe(false)
  })

  test('the keys of DOCKER_CERT_PATH, else those of the configuration', async () => {
    const one = { id: 'DOCKER_HOST', source: 'DOCKER_HOST', host: 'https://10.0.0.1:2376' } as const
    const access = (more: Record<string, string>) => accessTo(one, { env: { ...env, ...more }, home })
    expect((await access({ DOCKER_TLS_VERIFY: '1' })).tls).toEqual({ folder: join(home, '.docker'), verifies: true })
    expect((await access({ DOCKER_TLS: '1', DOCKER_CERT_PATH: '/keys' })).tls).toEqual({
      folder: '/keys',
      verifies: false,
    })
  })

  test('for ssh the environment of the user, without anything that asks', async () => {
    const one = { id: 'x', source: 'given', host: 'ssh://build' } as const
    expect(await accessTo(one, { env, home })).toEqual({
      tls: null,
      environment: { ...env, SSH_ASKPASS_REQUIRE: 'never' },
      apiVersion: null,
    })
  })

  test('for a socket nothing, but the version that is pinned', async () => {
    const one = { id: 'x', source: 'given', host: 'unix:///a.sock' } as const
    const access = await accessTo(one, { env: { DOCKER_API_VERSION: '1.43' }, home })
    expect(access).toEqual({ ...noAccess, apiVersion: '1.43' })
    expect(new CallPlan(undefined, access.apiVersion).list().path).toBe('/v1.43/containers/json?all=1')
  })
})

test('a host given by hand is an endpoint', () => {
  expect(dockerEndpointSchema.parse(parseHost('10.0.0.1'))).toMatchObject({
    id: 'given:tcp://10.0.0.1:2375',
    source: 'given',
    mode: 'live',
    current: false,
  })
})
