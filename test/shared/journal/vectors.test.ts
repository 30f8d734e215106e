import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sha256 } from '../../../main/journal/sha256.ts'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../../shared/journal/chain.ts'
import { headerSchema } from '../../../shared/journal/header.ts'

const page = readFileSync(new URL('../../../docs/journal-format.md', import.meta.url), 'utf8')
const block = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const what = z.string()
const vectors = z
  .array(
    z.union([
      z.strictObject({ what, value: z.unknown(), canonical: z.string(), sha256: z.string() }),
      z.strictObject({ what, salt: z.string(), bytes: z.string(), body_hash: z.string() }),
      z.strictObject({ what, chain: z.string(), prev: z.string() }),
      z.strictObject({ what, prev: z.string(), header: headerSchema, hash: z.string() }),
    ]),
  )
  .parse(JSON.parse(block))

test('the page of the format holds twenty vectors', () => {
  expect(vectors).toHaveLength(20)
})

test.each(vectors)('$what', (vector) => {
  if ('canonical' in vector) {
    expect(canonicalJson(vector.value)).toBe(vector.canonical)
    expect(sha256(vector.canonical)).toBe(vector.sha256)
  } else if ('salt' in vector) {
    expect(hashBody(Buffer.from(vector.salt, 'hex'), Buffer.from(vector.bytes), sha256)).toBe(vector.body_hash)
  } else if ('chain' in vector) {
    expect(firstPrev(vector.chain, sha256)).toBe(vector.prev)
  } else {
    expect(hashHeader(vector.prev, vector.header, sha256)).toBe(vector.hash)
  }
})
