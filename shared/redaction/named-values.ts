import { endOf, type Secret } from './mark.ts'
import { familyOf, isSecretValue, isVagueName, looksRandom, type Standing } from './secret-names.ts'

const rule = 'named secret'
const LONGEST_NAME = 80
/** The characters of names: letters, digits, `_`, `.` and `-`. */
const ofName = Uint8Array.from({ length: 256 }, (_none, code) =>
  /[A-Za-z0-9_.-]/.test(String.fromCharCode(code)) ? 1 : 0,
)
/** A quote of the name's own, at any level of escaping, then what joins name and value, then a quote of the value's. */
const joint = /(\\{0,4}["'`]?)([ \t]{0,4}(?::=|=>|=|:)[ \t]{0,8}|[ \t]{1,4}|,[ \t]{0,2}(?=\\{0,4}["']))(\\{0,4}["'`])?/y
const bareValue = /[^\s"'`<>\\]+/y
const sqlPassword = /(?:identified[ \t]+by|password)[ \t]+$/i

/**
 * Finds the secrets of one text that stand behind a secret's name: `DB_PASSWORD=…`, `"token": "…"`, `--api-key …`,
 * `secret: …`, `IDENTIFIED BY '…'`. To be asked from the text's beginning to its end: what was read is not read again.
 */
export class NamedValues {
  readonly #text: string
  /** Names that end no later were judged. */
  #judged = 0
  /** Where the bare value ends that was looked at last. */
  #bareEnd = 0
  readonly #semicolons: NextSign
  readonly #ampersands: NextSign

  constructor(text: string) {
    this.#text = text
    this.#semicolons = new NextSign(text, ';')
    this.#ampersands = new NextSign(text, '&')
  }

  /** The secret behind the name with `at` inside it. Null where it is no secret's name, or what follows is a word about it. */
  secretAt(at: number): Secret | null {
    if (at < this.#judged) return null
    const text = this.#text
    const nameEnd = endOfName(text, at)
    this.#judged = nameEnd
    // Most names are followed by nothing that a value could stand behind: they need no further look.
    if (!mayJoin(text.charCodeAt(nameEnd))) return null
    const begin = beginOfName(text, at, nameEnd)
    const name = text.slice(withoutDashes(text, begin), nameEnd)
    const family = familyOf(name)
    if (family === null && !isVagueName(name)) return null
    joint.lastIndex = nameEnd
    const joined = joint.exec(text)
    if (joined === null) return null
    const [all, ownQuote = '', by = '', quote = ''] = joined
    const standing = standingOf(text, { begin, nameEnd, ownQuote, by, quote })
    if (standing === null) return null
    const from = nameEnd + all.length
    const to = quote === '' ? this.#endOfBare(from, isQuery(text, begin)) : quotedEnd(text, from, quote)
    const value = text.slice(from, to)
    const isSecret =
      family === null
        ? looksRandom(value)
        : isSecretValue(family, value, standing, standing === 'stated' && hasMore(text, to))
    return isSecret ? { from, to, rule } : null
  }

  /** Up to a space or quote; what follows it in a list, a query or a connection string is not its own. */
  #endOfBare(from: number, inQuery: boolean): number {
    const text = this.#text
    if (from >= this.#bareEnd) this.#bareEnd = endOf(bareValue, text, from)
    let to = this.#bareEnd
    if (text.charCodeAt(from) !== 0x3b) to = Math.min(to, this.#semicolons.after(from))
    if (inQuery && text.charCodeAt(from) !== 0x26) to = Math.min(to, this.#ampersands.after(from))
    // `${NAME}` closes what it opened; any other bracket or stop belongs to what stands around the value.
    if (!/^\$?[({[]/.test(text.slice(from, from + 2))) while (to > from && isStop(text.charCodeAt(to - 1))) to -= 1
    return to
  }
}

/** Where a sign stands next in a text that is gone through from its beginning to its end. */
class NextSign {
  readonly #text: string
  readonly #sign: string
  #next = -1

  constructor(text: string, sign: string) {
    this.#text = text
    this.#sign = sign
  }

  /** The first place behind `at`; Infinity where there is none. */
  after(at: number): number {
    if (this.#next > at) return this.#next
    const next = this.#text.indexOf(this.#sign, at + 1)
    this.#next = next === -1 ? Infinity : next
    return this.#next
  }
}

function endOfName(text: string, at: number): number {
  let end = at
  while (ofName[text.charCodeAt(end)] === 1) end += 1
  return end
}

/** Where a name begins that ends at `end`: longer ones are judged by their ends. */
function beginOfName(text: string, at: number, end: number): number {
  const first = Math.max(0, end - LONGEST_NAME)
  let begin = Math.max(at, first)
  while (begin > first && ofName[text.charCodeAt(begin - 1)] === 1) begin -= 1
  return begin
}

function withoutDashes(text: string, from: number): number {
  let begin = from
  while (text.charCodeAt(begin) === 0x2d || text.charCodeAt(begin) === 0x2e) begin += 1
  return begin
}

/** A quote, a backslash, a blank, `=`, `:` or `,`. */
function mayJoin(code: number): boolean {
  return (
    code === 0x3d ||
    code === 0x3a ||
    code === 0x20 ||
    code === 0x22 ||
    code === 0x27 ||
    code === 0x5c ||
    code === 0x2c ||
    code === 0x09 ||
    code === 0x60
  )
}

/** `,`, `)`, `]`, `}`, `.`, `:` or `;`. */
function isStop(code: number): boolean {
  return (
    code === 0x2c || code === 0x29 || code === 0x5d || code === 0x7d || code === 0x2e || code === 0x3a || code === 0x3b
  )
}

function isQuery(text: string, begin: number): boolean {
  const before = text.charCodeAt(begin - 1)
  return before === 0x3f || before === 0x26
}

function hasMore(text: string, from: number): boolean {
  return /^[ \t]+[^\s#]/.test(text.slice(from, from + 4))
}

interface Joined {
  readonly begin: number
  readonly nameEnd: number
  readonly ownQuote: string
  readonly by: string
  readonly quote: string
}

function standingOf(text: string, { begin, nameEnd, ownQuote, by, quote }: Joined): Standing | null {
  const sign = by.trim()
  if (sign === ',') return text.startsWith('--', begin) || ownQuote !== '' ? 'quoted' : null
  if (sign === '') {
    if (text.startsWith('--', begin)) return text.charAt(nameEnd + by.length) === '-' ? null : 'assigned'
    return quote !== '' && sqlPassword.test(`${text.slice(Math.max(0, begin - 20), nameEnd)} `) ? 'quoted' : null
  }
  if (quote !== '') return 'quoted'
  return sign === ':' ? 'stated' : 'assigned'
}

/**
 * Up to the quote that closes, at the same level of escaping; a line's end closes what nobody did, and in what is longer than
 * any sentence a space does.
 */
function quotedEnd(text: string, from: number, quote: string): number {
  const sign = quote.charCodeAt(quote.length - 1)
  const escapes = quote.length - 1
  const last = Math.min(text.length, from + 8_192)
  let at = from
  let slashes = 0
  for (; at < last; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x0a || code === 0x0d) return at
    if (code === 0x5c) slashes += 1
    else {
      if (code === sign && slashes === escapes) return at - slashes
      slashes = 0
    }
  }
  return endOf(bareValue, text, at)
}
