import { wordlist } from '@scure/bip39/wordlists/english.js'
import { describe, expect, test } from 'vitest'
import { differenceOf, sixWordsOf, typedWords } from '../../../main/incidents/six-words.ts'

const hash = '0955afe451d9ccee48756b6abae9ccde7ba884e843de43d80552763942100bfa'

describe('six words of a hash', () => {
  test('say its first 66 bits', () => {
    const bits = sixWordsOf(hash)
      .split(' ')
      .map((word) => wordlist.indexOf(word).toString(2).padStart(11, '0'))
      .join('')
    const expected = BigInt(`0x${hash}`).toString(2).padStart(256, '0').slice(0, 66)
    expect(bits).toBe(expected)
  })

  test('stand for the ends of the range, too', () => {
    expect(sixWordsOf('0'.repeat(64))).toBe(Array(6).fill('abandon').join(' '))
    expect(sixWordsOf('f'.repeat(64))).toBe(Array(6).fill('zoo').join(' '))
  })
})

describe('words that were read back', () => {
  const expected = 'abandon zoo able about above absent'

  test('are the same whatever their letters and the marks between them', () => {
    expect(differenceOf(typedWords(' Abandon, ZOO\nable-about  above absent. '), expected)).toBeNull()
  })

  test('are refused by naming which one differs', () => {
    expect(differenceOf('abandon zoo able about above abstract', expected)).toBe(
      "Word 6 ('abstract') differs from what this desk holds.",
    )
    expect(differenceOf('abandon zu able about about absent', expected)).toBe(
      "Word 2 ('zu'), word 5 ('about') differ from what this desk holds. 'zu' is no word of the list: it was misheard or mistyped.",
    )
    expect(differenceOf('abandon zoo able', expected)).toBe('3 words were typed, not six.')
  })
})
