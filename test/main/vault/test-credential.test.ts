import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { codeAt, readSeed } from '../../../main/vault/one-time-code.ts'
import { testCredential } from '../../../main/vault/test-credential.ts'
import type { CredentialKind } from '../../../shared/vault/credential.ts'
import { armoured, selfSigned, sshKey } from './made-keys.ts'

const nowMs = Date.parse('2026-11-21T03:00:00.000Z')
const tested = (kind: CredentialKind, value: string, typed: string | null = null) => {
  const { outcome, said } = testCredential(kind, value, { typed, nowMs })
  return `${outcome}: ${said.join(' ')}`
}
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const webToken = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`
const at = (time: string) => Date.parse(time) / 1_000

describe('tokens', () => {
  test.each([
    [
      webToken({ exp: at('2026-11-21T02:59:59Z') }),
      'bad: It is a JSON web token that ran out at 2026-11-21 02:59 UTC.',
    ],
    [webToken({ exp: at('2027-01-31T12:00:00Z') }), 'good: It is a JSON web token, valid until 2027-01-31 12:00 UTC.'],
    [
      webToken({ nbf: at('2026-12-01T00:00:00Z') }),
      'bad: It is a JSON web token that holds only from 2026-12-01 00:00',
    ],
    [webToken({}), 'good: It is a JSON web token, without an end.'],
    [
      `glpat-${'x1'.repeat(12)}`,
      'good: It has the form of a gitlab token. Whether it is accepted only its service can say',
    ],
    ['0123456789', 'not-tested: It has no form that tells whose it is.'],
    ['abc def', 'bad: It begins or ends with a blank'],
  ])('%s', (value, said) => {
    expect(tested('token', value)).toContain(said)
  })
})

describe('addresses', () => {
  test.each([
    [
      'postgres://app:hun%2Fter2@db1:5432,db2:5432/shop?sslmode=require',
      'good: It reads as postgres at db1:5432,db2:5432, shop, as app.',
    ],
    ['mongodb+srv://app:hunter2@cluster0.example', 'good: It reads as mongodb+srv at cluster0.example, as app.'],
    ['postgres://app:hun/ter2@db/shop', 'bad: A sign in its password ends the address too soon'],
    ['postgres://app@db/shop', 'good: It reads as postgres at db, shop, as app. There is no password in it.'],
    ['Server=db;Database=shop;User Id=app;Password=hunter2', 'good: It reads as a database at db, shop, as app.'],
    ['host=db user=app password=hunter2', 'good: It reads as a database at db, as app.'],
    ['hunter2', 'bad: It is no address of a database'],
    ['postgres:///shop', 'bad: It names no host.'],
  ])('of a database: %s', (value, said) => {
    expect(tested('database-url', value)).toContain(said)
    expect(tested('database-url', value)).not.toMatch(/hun(?:%2F|\/)?ter2/)
  })

  test.each([
    ['https://hooks.example/services/T0/hunter2', 'good: It is an address at hooks.example.'],
    ['http://hooks.example/services/T0/hunter2', 'bad: It would be sent to hooks.example unencrypted'],
    ['https://hooks.example/', 'bad: It names hooks.example and nothing behind it.'],
    ['hooks.example/hunter2', 'bad: It is no web address.'],
  ])('of a webhook: %s', (value, said) => {
    expect(tested('webhook', value)).toContain(said)
    expect(tested('webhook', value)).not.toContain('hunter2')
  })
})

describe('keys', () => {
  const keys = generateKeyPairSync('ed25519')
  const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const valid = selfSigned(keys, 'api.example', '2026-01-01T00:00:00', '2027-01-01T00:00:00')
  const old = selfSigned(keys, 'api.example', '2025-01-01T00:00:00', '2026-01-01T00:00:00')
  const other = selfSigned(
    generateKeyPairSync('ed25519'),
    'other.example',
    '2026-01-01T00:00:00',
    '2027-01-01T00:00:00',
  )
  const encrypted = keys.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  const publicBytes = keys.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)

  test.each([
    ['alone', pem, 'good: It is a private key (ed25519).'],
    [
      'with its certificate',
      pem + valid,
      'good: It is the private key (ed25519) of the certificate of api.example, valid until',
    ],
    [
      'with its certificate behind another',
      other + valid + pem,
      'good: It is the private key (ed25519) of the certificate of api.example',
    ],
    [
      'with one that ran out',
      pem + old,
      'of the certificate of api.example, which ran out at Jan  1 00:00:00 2026 GMT.',
    ],
    [
      'with that of another key',
      pem + other,
      'bad: It is a private key (ed25519), and no certificate beside it is of this key.',
    ],
    ['encrypted', String(encrypted), 'not-tested: The key is encrypted by a passphrase of its own'],
    ['cut', pem.replace(/\n.{20}/, '\n'), 'bad: What stands in the armour is no private key'],
    ['two of them', pem + pem, 'bad: There are 2 private keys in it'],
    ['only a certificate', valid, 'bad: There is no private key in it'],
    ['of OpenSSH', sshKey('none', publicBytes), 'good: It is a key of OpenSSH, ssh-ed25519, SHA256:'],
    ['of OpenSSH, encrypted', sshKey('aes256-ctr', publicBytes), ', encrypted by a passphrase.'],
    [
      'of OpenSSH, cut',
      armoured('OPENSSH PRIVATE KEY', Buffer.from('openssh-key-v1\0\0\0')),
      'bad: What stands in the armour is no key of OpenSSH',
    ],
  ])('%s', (_name, value, said) => {
    expect(tested('certificate-key', value)).toContain(said)
    expect(tested('signing-key', value)).toContain(said)
  })

  test('the fingerprint is that which ssh-keygen shows', () => {
    const blob = Buffer.concat([Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1'), publicBytes])
    const print = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')
    expect(tested('certificate-key', sshKey('none', publicBytes))).toContain(`SHA256:${print},`)
  })
})

describe('one-time codes', () => {
  // RFC 6238, Appendix B: the seed is '12345678901234567890', in eight digits.
  const rfc = 'otpauth://totp/Muster:ana?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&digits=8'

  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [20_000_000_000, '65353130'],
  ])('at %d s the code is %s', (seconds, code) => {
    const seed = readSeed(rfc)
    expect(seed === null ? null : codeAt(seed, seconds * 1_000)).toBe(code)
  })

  test('what the device shows is compared, and a clock that is off is told', () => {
    const value = 'gezd gnbv gy3t qojq GEZD GNBV GY3T QOJQ'
    const seed = readSeed(value)
    if (seed === null) throw new Error('the seed cannot be read')
    const code = (offMs: number) => codeAt(seed, nowMs + offMs)
    expect(tested('one-time-code-seed', value, code(0))).toBe('good: The device shows the same code.')
    expect(tested('one-time-code-seed', value, code(30_000))).toContain('good: It is the code of 30 s ahead')
    expect(tested('one-time-code-seed', value, code(-90_000))).toContain('bad: It is not the code of this seed')
    expect(tested('one-time-code-seed', value)).toContain('not-tested: Type the code')
  })

  test.each([
    'hunter2!',
    'GEZD',
    'otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=1',
    'otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&digits=99',
  ])('%s is no seed', (value) => {
    expect(tested('one-time-code-seed', value, '123456')).toContain('bad: It is no seed of one-time codes')
  })
})

test('a PIN is compared with what is typed; what only a target can tell says so', () => {
  expect(tested('pin', '4711', '4711')).toBe('good: It is the PIN.')
  expect(tested('pin', '4711', '4712')).toBe('bad: It is not the PIN.')
  expect(tested('pin', '4711')).toContain('not-tested: Type the PIN')
  expect(tested('password', 'hunter2')).toContain('not-tested: Only what it opens can say')
  expect(tested('ssh-passphrase', 'hunter2')).toContain('not-tested: Only the key that it opens')
})
