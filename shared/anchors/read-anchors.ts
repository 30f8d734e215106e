import { refuse } from '../refusal.ts'
import {
  ANCHOR_NUMBER,
  ANCHOR_TITLE,
  type Anchor,
  type AnchoredHead,
  type AnchoredIncident,
  checksumOf,
} from './anchor.ts'

/** A word of the text, and the line that it stands on. */
interface Word {
  readonly text: string
  readonly line: number
}

/** More words than these are no anchor of a desk: some 100,000 heads. */
const MOST_WORDS = 1_000_000

/**
 * Reads every anchor in a text: a file, a page typed off, a QR code, a mail with other words around it. Line breaks fall
 * where they like, also within a hash; a `>` before a line, CRLF and capital letters do not matter.
 *
 * Refuses (`bad-input`) a text without an anchor, and one that is not whole or does not fit its checksum, with the line and
 * what was expected there. `tried` begins the refusal: 'Read the anchor in mail.txt'.
 */
export function readAnchors(text: string, tried: string): Anchor[] {
  const words = wordsOf(text)
  if (words.length > MOST_WORDS) throw unfit(tried, 'It is far longer than any anchor.')
  const starts = words.flatMap((_, at) => (isTitle(words, at) ? [at] : []))
  if (starts.length === 0) throw unfit(tried, `No line begins with '${ANCHOR_TITLE.join(' ')}'.`)
  return starts.map((start, index) => new Reading(words.slice(start, starts[index + 1]), tried).anchor())
}

function wordsOf(text: string): Word[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, index) =>
    line
      .replace(/^[\s>|]+/, '')
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => ({ text: word, line: index + 1 })),
  )
}

function isTitle(words: readonly Word[], at: number): boolean {
  return ANCHOR_TITLE.every((part, index) => words[at + index]?.text.toUpperCase() === part)
}

/** What stands behind a word: its form, how many characters it has where that is fixed, and how a person calls it. */
interface Form {
  readonly form: RegExp
  readonly length: number | null
  readonly called: string
}

const forms = {
  made: {
    form: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/i,
    length: 24,
    called: 'a time such as 2026-11-21T03:00:00.000Z',
  },
  ledger: { form: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i, length: 26, called: 'an id of 26 characters' },
  incident: { form: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i, length: 26, called: 'an id of 26 characters' },
  number: { form: ANCHOR_NUMBER, length: null, called: 'a number such as INC-2026-1121-0001' },
  chain: { form: /^[0-9a-f]{32}$/i, length: 32, called: 'the 32 hex digits of a chain' },
  entry: { form: /^[1-9]\d{0,14}$/, length: null, called: 'the number of an entry' },
  hash: { form: /^[0-9a-f]{64}$/i, length: 64, called: 'the 64 hex digits of a hash' },
  sum: { form: /^[0-9a-f]{8}$/i, length: 8, called: 'the 8 hex digits of the checksum' },
} as const satisfies Record<string, Form>

type Member = keyof typeof forms

class Reading {
  readonly #words: readonly Word[]
  readonly #tried: string
  #at = ANCHOR_TITLE.length

  constructor(words: readonly Word[], tried: string) {
    this.#words = words
    this.#tried = tried
  }

  anchor(): Anchor {
    const made = this.#value('made').toUpperCase()
    const ledger = this.#isNext('ledger') ? this.#incident('ledger') : null
    const incidents: AnchoredIncident[] = []
    while (this.#isNext('incident')) incidents.push(this.#incident('incident'))
    if (ledger === null && incidents.length === 0) throw this.#expected("'ledger' or 'incident'")
    const line = this.#words[this.#at]?.line ?? this.#lastLine()
    if (!this.#isNext('sum')) throw this.#expected("'chain', 'incident' or 'sum'")
    const anchor: Anchor = { made, ledger, incidents }
    const sum = this.#value('sum').toLowerCase()
    const expected = checksumOf(anchor)
    if (sum !== expected) {
      throw unfit(
        this.#tried,
        `Line ${line}: the checksum is ${sum}, and what stands above it gives ${expected}. A character above was misread, mistyped or left out.`,
      )
    }
    return anchor
  }

  #incident(word: 'ledger' | 'incident'): AnchoredIncident {
    const incident = this.#value(word).toUpperCase()
    const number = word === 'incident' && this.#isNext('number') ? this.#value('number').toUpperCase() : null
    const heads: AnchoredHead[] = []
    do {
      heads.push({
        chain: this.#value('chain').toLowerCase(),
        seq: Number(this.#value('entry')),
        hash: this.#value('hash').toLowerCase(),
      })
    } while (this.#isNext('chain'))
    return { incident, number, heads }
  }

  #isNext(word: Member): boolean {
    return this.#words[this.#at]?.text.toLowerCase() === word
  }

  /** The value behind a word. One of a fixed length may have been broken by a line's end: its pieces are put together. */
  #value(word: Member): string {
    if (!this.#isNext(word)) throw this.#expected(`'${word}'`)
    this.#at += 1
    const { form, length, called } = forms[word]
    const line = this.#words[this.#at]?.line ?? this.#lastLine()
    let value = this.#words[this.#at]?.text ?? ''
    this.#at += 1
    for (let more = this.#words[this.#at]; value.length < (length ?? 0) && more !== undefined; ) {
      if (more.line === line || isMember(more.text)) break
      value += more.text
      this.#at += 1
      more = this.#words[this.#at]
    }
    if (form.test(value)) return value
    const stands = value === '' ? 'the text ends' : `'${value.slice(0, 80)}' stands there (${value.length} characters)`
    throw unfit(this.#tried, `Line ${line}: behind '${word}' belongs ${called}, and ${stands}.`)
  }

  #expected(what: string) {
    const word = this.#words[this.#at]
    const stands = word === undefined ? 'the text ends' : `'${word.text.slice(0, 80)}' stands there`
    return unfit(this.#tried, `Line ${word?.line ?? this.#lastLine()}: ${what} was expected, and ${stands}.`)
  }

  #lastLine(): number {
    return this.#words.at(-1)?.line ?? 1
  }
}

function isMember(word: string): boolean {
  return Object.hasOwn(forms, word.toLowerCase())
}

function unfit(tried: string, happened: string) {
  return refuse('bad-input', {
    tried,
    happened,
    next: 'Copy the anchor again from where it is kept, from its first line to the one with the sum.',
  })
}
