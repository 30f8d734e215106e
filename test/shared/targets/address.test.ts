import { describe, expect, it } from 'vitest'
import type { Target } from '../../../shared/packs/place-shape.ts'
import { addressOf, endpointOf, holdsSecret } from '../../../shared/targets/address.ts'
import type { TargetBinding } from '../../../shared/targets/binding.ts'

function target(kind: Target['kind'], parts: Partial<Target> = {}): Target {
  return { id: 'it', title: 'It', kind, covers: [], ...parts }
}
const bound = (address: string): TargetBinding => ({ route: 'direct', address })
const at = (kind: Target['kind'], address: string) => endpointOf(target(kind), bound(address))

describe('an address', () => {
  it('is read as runbooks write it', () => {
    expect(at('http', 'https://shop.example/health?full=1')).toEqual({
      host: 'shop.example',
      port: 443,
      tls: true,
      path: '/health?full=1',
    })
    expect(at('redis', 'cache.example')).toEqual({ host: 'cache.example', port: 6379, tls: false, path: '' })
    expect(at('postgres', 'postgres://app@db:6432/shop')).toMatchObject({ host: 'db', port: 6432, path: '/shop' })
    expect(at('redis', 'rediss://[::1]:6380')).toMatchObject({ host: '::1', port: 6380, tls: true })
    expect(at('prometheus', 'http://metrics.example')).toMatchObject({ port: 80 })
  })

  it('that is none leads nowhere, and says so', () => {
    for (const address of ['', 'a b', 'host:0', 'host:70000', 'https://', 'host:port']) {
      expect(at('http', address)).toHaveProperty('why')
    }
    expect(endpointOf(target('redis'), null)).toHaveProperty('why')
  })

  it('with an open value leads nowhere', () => {
    expect(endpointOf(target('http', { address: 'https://${DOMAIN}' }), null)).toEqual({
      why: 'The address https://${DOMAIN} still holds the open value DOMAIN.',
    })
  })

  it("'localhost' of a pack is the place's, and a person's is this machine's", () => {
    const redis = target('redis', { address: 'localhost:6379', place: 'host' })
    expect(endpointOf(redis, null)).toHaveProperty('why')
    expect(endpointOf(redis, bound('localhost:6379'))).toMatchObject({ host: 'localhost', port: 6379 })
  })

  it('of a pack never leads to this machine, with or without a place, however it is written', () => {
    const forms = [
      'localhost',
      'LOCALHOST',
      'localhost.',
      'a.localhost',
      '127.0.0.1',
      '127.1',
      '0.0.0.0',
      '0',
      '2130706433',
    ]
    const more = [
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '[::1]',
      '[::]',
      '[0:0:0:0:0:0:0:1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
    ]
    const here = [...forms, ...more]
    const read = (host: string, place: Partial<Target>) =>
      endpointOf(target('http', { address: `http://${host}:80/`, ...place }), null)
    expect(here.filter((host) => 'host' in read(host, {}) || 'host' in read(host, { place: 'host' }))).toEqual([])
    expect(here.filter((host) => 'why' in at('http', `http://${host}:80/`))).toEqual([])
    const elsewhere = [
      '10.0.0.1',
      '128.0.0.1',
      '192.168.127.1',
      'x127.example',
      '[2001:db8::1]',
      '[fe80::7f00:1]',
      'fa.de',
      '0x.example',
    ]
    expect(elsewhere.filter((host) => 'why' in read(host, {}))).toEqual([])
  })

  it('has the one that a kind has everywhere, unless pack or binding say another', () => {
    expect(addressOf(target('github'), null)).toBe('https://api.github.com')
    expect(addressOf(target('github', { address: 'https://git.example' }), null)).toBe('https://git.example')
  })

  it('is known to hold a password', () => {
    for (const address of [
      'postgres://app:pw@db/shop',
      'https://x.example/?token=abc',
      'https://x/?api_key=abcd1234',
      'redis://:a#b@cache',
      'postgres://app:p/w@db',
    ]) {
      expect(holdsSecret(address)).toBe(true)
    }
    for (const address of ['postgres://app@db/shop', 'db:5432', 'https://x.example/?full=1', 'https://x/a:b@c']) {
      expect(holdsSecret(address)).toBe(false)
    }
  })
})
