import { expect, test } from 'vitest'
import { hostsOf } from '../../../shared/docker/host-names.ts'

test.each<[string, Record<string, string>, string[], [string, boolean][]]>([
  ['a rule of Traefik', { 'traefik.http.routers.a.rule': 'Host(`a.example`)' }, [], [['a.example', false]]],
  [
    'two names, by TLS',
    {
      'traefik.http.routers.a.rule': "Host(`a.example`, 'b.example') && PathPrefix(`/x.y`)",
      'traefik.http.routers.a.tls.certresolver': 'le',
    },
    [],
    [
      ['a.example', true],
      ['b.example', true],
    ],
  ],
  [
    'TLS of another router',
    { 'traefik.http.routers.a.rule': 'Host(`a.example`)', 'traefik.http.routers.ab.tls': 'true' },
    [],
    [['a.example', false]],
  ],
  [
    'TLS that is switched off',
    { 'traefik.http.routers.a.rule': 'Host(`a.example`)', 'traefik.http.routers.a.tls': 'false' },
    [],
    [['a.example', false]],
  ],
  ['a regular expression', { 'traefik.http.routers.a.rule': 'HostRegexp(`^.+[.]a[.]example$`)' }, [], []],
  [
    'nginx-proxy',
    {},
    ['VIRTUAL_HOST=a.example,B.example'],
    [
      ['a.example', false],
      ['b.example', false],
    ],
  ],
  ['its companion', {}, ['VIRTUAL_HOST=a.example', 'LETSENCRYPT_HOST=a.example'], [['a.example', true]]],
  ['a pattern, and what was masked', {}, ['VIRTUAL_HOST=*.a.example', 'LETSENCRYPT_HOST=[masked: env value]'], []],
  ['other words', { 'com.example.host': 'a.example' }, ['HOST=a.example'], []],
])('%s', (_name, labels, env, expected) => {
  expect(hostsOf(labels, env).map(({ name, tls }) => [name, tls])).toEqual(expected)
})

test('a hostile rule is read in no time', () => {
  const rule = `Host(${'`a'.repeat(50_000)}`
  expect(hostsOf({ 'traefik.http.routers.a.rule': rule }, [`VIRTUAL_HOST=${'a.'.repeat(50_000)}`])).toEqual([])
})
