/** Where one of the words was found: it begins at `begin`. */
export interface Found {
  readonly begin: number
  readonly word: string
}

/** No word is shorter; the search looks at this many characters at once. */
const HEAD = 4
const lower = Uint8Array.from({ length: 256 }, (_none, code) => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code))

/**
 * Finds any of many words, letters of ASCII without regard to case, mostly without looking at each character: two of them
 * tell how far the next word's beginning can be at the least (S. Wu, U. Manber, "A fast algorithm for multi-pattern
 * searching", 1994). An alternation of a regular expression with as many branches takes ten times as long.
 */
export class WordSearch {
  /** By the last two characters of the head that is looked at: how far to go on. */
  readonly #shifts = new Uint8Array(65_536).fill(HEAD - 1)
  /** Words by their first four characters, the longest first. */
  readonly #heads = new Map<number, string[]>()

  /** `words` in lower case, of ASCII, four characters long or longer. */
  constructor(words: readonly string[]) {
    for (const word of words.toSorted((a, b) => b.length - a.length)) {
      if (word.length < HEAD) throw new Error(`'${word}' is shorter than ${HEAD} characters`)
      const head = headOf(word, HEAD - 1)
      this.#heads.set(head, [...(this.#heads.get(head) ?? []), word])
      for (let end = 1; end < HEAD; end += 1) this.#shorten(word, end)
    }
  }

  /** The first word that begins at `from` or later, or null. */
  find(text: string, from: number): Found | null {
    const shifts = this.#shifts
    const { length } = text
    let at = from + HEAD - 1
    while (at < length) {
      const shift = shifts[((text.charCodeAt(at - 1) & 255) << 8) | (text.charCodeAt(at) & 255)] ?? 1
      if (shift !== 0) {
        at += shift
        continue
      }
      const word = this.#wordAt(text, at)
      if (word !== null) return { begin: at - HEAD + 1, word }
      at += 1
    }
    return null
  }

  #wordAt(text: string, at: number): string | null {
    const words = this.#heads.get(headOf(text, at))
    if (words === undefined) return null
    const begin = at - HEAD + 1
    return words.find((word) => standsAt(text, begin, word)) ?? null
  }

  #shorten(word: string, end: number): void {
    const shift = HEAD - 1 - end
    for (const first of casesOf(word.charCodeAt(end - 1))) {
      for (const second of casesOf(word.charCodeAt(end))) {
        const place = (first << 8) | second
        this.#shifts[place] = Math.min(this.#shifts[place] ?? 0, shift)
      }
    }
  }
}

/** The four characters that end at `at`, in lower case, as one number. */
function headOf(text: string, at: number): number {
  let head = 0
  for (let place = at - HEAD + 1; place <= at; place += 1) {
    head = (head << 8) | (lower[text.charCodeAt(place) & 255] ?? 0)
  }
  return head
}

function standsAt(text: string, begin: number, word: string): boolean {
  for (let place = 0; place < word.length; place += 1) {
    const code = text.charCodeAt(begin + place)
    if (!(code < 256) || lower[code] !== word.charCodeAt(place)) return false
  }
  return true
}

function casesOf(code: number): number[] {
  return code >= 0x61 && code <= 0x7a ? [code, code - 0x20] : [code]
}
