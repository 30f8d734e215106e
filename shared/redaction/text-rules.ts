import { authorizationAt, bearerAt, cookieAt } from './headers.ts'
import { endOf, mark, type Secret } from './mark.ts'
import type { MaskCount } from './mask-count.ts'
import { NamedValues } from './named-values.ts'
import { armourBeginning, privateKeyAt } from './private-keys.ts'
import { tokenAt, tokenBeginnings } from './token-shapes.ts'
import { urlSecretAt, webhookAt, webhookBeginnings } from './urls.ts'
import { WebTokens, webTokenBeginning } from './web-tokens.ts'
import { type Found, type Searched, searched, WordSearch } from './word-search.ts'

/** A text that is read, with what was read of it before: found words are taken in the order in which they stand. */
interface Reader {
  readonly text: string
  readonly names: NamedValues
  readonly webTokens: WebTokens
  /** What stands before was masked or belongs to somebody else. */
  done: number
}

type Reading = (reader: Reader, begin: number, word: string) => Secret | null

/** Stretches of the names of secrets, four characters or more: `apikey`, `access-key` and `STRIPE_KEY` all have one. */
const inNames = [
  'pass',
  '_pwd',
  'pwd=',
  'pwd:',
  'pwd"',
  "pwd'",
  'secret',
  'token',
  'cred',
  'masterauth',
  '_auth',
  'ssid',
  'sessionid',
]
  .concat(['totp', '_otp', 'otp=', 'otp:', 'otp"', '_key', '-key', '.key'])
  .concat(Array.from('isegnrtdhyck', (letter) => `${letter}key`))

