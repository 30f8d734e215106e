import { expect, test } from 'vitest'
import { indexedText, wordsOf } from '../../../shared/search/words.ts'

const words = (text: string) => Array.from(wordsOf(text), ({ word }) => word)

test.each([
  ['postgres-primary', ['postgres', 'primary']],
  ['10.0.0.5:5432', ['10', '0', '0', '5', '5432']],
  ['FAILED_LOGIN', ['failed', 'login']],
  ['Café ﬁle ＷＩＤＥ', ['cafe', 'file', 'wide']],
  ['重大障害です', ['重', '大', '障', '害', 'て', 'す']],
  ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
  ['İstanbul', ['istanbul']],
  ['\ue0001x', ['1x']],
  ['…', []],
])('%s parts into its words', (text, expected) => {
  expect(words(text)).toEqual(expected)
})

test('a long run counts by its beginning, in the index too', () => {
  const key = 'A1'.repeat(60)
  expect(words(key)).toEqual([key.slice(0, 64).toLowerCase()])
  expect(indexedText(`key ${key}`)).toBe(`key ${key.slice(0, 64).toLowerCase()}`)
})

test('a word stands where it stands', () => {
  expect([...wordsOf('a Café!')]).toEqual([
    { word: 'a', start: 0, end: 1 },
    { word: 'cafe', start: 2, end: 6 },
  ])
})
