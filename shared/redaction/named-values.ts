import { endOf, type Secret } from './mark.ts'
import { familyOf, isSecretValue, isVagueName, looksRandom, type Standing } from './secret-names.ts'

const rule = 'named secret'
const nameForward = /[A-Za-z0-9_.-]{0,60}/y
const nameCharacter = /[A-Za-z0-9_.-]/
const longestName = 60
/** A quote of the name's own, at any level of escaping, then what joins name and value, then a quote of the value's. */
const joint = /(\\{0,4}["'`]?)([ \t]{0,4}(?::=|=>|=|:)[ \t]{0,8}|[ \t]{1,4}|,[ \t]{0,2}(?=\\{0,4}["']))(\\{0,4}["'`])?/y
const bareValue = /[^\s"'`<>\\]+/y
const sqlPassword = /(?:identified[ \t]+by|password)[ \t]+$/i

/**
 * The secret that stands behind a name with `at` inside it: `DB_PASSWORD=…`, `"token": "…"`, `--api-key …`, `secret: …`,
 * `IDENTIFIED BY '…'`. Null where the name is no secret's, or what follows is a word about it.
 */
export function namedSecretAt(text: string, at: number): Secret | null {
  const begin = nameBegin(text, at)
  const nameEnd = endOf(nameForward, text, at)
  // Most names are followed by nothing that a value could stand behind: they need no further look.
  if (!mayJoin(text.charCodeAt(nameEnd))) return null
  const name = text.slice(begin, nameEnd).replace(/^[-.]+/, '')
  const family = familyOf(name)
  const isVague = family === null && isVagueName(name)
  if (family === null && !isVague) return null
  joint.lastIndex = nameEnd
  const joined = joint.exec(text)
  if (joined === null) return null
  const [all, ownQuote = '', by = '', quote = ''] = joined
  const standing = standingOf(text, { begin, nameEnd, ownQuote, by, quote })
  if (standing === null) return null
  const from = nameEnd + all.length
  const to = quote === '' ? bareEnd(text, from, isQuery(text, begin)) : quotedEnd(text, from, quote)
  const value = text.slice(from, to)
  const isSecret = isVague
    ? looksRandom(value)
    : isSecretValue(family ?? 'token', value, standing, /^[ \t]+[^\s#]/.test(text.slice(to, to + 4)))
  return isSecret ? { from, to, rule } : null
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

function nameBegin(text: string, at: number): number {
  let begin = at
  while (begin > 0 && at - begin < longestName && nameCharacter.test(text.charAt(begin - 1))) begin -= 1
  return begin
}

function isQuery(text: string, begin: number): boolean {
  const before = text.charAt(begin - 1)
  return before === '?' || before === '&'
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
  if (sign === ',') return text.slice(begin, begin + 2) === '--' || ownQuote !== '' ? 'quoted' : null
  if (sign === '') {
    if (text.startsWith('--', begin)) return text.charAt(nameEnd + by.length) === '-' ? null : 'assigned'
    return quote !== '' && sqlPassword.test(`${text.slice(Math.max(0, begin - 20), nameEnd)} `) ? 'quoted' : null
  }
  if (quote !== '') return 'quoted'
  return sign === ':' ? 'stated' : 'assigned'
}

/** Up to the quote that closes, at the same level of escaping; a line's end closes what nobody did. */
function quotedEnd(text: string, from: number, quote: string): number {
  const sign = quote.at(-1) ?? '"'
  const escapes = quote.length - 1
  let at = from
  let slashes = 0
  for (; at < text.length && at - from < 8_192; at += 1) {
    const character = text.charAt(at)
    if (character === '\n' || character === '\r') return at
    if (character === '\\') slashes += 1
    else {
      if (character === sign && slashes === escapes) return at - slashes
      slashes = 0
    }
  }
  return at
}

/** Up to a space or quote; what follows it in a list, a query or a connection string is not its own. */
function bareEnd(text: string, from: number, inQuery: boolean): number {
  let to = endOf(bareValue, text, from)
  const value = text.slice(from, to)
  const ends = [value.indexOf(';'), inQuery ? value.indexOf('&') : -1].filter((end) => end > 0)
  if (ends.length > 0) to = from + Math.min(...ends)
  // `${NAME}` closes what it opened; any other bracket or stop belongs to what stands around the value.
  while (to > from && /[,)\]}.:;]/.test(text.charAt(to - 1)) && !/^\$?[({[]/.test(value)) to -= 1
  return to
}
