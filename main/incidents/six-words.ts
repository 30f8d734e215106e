import { wordlist } from '@scure/bip39/wordlists/english.js'

/** Of a list of 2,048 words each says 11 bits; six say 66. */
const WORDS = 6
const BITS = 11

/**
 * The first 66 bits of a hash (lower-case hex) as six words of the English list of BIP 39, one of which is told from any other by
 * its first four letters (https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki, "Wordlist").
 */
export function sixWordsOf(hash: string): string {
  const bits = BigInt(`0x${hash.slice(0, 17)}`) >> 2n
  return Array.from({ length: WORDS }, (_, place) => {
    const shift = BigInt(BITS * (WORDS - 1 - place))
    return wordlist[Number((bits >> shift) & 2047n)] ?? ''
  }).join(' ')
}

/** The words as somebody typed them: small letters, one space between. */
export function typedWords(typed: string): string {
  return typed
    .toLowerCase()
    .split(/[\s,.;-]+/)
    .filter((word) => word !== '')
    .join(' ')
}

/** What is wrong with six words that were read back, as a sentence; null where they are the expected ones. */
export function differenceOf(typed: string, expected: string): string | null {
  const said = typed.split(' ').filter((word) => word !== '')
  if (said.length !== WORDS) return `${said.length === 1 ? '1 word was' : `${said.length} words were`} typed, not six.`
  const wanted = expected.split(' ')
  const wrong = said.flatMap((word, index) => (word === wanted[index] ? [] : [{ word, place: index + 1 }]))
  if (wrong.length === 0) return null
  const unknown = wrong.filter(({ word }) => !wordlist.includes(word))
  const told = wrong.map(({ word, place }) => `word ${place} ('${word}')`).join(', ')
  const differ = `${told} ${wrong.length === 1 ? 'differs' : 'differ'} from what this desk holds.`
  const misheard = unknown.map(({ word }) => `'${word}' is no word of the list: it was misheard or mistyped.`)
  return [`${differ.charAt(0).toUpperCase()}${differ.slice(1)}`, ...misheard].join(' ')
}
