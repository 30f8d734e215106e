import { describe, expect, test } from 'vitest'
import { addressOf, parseDockerHost } from '../../../main/docker/host-address.ts'
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

  test('refuses ssh, and says what works now', () => {
    const refusal = refusalOf(() => addressOf('ssh://bob@build.example:2222'))
    expect(refusal.code).toBe('unsupported')
    expect(refusal.next).toContain('ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock -p 2222 bob@build.example')
  })

  test('refuses TLS, and says what works now', () => {
    expect(refusalOf(() => addressOf('https://10.0.0.1:2376')).code).toBe('unsupported')
  })
})
