import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '../../../shared/redaction/redact.ts'
import { RefusalError } from '../../../shared/refusal.ts'
import { processorMs } from '../../best-of.ts'

const text = (given: string) => redact({ kind: 'text', text: given }).item.text
const json = (value: unknown) => redact({ kind: 'json', value })

describe('masking text', () => {
  test.each([
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [masked: authorization header]'],
    ['authorization: basic dXNlcjpwYXNz', 'authorization: basic [masked: authorization header]'],
    ['{"Authorization":"Bearer s3cret","a":1}', '{"Authorization":"Bearer [masked: authorization header]","a":1}'],
    ['{\\"authorization\\": \\"Token s3cret\\"}', '{\\"authorization\\": \\"Token [masked: authorization header]\\"}'],
    [
      'map[Authorization:[Bearer s3cret] Accept:[*/*]]',
      'map[Authorization:[Bearer [masked: authorization header]] Accept:[*/*]]',
    ],
    [
      "curl -H 'Authorization: ApiKey s3cret' http://x",
      "curl -H 'Authorization: ApiKey [masked: authorization header]' http://x",
    ],
    ['Authorization: Digest username="a", response="s3cret"', 'Authorization: [masked: authorization header]'],
    ['Proxy-Authorization: s3cret', 'Proxy-Authorization: [masked: authorization header]'],
    ['sent bearer eyJhbGciOi.abc.def to it', 'sent bearer [masked: authorization header] to it'],
    ['postgres://app:s3cret@db:5432/shop', 'postgres://app:[masked: url password]@db:5432/shop'],
    ['redis://:s3cret@cache/0', 'redis://:[masked: url password]@cache/0'],
    ['amqp://u:p@ss@queue/', 'amqp://u:[masked: url password]@queue/'],
    ['https://ghp_0123456789@github.com/a/b', 'https://[masked: url password]@github.com/a/b'],
  ])('%s', (given, masked) => {
    expect(text(given)).toBe(masked)
    expect(text(given)).not.toContain('s3cret')
  })

  test.each([
    'GET http://backend:8080/users?mail=a@b.example 200',
    'ssh://root@host and mailto:a@b.example',
    'authorization: denied for this user',
    'npm install @types/node@24 from https://registry.example/@types%2fnode',
    'com.docker.compose.depends_on: db:service_healthy:true',
    'bearer of news',
  ])('leaves %s', (given) => {
    expect(text(given)).toBe(given)
  })

  test('counts what it masks, by rule', () => {
    const { masked } = redact({ kind: 'text', text: 'a://u:p@h b://u:p@h\nAuthorization: Bearer x' })
    expect(masked).toEqual([
      { rule: 'url password', count: 2 },
      { rule: 'authorization header', count: 1 },
    ])
  })

  test('keeps the number of lines, and every byte that is no secret', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const given = Buffer.from(bytes).toString('latin1')
        const { item, masked } = redact({ kind: 'text', text: given })
        expect(item.text.split('\n')).toHaveLength(given.split('\n').length)
        if (masked.length === 0) expect(item.text).toBe(given)
      }),
    )
  })

  test.each([
    ['one letter', 'a'],
    ['schemes', 'a://'],
    ['dotted schemes', 'a.b-c+d://x:'],
    ['users without an end', 'http://user:password'],
    ['signs', ':@/'],
    ['headers', 'authorization:'],
    ['quoted headers', 'authorization":["\\'],
    ['schemes of headers', 'authorization: bearer '],
    ['bearers', 'bearer bearer'],
    ['heads of web tokens', 'eyJ'],
    ['heads of web tokens in a dotted text', 'eyJ'.repeat(50) + '.'],
    ['keys that end in no end', '-----BEGIN PRIVATE KEY-----\n'],
    ['keys that end in dashes', '-----BEGIN PRIVATE KEY-----------'],
    ['headers in a row', 'authorization: a b '],
    ['cookies', 'cookie: a b '],
    ['values that may be secrets', 'a_key='],
    ['paths that are no secrets', 'token=/'],
    ['paths in a query', '?token=/'],
    ['values in brackets', 'token=('],
    ['quoted values without an end', 'password="/\\"'],
    ['names of secrets', 'secret'],
    ['commands without a flag', 'curl redis-cli '],
    ['beginnings of Slack tokens', 'xo'],
    ['nested quotes', '\\"{\\\\\\"a\\\\\\":\\"b\\"}'],
  ])('takes a time linear in its length for %s', (_name, unit) => {
    const time = (length: number) => {
      const given = unit.repeat(Math.ceil(length / unit.length))
      return processorMs(() => text(given))
    }
    time(50_000)
    // Quadratic would be 400 times as long; collecting garbage may well make one of the two 10 times slower.
    expect(time(1_000_000)).toBeLessThan(200 + 200 * time(50_000))
  })
})

describe('masking JSON', () => {
  test('masks values of environment variables but for what is evidently harmless, and keeps their names', () => {
    const Env = ['A=1', 'EMPTY=', 'BARE', 'NODE_ENV=production', 'DB_HOST=db.internal', 'URL=x=y', 'DB_PASSWORD=true']
    expect(json({ Config: { Env } })).toEqual({
      item: {
        kind: 'json',
        value: {
          Config: {
            Env: [...Env.slice(0, 5), 'URL=[masked: env value]', 'DB_PASSWORD=[masked: env value]'],
          },
        },
      },
      masked: [{ rule: 'env value', count: 2 }],
    })
  })

  test("masks the values of Kubernetes Secrets, its env lists, and what kubectl's annotation repeats of them", () => {
    const secret = { kind: 'Secret', data: { password: 'aHVudGVyMg==' }, stringData: { user: 'app' } }
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secret) }
    const pod = {
      env: [
        { name: 'API_KEY', value: 'hunter2' },
        { name: 'PORT', value: '8080' },
      ],
    }
    const { item, masked } = json({ items: [{ ...secret, metadata: { annotations } }, pod] })
    expect(JSON.stringify(item)).not.toMatch(/hunter2|aHVudGVyMg|"app"/)
    expect(JSON.stringify(item)).toContain('{"name":"PORT","value":"8080"}')
    expect(masked).toContainEqual({ rule: 'kubernetes secret', count: 3 })
  })

  test('masks the argument behind a flag that names a secret', () => {
    const { item } = json({
      Args: ['--user', 'app', '--password', 'hunter2'],
      Cmd: ['redis-cli', '-a', 'hunter3', 'ping'],
    })
    expect(item.value).toEqual({
      Args: ['--user', 'app', '--password', '[masked: named secret]'],
      Cmd: ['redis-cli', '-a', '[masked: named secret]', 'ping'],
    })
  })

  test('masks text wherever it stands: commands, labels, keys', () => {
    const { item } = json({
      Cmd: ['--db', 'pg://u:s3cret@h'],
      Labels: { note: 'Authorization: Bearer s3cret' },
      'x://u:s3cret@h': 1,
    })
    expect(JSON.stringify(item)).not.toContain('s3cret')
  })

  test('leaves the labels of compose, numbers, nulls and hostile keys as they are', () => {
    const value: unknown = JSON.parse(
      '{"Labels":{"com.docker.compose.project":"shop"},"n":1.5,"z":null,"__proto__":{"a":[true]}}',
    )
    expect(JSON.stringify(json(value).item.value)).toBe(JSON.stringify(value))
  })

  test('refuses what is nested deeper than an answer can be', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
    expect(() => json(deep)).toThrow(RefusalError)
  })
})
