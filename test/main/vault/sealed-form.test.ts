import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { opened, readHead, sealed, sealedSize } from '../../../main/vault/sealed-form.ts'

const rawKey = { vault: '01KQXJ5ZT3M8V4N0S7E2R9W6YA', salt: 'ab'.repeat(32), key: randomBytes(32) }

async function gathered(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

async function* inParts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const seal = (bytes: Uint8Array, size = 50_000) => gathered(sealed(inParts(bytes, size), rawKey))
const openWith = (bytes: Uint8Array, key: Uint8Array = rawKey.key) => gathered(opened(inParts(bytes, 70_001), key))

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 400_000])('%d bytes come out as they went in', async (size) => {
  const plain = randomBytes(size)
  const form = await seal(plain)
  expect((await openWith(form)).equals(plain)).toBe(true)
  expect(readHead(form)).toMatchObject({ vault: rawKey.vault, salt: rawKey.salt })
  expect(form.length).toBeLessThanOrEqual(sealedSize(size))
})

test('whatever is changed, cut off, left out, put behind or swapped is refused', async () => {
  const form = await seal(randomBytes(200_000))
  const { head } = readHead(form)
  const chunk = 65_552
  const [first, second] = [head.length, head.length + chunk]
  const wrong: Buffer[] = [
    form.subarray(0, -1),
    form.subarray(0, second),
    form.subarray(0, head.length),
    form.subarray(0, 10),
    Buffer.alloc(0),
    Buffer.concat([form, Buffer.from('x')]),
    Buffer.concat([form.subarray(0, first), form.subarray(second)]),
    Buffer.concat([
      head,
      form.subarray(second, second + chunk),
      form.subarray(first, second),
      form.subarray(second + chunk),
    ]),
  ]
  for (const bytes of wrong) await expect(openWith(bytes)).rejects.toMatchObject({ refusal: { code: 'damaged' } })
  await expect(openWith(form, randomBytes(32))).rejects.toThrow('not as it was sealed')
  await fc.assert(
    fc.asyncProperty(fc.nat(form.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Buffer.from(form)
      changed[at] = (changed[at] ?? 0) ^ flip
      await expect(openWith(changed)).rejects.toMatchObject({ refusal: { code: 'damaged' } })
    }),
    { numRuns: 60 },
  )
})

test('nothing of what was sealed can be read in the form', async () => {
  const form = await seal(Buffer.from('password=hunter2 '.repeat(9_000)))
  expect(form.includes('hunter2')).toBe(false)
})
