import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytewise, type TextEncoding, utf16 } from '../../../main/evidence/text-encoding.ts'
import { TextMask } from '../../../main/evidence/text-mask.ts'
import { redact } from '../../../shared/redaction/redact.ts'
import { negatives, positives } from '../../shared/redaction/corpus.ts'

function masked(encoding: TextEncoding, bytes: Uint8Array, partBytes: number) {
  const rules: string[] = []
  const mask = new TextMask(encoding, (rule) => rules.push(rule))
  const out: Buffer[] = []
  for (let at = 0; at < bytes.length; at += partBytes) {
    for (const part of mask.push(bytes.subarray(at, at + partBytes))) out.push(Buffer.from(part))
  }
  for (const part of mask.end()) out.push(Buffer.from(part))
  return { out: Buffer.concat(out), rules }
}

const texts = [...positives.map(({ text }) => text), ...negatives]
/** Several windows of text: secrets and look-alikes between filling of any length, so that they stand across any border. */
const longTexts = fc
  .array(
    fc.tuple(
      fc.constantFrom(...texts),
      fc.constantFrom('\n', ' ', '", "'),
      fc.nat(30_000),
      fc.constantFrom('x', 'request=7 ', 'é'),
    ),
    { minLength: 5, maxLength: 30 },
  )
  .map((some) =>
    some.map(([text, end, fill, filler]) => filler.repeat(fill / filler.length) + end + text + end).join(''),
  )

test.each([
  ['bytes', bytewise, (text: string) => Buffer.from(text, 'latin1')],
  ['UTF-16, little end first', utf16('little'), (text: string) => Buffer.from(text, 'utf16le')],
  ['UTF-16, big end first', utf16('big'), (text: string) => Buffer.from(text, 'utf16le').swap16()],
])('what comes in parts is masked as the whole of it would be: %s', (_name, encoding, encode) => {
  fc.assert(
    fc.property(longTexts, fc.integer({ min: 1_000, max: 200_000 }), (text, partBytes) => {
      const whole = redact({ kind: 'text', text })
      const { out, rules } = masked(encoding, encode(text), partBytes)
      expect(out.equals(encode(whole.item.text))).toBe(true)
      expect(rules).toHaveLength(whole.masked.reduce((sum, { count }) => sum + count, 0))
    }),
    { numRuns: 40 },
  )
})

test('any bytes come out as they were where nothing is masked', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.integer({ min: 1, max: 300 }), (bytes, partBytes) => {
      for (const encoding of [bytewise, utf16('little'), utf16('big')]) {
        const { out, rules } = masked(encoding, bytes, partBytes)
        if (rules.length === 0) expect(out.equals(bytes)).toBe(true)
      }
    }),
  )
})

test.each([
  ['password=', ' and more'],
  ['{"api_key": "x', '" }'],
  ['Authorization: Digest ', '\nnext line'],
  ['eyJhbGciOiJub25lIn0.', ' then'],
])('a secret of a megabyte behind %s goes whole', (before, behind) => {
  const secret = 'aB3-'.repeat(262_144)
  const { out, rules } = masked(bytewise, Buffer.from(`${before}${secret}${behind}`), 131_072)
  expect(out.length).toBeLessThan(200)
  expect(out.toString().endsWith(behind)).toBe(true)
  expect(rules).toHaveLength(1)
})
