import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searched, WordSearch } from '../../../shared/redaction/word-search.ts'

const words = ['@', 'pass', 'secret', 'token', '_key', '-key', 'skey', 'xoxb-', 'eyj', 'sg.', 'authorization', 'ssid']
const search = new WordSearch(words)

/** What the search promises, done slowly. */
function firstIn(text: string, from: number, to: number): { begin: number; word: string } | null {
  const lower = text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  for (let begin = from; begin < to; begin += 1) {
    const word = words.find((one) => lower.startsWith(one, begin))
    if (word !== undefined) return { begin, word }
  }
  return null
}

test('finds the word that begins first, wherever it stands and however it is written', () => {
  const pieces = fc.oneof(
    fc.constantFrom(...words),
    fc.constantFrom(...words).map((word) => word.toUpperCase()),
    fc.constantFrom(...words).chain((word) => fc.nat(word.length).map((end) => word.slice(0, end))),
    fc.string({ maxLength: 12, unit: 'binary-ascii' }),
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), fc.nat(40), fc.nat(60), (some, from, to) => {
      const text = some.join('')
      const bytes = searched(new Uint8Array(Buffer.from(text, 'latin1')))
      expect(search.find(bytes, from, Math.min(to, text.length))).toEqual(
        firstIn(text, from, Math.min(to, text.length)),
      )
    }),
    { numRuns: 2_000 },
  )
})

test('words of which one begins the other are refused', () => {
  expect(() => new WordSearch(['otp', 'otp='])).toThrow('begins another word')
})
