import { expect, test } from 'vitest'
import { AttachmentBytes } from '../../../main/evidence/attachment.ts'

async function taken(name: string, parts: readonly (string | Uint8Array)[]) {
  async function* source(): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part
  }
  const bytes = new AttachmentBytes(source(), name)
  const out: Uint8Array[] = []
  for await (const part of bytes.masked()) out.push(Buffer.from(part))
  const masked = bytes.facts.masked.reduce((sum, { count }) => sum + count, 0)
  return { out: Buffer.concat(out), masked, facts: bytes.facts }
}

test('text without a secret stays as it is, byte for byte, in whatever encoding', async () => {
  const latin = Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x0a])
  expect(await taken('a.txt', [latin, 'Grüße\n'])).toMatchObject({
    out: Buffer.concat([latin, Buffer.from('Grüße\n')]),
    masked: 0,
    facts: { mediaType: 'text/plain', givenSize: 14 },
  })
})

test('a secret that comes in two parts is masked', async () => {
  const { out, masked } = await taken('a.log', ['GET https://ana:correct-', 'horse@db/x\n'])
  expect([out.toString().includes('horse'), masked]).toEqual([false, 1])
})

test('each of many lines is masked, across blocks', async () => {
  const line = 'x'.repeat(900) + ' postgres://app:geheim99@db/app\n'
  const { out, masked } = await taken(
    'a.log',
    Array.from({ length: 4_000 }, () => line),
  )
  expect([out.toString('latin1').includes('geheim99'), masked]).toEqual([false, 4_000])
})

test('a private key over many lines is masked where a block would end in it', async () => {
  const key = `-----BEGIN PRIVATE KEY-----\n${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n'.repeat(30)}-----END PRIVATE KEY-----\n`
  const filler = `${'y'.repeat(99)}\n`.repeat(10_480)
  const { out, masked } = await taken('all.txt', [filler, key, filler])
  expect([out.toString('latin1').includes('QUJDREVGR0hJ'), masked]).toEqual([false, 1])
})

test('a line without an end is cut and masked all the same', async () => {
  const part = `${'z'.repeat(70_000)} postgres://app:geheim99@db/app `
  const { out, masked } = await taken(
    'one-line.txt',
    Array.from({ length: 200 }, () => part),
  )
  expect([out.toString('latin1').includes('geheim99'), masked]).toEqual([false, 200])
})

test('JSON is masked by its names, and stays as it is where nothing is', async () => {
  const inspected = '{"Config": {"Env": ["DB_PASSWORD=geheim99", "X=1"]}}'
  const { out, masked } = await taken('inspect.json', [inspected])
  expect([out.toString().includes('geheim99'), masked]).toEqual([false, 1])
  expect((await taken('a.json', ['{"a":   1}\n'])).out.toString()).toBe('{"a":   1}\n')
  expect((await taken('no.json', ['{"a": no'])).out.toString()).toBe('{"a": no')
})

test.each([
  ['utf-16le', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['utf-16be', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('text in %s is masked, and stays in it', async (charset, encode) => {
  const { out, masked, facts } = await taken('events.txt', [encode('Grüße: postgres://app:geheim99@db/app\n')])
  expect(out).toEqual(encode('Grüße: postgres://app:[masked: url password]@db/app\n'))
  expect([masked, facts.mediaType]).toEqual([1, `text/plain; charset=${charset}`])
})

test.each([
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00])],
  ['application/gzip', Buffer.from([0x1f, 0x8b, 0x08, 0x00])],
  ['application/octet-stream', Buffer.from([0xff, 0xfe, 0x00, 0x00, 0x41, 0x00, 0x00, 0x00])],
  ['application/octet-stream', Buffer.from('core\0postgres://app:geheim99@db/app')],
])('%s passes untouched', async (mediaType, bytes) => {
  expect(await taken('x', [bytes])).toMatchObject({ out: bytes, masked: 0, facts: { mediaType } })
})
