import { describe, expect, test } from 'vitest'
import { noAccess } from '../../../main/docker/address.ts'
import { addressOf, parseDockerHost } from '../../../main/docker/host-address.ts'
import { sshArguments } from '../../../main/docker/ssh-arguments.ts'
import { RefusalError } from '../../../shared/refusal.ts'

function refusalOf(work: () => unknown) {
  try {
    work()
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal
    throw error
  }
  throw new Error('It was not refused.')
}

describe('a host as docker takes it', () => {
  test.each([
    ['unix:///var/run/docker.sock', 'unix:///var/run/docker.sock'],
    [' unix:///Users/A B/docker.sock ', 'unix:///Users/A B/docker.sock'],
    ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/docker_engine'],
    ['npipe://\\\\.\\pipe\\docker_engine', 'npipe:////./pipe/docker_engine'],
    ['tcp://10.0.0.1:2375', 'tcp://10.0.0.1:2375'],
    ['tcp://build.example', 'tcp://build.example:2375'],
    ['tcp://build.example:80', 'tcp://build.example:80'],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375'],
    ['10.0.0.1:2375', 'tcp://10.0.0.1:2375'],
    ['localhost', 'tcp://localhost:2375'],
    ['http://10.0.0.1:2375/', 'tcp://10.0.0.1:2375'],
    ['https://10.0.0.1', 'https://10.0.0.1:2376'],
    ['tcp://bob:hunter2@10.0.0.1:2375', 'tcp://10.0.0.1:2375'],
    ['ssh://bob:hunter2@build.example:2222', 'ssh://bob@build.example:2222'],
    ['ssh://My_Alias', 'ssh://My_Alias'],
    ['ssh://My_Alias/', 'ssh://My_Alias'],
    ['ssh://[fe80::1%eth0]:22', 'ssh://[fe80::1%eth0]:22'],
    ['ssh://bob@build/run/user/1000/docker.sock', 'ssh://bob@build/run/user/1000/docker.sock'],
  ])('%s', (given, host) => {
    expect(parseDockerHost(given)).toBe(host)
  })

  test.each([
    '',
    '   ',
    'unix://',
    'unix://relative',
    'npipe://x',
    'ftp://x',
    'tcp://',
    '://x',
    'tcp://a:99999',
    'tcp://a/b',
    'tcp://a?b',
    'tcp://a#b',
    'unix:///a\nb',
    'two words',
    `tcp://${'a'.repeat(500)}`,
    '[::1',
    'tcp://a:b:c',
    'fd://',
    'ssh://',
    'ssh://-oProxyCommand=reboot',
    'ssh://-lroot@build',
    'ssh://build:0',
    'ssh://build:70000',
    'ssh://build/run/$(reboot).sock',
    'ssh://build/run/a b.sock',
    'ssh://build/run/a;reboot',
    'ssh://build?x=1',
    'ssh://a@b@c',
  ])('refuses %j', (given) => {
    expect(refusalOf(() => parseDockerHost(given)).code).toBe('bad-input')
  })

  test('repeats no password when it refuses', () => {
    expect(JSON.stringify(refusalOf(() => parseDockerHost('ftp://bob:hunter2@x')))).not.toContain('hunter2')
  })
})

describe('where to connect', () => {
  test.each([
    ['unix:///run/x.sock', { kind: 'socket', path: '/run/x.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'socket', path: '//./pipe/docker_engine' }],
    ['tcp://10.0.0.1:2375', { kind: 'tcp', host: '10.0.0.1', port: 2375 }],
    ['tcp://10.0.0.1:80', { kind: 'tcp', host: '10.0.0.1', port: 80 }],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
  ])('%s', (host, address) => {
    expect(addressOf(host)).toEqual(address)
  })

  test('by TLS, with the files that the access names', () => {
    const tls = { folder: '/keys', verifies: true }
    expect(addressOf('https://10.0.0.1', { ...noAccess, tls })).toEqual({
      kind: 'tls',
      host: '10.0.0.1',
      port: 2376,
      files: tls,
    })
  })

  test('by ssh, with the environment that the access gives', () => {
    const environment = { PATH: '/bin' }
    expect(addressOf('ssh://Bob@Build:2222/run/docker.sock', { ...noAccess, environment })).toEqual({
      kind: 'ssh',
      place: { user: 'Bob', host: 'Build', port: 2222, path: '/run/docker.sock' },
      environment,
    })
    expect(addressOf('ssh://[::1]')).toMatchObject({ place: { user: null, host: '::1', port: null, path: null } })
  })
})

describe('what ssh is started with', () => {
  test('is what the docker command line gives it, and never a prompt', () => {
    const place = { user: 'bob', host: 'build', port: 2222, path: '/run/docker.sock' }
    expect(sshArguments(place).join(' ')).toBe(
      '-o BatchMode=yes -o ConnectTimeout=10 -T -l bob -p 2222 -- build docker --host=unix:///run/docker.sock system dial-stdio',
    )
    expect(sshArguments({ ...place, user: null, port: null, path: null }).join(' ')).toBe(
      '-o BatchMode=yes -o ConnectTimeout=10 -T -- build docker system dial-stdio',
    )
  })
})