const signatures = ['x-amz-signature=', 'x-goog-signature=', '?sig=', '&sig=', '?signature=', '&signature=']
const signature = /[^\s"'&<>\\]{8,}/y

const named: Reading = ({ names }, begin) => names.secretAt(begin)

const readings = new Map<string, Reading>([
  ...inNames.map((word): [string, Reading] => [word, named]),
  ...tokenBeginnings.map((word): [string, Reading] => [
    word,
    ({ text, names }, begin) => tokenAt(text, begin, word) ?? names.secretAt(begin),
  ]),
  [webTokenBeginning, ({ webTokens, names }, begin) => webTokens.tokenAt(begin) ?? names.secretAt(begin)],
  [armourBeginning, ({ text }, begin) => privateKeyAt(text, begin)],
  ...webhookBeginnings.map((word): [string, Reading] => [word, ({ text }, begin) => webhookAt(text, begin, word)]),
  ['@', ({ text, done }, begin) => urlSecretAt(text, begin, done)],
  ['authorization', ({ text }, begin, { length }) => authorizationAt(text, begin + length)],
  ['cookie', ({ text }, begin, { length }) => cookieAt(text, begin + length)],
  ['bearer', ({ text }, begin) => bearerAt(text, begin)],
  ...signatures.map((word): [string, Reading] => [
    word,
    ({ text }, begin) => untilOf(text, begin + word.length, 'signature', signature),
  ]),
  ...['redis-cli ', 'curl ', 'identified by'].map((word): [string, Reading] => [
    word,
    ({ text }, begin) => commandAt(text, begin),
  ]),
])

/** One look for everything that may be, or stand before, a secret; what lies between two of these is not looked at again. */
const search = new WordSearch(Array.from(readings.keys()))

/**
 * Running text (log lines, labels, commands, error messages) without the secrets that the rules know, each counted:
 * tokens of known form, keys, headers, passwords in URLs and connection strings, values behind a secret's name. Works
 * alike on text and on bytes read as latin1; lines stay lines. Linear in the text's length: no stretch is read more often
 * than a fixed number of times.
 */
export function redactText(text: string, counted: MaskCount): string {
  let kept = ''
  let from = 0
  for (const secret of secretsIn(text)) {
    kept += text.slice(from, secret.from) + markOf(text, secret)
    from = secret.to
    counted.add(secret.rule)
  }
  return from === 0 ? text : kept + text.slice(from)
}

/** Names under which no secret stands: an engine's answers have the same few, thousands of times over. */
const plainKeys = new Set<string>()
const mostKeys = 2_000
const longestKey = 64

/** As `redactText`, for the key of a value. */
export function redactKey(key: string, counted: MaskCount): string {
  if (plainKeys.has(key)) return key
  const clean = redactText(key, counted)
  if (clean === key && key.length <= longestKey && plainKeys.size < mostKeys) plainKeys.add(key)
  return clean
}

/** What stands where a secret of this text stood. One of several lines leaves its line breaks: lines keep their numbers. */
export function markOf(text: string, { from, to, rule }: Secret): string {
  const breaks = rule === 'private key' ? text.slice(from, to).split('\n').length - 1 : 0
  return mark(rule) + '\n'.repeat(breaks)
}

/** The part of a text whose secrets are wanted. */
export interface Part {
  /** The text's characters as bytes; those beyond latin1 as any byte that no word has. */
  readonly searched: Searched
  /** Secrets that begin earlier were found before. */
  readonly done: number
  /** Words that begin at `from` or later, and before `to`, are read. */
  readonly from: number
  readonly to: number
}

/** The secrets of a text in the order in which they stand, none overlapping another. */
export function secretsIn(text: string, part: Part = wholeOf(text)): Secret[] {
  const secrets: Secret[] = []
  const first = firstWord(part)
  if (first === null) return secrets
  const reader: Reader = { text, names: new NamedValues(text), webTokens: new WebTokens(text), done: part.done }
  for (let found: Found | null = first; found !== null; ) {
    const secret = readings.get(found.word)?.(reader, found.begin, found.word) ?? null
    if (secret !== null && secret.from >= reader.done) {
      secrets.push(secret)
      reader.done = secret.to
    }
    found = search.find(part.searched, Math.max(reader.done, found.begin + 1), part.to)
  }
  return secrets
}

/** The first word of a part that may be, or stand before, a secret. Where there is none, no secret is there. */
export function firstWord({ searched: bytes, from, to }: Pick<Part, 'searched' | 'from' | 'to'>): Found | null {
  return search.find(bytes, from, to)
}

/** Memory for the characters of short texts, and for noughts behind them: the answers of an engine are full of them. */
const longestShort = 65_536
const behind = 64
const scratch = searched(new Uint8Array(longestShort + behind))

function wholeOf(text: string): Part {
  const isShort = text.length <= longestShort
  const whole = isShort ? scratch : searched(new Uint8Array(text.length))
  const { bytes } = whole
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    bytes[at] = code < 256 ? code : 0
  }
  // No word has a nought, so none is found across the text's end.
  if (isShort) bytes.fill(0, text.length, text.length + behind)
  return { searched: whole, done: 0, from: 0, to: text.length }
}

function untilOf(text: string, from: number, rule: string, form: RegExp): Secret | null {
  const to = endOf(form, text, from)
  return to > from ? { from, to, rule } : null
}

/** Passwords that a command takes without naming them. */
const flags = [
  [/redis-cli [^\r\n|;&]{0,200}?(?:-a|--pass)[ \t]+["']?/iy, /[^\s"']+/y],
  [/curl [^\r\n|;&]{0,300}?(?:-u|--user|--proxy-user)[ \t]+["']?[^\s:"']{0,100}:/iy, /[^\s"']+/y],
  [/identified[ \t]+by[ \t]+["']/iy, /[^"'\r\n]+/y],
] as const

function commandAt(text: string, at: number): Secret | null {
  for (const [form, value] of flags) {
    const from = endOf(form, text, at)
    if (from === at) continue
    const secret = untilOf(text, from, 'named secret', value)
    return secret !== null && /[$<{]/.test(text.charAt(secret.from)) ? null : secret
  }
  return null
}
