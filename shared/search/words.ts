/** A word of a text as search compares it, and where it stands there (UTF-16 offsets, `end` exclusive). */
export interface Word {
  readonly word: string
  readonly start: number
  readonly end: number
}

/** Longer runs (keys, encoded blobs) are told apart by their beginnings alone. */
const LONGEST = 64

/** Scripts that are written without spaces: each letter is a word, and a typed word becomes a phrase of them. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}'
const wordPattern = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}\\p{M}])+`, 'gu')
const asciiWord = /[A-Za-z0-9]+/g
// Everything that is not ASCII.
const beyondAscii = /[^\u0000-\u007f]/

/**
 * The words of a text: letters and digits in a row, whatever stands between them. `postgres-primary` is two words,
 * `10.0.0.5` four, `INC-2026-1121-0001` four: who types one of these searches for its words in that order, so each is
 * found whole and by its parts. Case, accents and width do not count.
 */
export function* wordsOf(text: string): Generator<Word> {
  const pattern = beyondAscii.test(text) ? wordPattern : asciiWord
  for (const match of text.matchAll(pattern)) {
    const word = foldWord(match[0])
    if (word !== '') yield { word, start: match.index, end: match.index + match[0].length }
  }
}

/**
 * The text as the index takes it: words with something between them that is neither letter nor digit, all in ASCII's
 * lower case or left to the index to lower. The index splits at ASCII's other characters alone (FTS5's `ascii`
 * tokenizer, https://sqlite.org/fts5.html#ascii_tokenizer), so what it sees as a word is what `wordsOf` does.
 */
export function indexedText(text: string): string {
  if (!beyondAscii.test(text) && !hasLongRun(text)) return text
  return Array.from(wordsOf(text), ({ word }) => word).join(' ')
}

/** Whether more ASCII letters and digits stand in a row than a word may have; a regular expression takes 50 times as long. */
function hasLongRun(text: string): boolean {
  let run = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at) | 0x20
    const isPart = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)
    run = isPart ? run + 1 : 0
    if (run > LONGEST) return true
  }
  return false
}

/** A word as search compares it; empty where nothing of it counts. */
function foldWord(word: string): string {
  if (!beyondAscii.test(word)) return word.slice(0, LONGEST).toLowerCase()
  const folded = word
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
  const cut = folded.slice(0, LONGEST)
  return isHalf(cut.charCodeAt(cut.length - 1)) ? cut.slice(0, -1) : cut
}

/** The first half of a surrogate pair whose second was cut off. */
function isHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
